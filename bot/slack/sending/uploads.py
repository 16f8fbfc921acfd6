"""What is uploaded as a file, and the words that go with it: pictures, and a team's files."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.okr import chart
from bot.okr.alignment.views import TreeView
from bot.okr.chart import ChartView
from bot.services.digest import digests
from bot.services.files import team_files
from bot.services.files.team_files import TeamFiles
from bot.services.looking_up import pictures
from bot.services.sending import asks
from bot.slack.blocks.alignment import tree as tree_blocks
from bot.slack.blocks.digest import chart as chart_blocks
from bot.slack.blocks.looking_up import team_files as file_blocks
from bot.slack.message import Message
from bot.slack.sending.upload import File, picture_name
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Makers:
    """They make files of what there is to show."""

    chart: Callable[[ChartView], bytes]
    tree: Callable[[TreeView], bytes]
    team_files: Callable[[TeamFiles], dict[str, bytes]]
    """Their contents by the endings of their names."""


@dataclass(frozen=True, slots=True)
class Upload:
    files: tuple[File, ...]
    words: list[dict[str, Any]]
    """Blocks that stand above them."""


class Uploads:
    def __init__(self, database: Database, clock: Callable[[], datetime], makers: Makers) -> None:
        self._database = database
        self._clock = clock
        self._makers = makers

    def make(self, delivery: Delivery) -> Upload:
        """From the freshest state; raises LookupError where there is nothing to show any more."""
        if delivery.kind == asks.TEAM_FILES:
            team = self._team(delivery)
            files = file_blocks.files(team, self._makers.team_files(team), delivery.nonce)
            return Upload(files, file_blocks.words(team))
        if delivery.kind == asks.TREE_PICTURE:
            tree = self._tree(delivery)
            title, alt = tree_blocks.picture_title(tree), tree_blocks.alt_text(tree)
            picture = File(picture_name(delivery.nonce), title, self._makers.tree(tree), alt)
            return Upload((picture,), tree_blocks.picture_words(tree))
        view = self._chart(delivery)
        title, alt = chart_blocks.title(view), chart_blocks.alt_text(view)
        picture = File(picture_name(delivery.nonce), title, self._makers.chart(view), alt)
        return Upload((picture,), chart_blocks.words(view))

    def instead(self, delivery: Delivery, reason: str) -> Message:
        """What whoever waits for it reads, where Slack does not take it."""
        if delivery.kind == asks.TEAM_FILES:
            return file_blocks.instead(self._team(delivery), reason)
        if delivery.kind == asks.TREE_PICTURE:
            return tree_blocks.picture_instead(self._tree(delivery), chart_blocks.no_picture(reason))
        return chart_blocks.instead(self._chart(delivery), reason)

    def _team(self, delivery: Delivery) -> TeamFiles:
        subject = delivery.subject
        return team_files.load(self._database, subject["person"], subject["team"], self._clock())

    def _tree(self, delivery: Delivery) -> TreeView:
        subject = delivery.subject
        return pictures.load_tree(self._database, subject["person"], subject["team"], self._clock())

    def _chart(self, delivery: Delivery) -> ChartView:
        subject = delivery.subject
        if delivery.kind == asks.PICTURE:
            return pictures.load(self._database, subject["person"], subject["key_result"], self._clock())
        view = chart.of_digest(digests.load(self._database, subject["round"]))
        if view is None:
            raise LookupError("nothing can be drawn of it any more")
        return view
