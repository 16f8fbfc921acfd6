"""Why something with a draft cannot be done, in a sentence."""

import structlog

from bot.services.beginning import CannotBegin
from bot.services.draft_sets import NoDraft
from bot.services.lookups import GuestsSeeOnlyTheirs
from bot.services.people import DirectoryUnavailable
from bot.services.permissions import NotAllowed
from bot.slack import texts as common
from bot.slack.blocks.words import person
from bot.slack.richtext import name
from bot.slack.texts import drafts as texts
from bot.slack.texts import rights
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


def sentence(problem: Exception) -> str:
    """One of `PROBLEMS`, as whoever it happens to is told."""
    match problem:
        case NoDraft():
            return texts.cannot(
                problem.why, person(problem.team), name(problem.about, ABOUT_MOST), person(problem.who)
            )
        case CannotBegin():
            return texts.cannot_begin(problem.why, person(problem.team), problem.other)
        case NotAllowed():
            return rights.not_allowed(problem.operation, problem.may_instead)
        case GuestsSeeOnlyTheirs():
            return common.GUESTS_SEE_THEIRS
        case DirectoryUnavailable():
            log.warning("nobody to ask who somebody is", error=str(problem))
            return common.SLACK_AWAY
        case _:
            log.warning("something with a draft could not be kept", error=str(problem))
            return common.STORAGE_AWAY
