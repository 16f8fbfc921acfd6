"""Why something with a draft cannot be done, in a sentence."""

from collections.abc import Mapping

import structlog

from bot.okr.model import Cycle
from bot.services.beginning import CannotBegin
from bot.services.draft_checks import Problem, Refused
from bot.services.draft_sets import NoDraft, WhyNot
from bot.services.lookups import GuestsSeeOnlyTheirs
from bot.services.people import DirectoryUnavailable
from bot.services.permissions import NotAllowed
from bot.services.proposing import NothingNew, SeenByAll
from bot.services.writable import CannotWrite
from bot.slack import ids
from bot.slack import texts as common
from bot.slack.blocks.words import person
from bot.slack.okr_fields import where
from bot.slack.richtext import name
from bot.slack.texts import drafts as texts
from bot.slack.texts import rights, writing
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
    CannotWrite: texts.CANNOT[WhyNot.GONE],
    NothingNew: texts.NOTHING_NEW,
    SeenByAll: texts.SEEN_BY_ALL,
    GuestsSeeOnlyTheirs: common.GUESTS_SEE_THEIRS,
}
FIELDS = {"title": ids.OKR_TITLE, "owner": ids.OKR_OWNER, "delegate": ids.OKR_DELEGATE}
"""What a draft calls its fields, and how they are called in its form."""


def beside_fields(problem: Refused, generation: int) -> dict[str, str]:
    """What is wrong with what is proposed, beside its fields."""
    said = {}
    for one in problem.problems:
        what = FIELDS.get(one.field, ids.OKR_TITLE)
        if one.unmeasurable and problem.measure:
            what = where(one.unmeasurable, problem.measure)
        said[ids.field(what, generation)] = _unfit(one, problem.cycle)
    return said


def _unfit(one: Problem, cycle: Cycle) -> str:
    if one.unmeasurable:
        return writing.UNMEASURABLE[one.unmeasurable].format(days=texts.days_of(cycle))
    return texts.UNFIT[one.why].format(about=person(one.about))


def sentence(problem: Exception) -> str:
    """One of `PROBLEMS`, or of those that proposals have besides, as whoever it happens to is told."""
    match problem:
        case NoDraft():
            about = name(problem.about, ABOUT_MOST)
            return texts.cannot(problem.why, person(problem.team), about, person(problem.who))
        case Refused():
            about = " ".join(_unfit(one, problem.cycle) for one in problem.problems)
            return texts.cannot(WhyNot.CANNOT_BE, "", about, "")
        case CannotBegin():
            return texts.cannot_begin(problem.why, person(problem.team), problem.other)
        case NotAllowed():
            return rights.not_allowed(problem.operation, problem.may_instead)
    if type(problem) in SAID:
        return SAID[type(problem)]
    log.warning("something with a draft could not be kept or looked up", error=str(problem))
    return common.SLACK_AWAY if isinstance(problem, DirectoryUnavailable) else common.STORAGE_AWAY
