"""Why something with a draft cannot be done, in a sentence."""

from collections.abc import Mapping

import structlog

from bot.services.drafting.beginning import CannotBegin
from bot.services.drafting.draft_sets import NoDraft, WhyNot
from bot.services.drafting.proposing import NothingNew, SeenByAll
from bot.services.okrs.draft_checks import Refused
from bot.services.okrs.writable import CannotWrite
from bot.services.people import DirectoryUnavailable
from bot.services.permissions import GuestsSeeOnlyTheirs, NotAllowed
from bot.slack import texts as common
from bot.slack.blocks.words import person
from bot.slack.richtext import name
from bot.slack.texts import drafts as texts
from bot.slack.writing import refusals
from bot.storage.engine import StorageUnavailable

PROBLEMS = (
    NoDraft,
    CannotBegin,
    NotAllowed,
    GuestsSeeOnlyTheirs,
    DirectoryUnavailable,
    StorageUnavailable,
)
ABOUT_MOST = 200

log = structlog.get_logger(__name__)


SAID: Mapping[type[Exception], str] = {
    NothingNew: texts.NOTHING_NEW,
    SeenByAll: texts.SEEN_BY_ALL,
    GuestsSeeOnlyTheirs: common.GUESTS_SEE_THEIRS,
    DirectoryUnavailable: common.SLACK_AWAY,
}


def sentence(problem: Exception) -> str:
    """One of `PROBLEMS`, or of those that proposals have besides, as whoever it happens to is told."""
    match problem:
        case NoDraft():
            about = name(problem.about, ABOUT_MOST)
            return texts.cannot(problem.why, person(problem.team), about, person(problem.who))
        case Refused():
            about = " ".join(refusals.beside(problem).values())
            return texts.cannot(WhyNot.CANNOT_BE, "", about, "")
        case CannotBegin():
            return texts.cannot_begin(problem.why, person(problem.team), problem.other)
        case CannotWrite() | NotAllowed() | StorageUnavailable():
            return refusals.sentence(problem)
    if isinstance(problem, DirectoryUnavailable):
        log.warning("nobody to ask who somebody is", error=str(problem))
    return SAID[type(problem)]
