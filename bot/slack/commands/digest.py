"""`/okr digest`: a lead looks at their team's digest before it is posted."""

from typing import Any

import structlog

from bot.services.digest import early
from bot.services.digest.early import CannotPreview, WhyNot
from bot.services.teams.named import called
from bot.slack import texts
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.digest.preview import preview, which_team
from bot.slack.blocks.help import notice
from bot.slack.blocks.words import person
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.reading.typed import plain
from bot.storage.engine import Database, StorageUnavailable

WORDS = {
    WhyNot.NOT_LEAD: texts.LEADS_ONLY,
    WhyNot.NO_ROUND: texts.NO_DIGEST_NOW,
    WhyNot.NO_OBJECTIVES: texts.NO_OBJECTIVES_NOW,
}

log = structlog.get_logger(__name__)


def digest(asking: Asking, rest: str) -> Answer:
    name = plain(rest).strip()
    led = early.led_by(asking.database, asking.who)
    meant = called(led, name) if name else led
    if len(meant) != 1:
        return which_team(led, name) if led else notice(texts.LEADS_ONLY)
    return Form(preview_of(asking.database, asking.who, meant[0].id))


def preview_of(database: Database, who: str, team_id: int) -> dict[str, Any]:
    """The form, or what is to be said instead."""
    try:
        return preview(early.load(database, who, team_id))
    except (CannotPreview, StorageUnavailable) as problem:
        return notice_view(texts.PREVIEW_TITLE, sentence(problem))


def sentence(problem: CannotPreview | StorageUnavailable) -> str:
    if isinstance(problem, StorageUnavailable):
        log.warning("a lead's wishes could not be kept", error=str(problem))
        return texts.STORAGE_AWAY
    return WORDS[problem.why].format(team=person(problem.team))


COMMANDS = (Command(("digest",), digest, takes_more=True),)
