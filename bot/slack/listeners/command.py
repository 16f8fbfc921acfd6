"""The one slash command, `/okr`: what follows it is a command of `bot.slack.commands`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.services import people
from bot.services.lookups import GuestsSeeOnlyTheirs
from bot.services.people import Directory, DirectoryUnavailable
from bot.services.permissions import NotAllowed
from bot.slack import texts
from bot.slack.blocks.help import notice
from bot.slack.commands import helping, meant
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.commands.looking import PERSON
from bot.slack.listeners.base import Listeners, reply_later
from bot.slack.texts import rights
from bot.slack.typed import mentioned
from bot.storage.engine import Database, StorageUnavailable

log = structlog.get_logger(__name__)


class CommandListener(Listeners):
    def __init__(
        self,
        database: Database,
        client: WebClient,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
        directory: Directory,
    ) -> None:
        super().__init__(database, client, clock, wake_sender)
        self._directory = directory

    def register(self, app: App) -> None:
        app.command("/okr")(self.answer)

    def answer(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """Replies to the person alone: with the ack, or after it where Slack has to be asked first."""
        asking = Asking(
            self._database,
            self._directory,
            str(body["user_id"]),
            self._clock(),
            str(body.get("channel_id") or ""),
        )
        text = str(body.get("text") or "").strip()
        command, rest = _meant(text)
        first = self._asks_slack(asking, command, rest)
        if first:
            ack()  # Slack may take longer to answer than it gives us
        answer = self._answer(asking, command, rest, text)
        if isinstance(answer, Form):
            if not first:
                ack()
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=answer.view)
        elif first:
            reply_later(respond, answer)
        else:
            ack(response_type="ephemeral", text=answer.text, blocks=list(answer.blocks))
        self._wake_sender()

    def _asks_slack(self, asking: Asking, command: Command | None, rest: str) -> bool:
        """Whether the reply shows others' OKRs to or of somebody whom Slack has to be asked about first."""
        if command is None or not command.shows_others:
            return False
        concerned = {asking.who, *filter(None, [mentioned(rest)])}
        try:
            return len(people.known_names(asking.database, concerned)) < len(concerned)
        except StorageUnavailable:
            return False  # and so will the reply say

    def _answer(self, asking: Asking, command: Command | None, rest: str, text: str) -> Answer:
        if command is None:
            return helping.not_known(text)
        try:
            if command.shows_others:
                people.meet(asking.database, asking.directory, asking.who)
            return command.answer(asking, rest)
        except StorageUnavailable as problem:
            log.warning("command could not be answered", error=str(problem))
            return notice(texts.STORAGE_AWAY)
        except DirectoryUnavailable as problem:
            log.warning("nobody to ask who somebody is", error=str(problem))
            return notice(texts.SLACK_AWAY)
        except GuestsSeeOnlyTheirs:
            return notice(texts.GUESTS_SEE_THEIRS)
        except NotAllowed as problem:
            return notice(rights.not_allowed(problem.operation, problem.may_instead))


def _meant(text: str) -> tuple[Command | None, str]:
    called = meant(text)
    if called is None and mentioned(text):
        return PERSON, text
    return called or (None, "")
