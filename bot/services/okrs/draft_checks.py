"""What can be wrong with a draft that only shows beside what is kept: each is said beside its field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.okr.measures import Measure, Milestone, Unmeasurable, problems
from bot.okr.model import Cycle, KeyResult, Objective, Person, Update
from bot.okr.rights import Operation, may
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft, same_name
from bot.services import permissions
from bot.services.people import shown_name
from bot.storage import people
from bot.storage.engine import Connection


class Why(StrEnum):
    """What is wrong with a draft; beside which field, `Problem.field` says."""

    TITLE_TAKEN = "title taken"
    NOT_ACTIVE = "not active"
    OWN_DELEGATE = "own delegate"
    NO_REASON = "no reason"
    KIND_STAYS = "kind stays"
    """What was said of it so far is counted in another way."""
    OWN_ONLY = "own only"
    """Whoever leads nothing writes aims of their own, for themselves."""
    UNMEASURABLE = "unmeasurable"


@dataclass(frozen=True, slots=True)
class Problem:
    why: Why
    field: str
    """By its name in the draft; "reason" for the reason."""
    about: str = ""
    """Who, or which title, it is about."""
    unmeasurable: Unmeasurable | None = None


class Refused(Exception):  # noqa: N818 - it says what was done
    """Nothing was written."""

    def __init__(self, found: Iterable[Problem], cycle: Cycle, measure: Measure | None = None) -> None:
        self.problems = tuple(found)
        super().__init__("; ".join(one.why for one in self.problems))
        self.cycle = cycle
        self.measure = measure


def of_titles(
    title: str, others: Iterable[Objective] | Iterable[KeyResult], own_id: int | None = None
) -> Iterator[Problem]:
    """Each is called otherwise than the others of its set or objective."""
    if any(one.id != own_id and same_name(one.title, title) for one in others):
        yield Problem(Why.TITLE_TAKEN, "title")


def of_people(
    connection: Connection, draft: KeyResultDraft, before: KeyResultDraft | None
) -> Iterator[Problem]:
    """Whoever is new in it has to be there."""
    if before is None or draft.owner != before.owner:
        yield from inactive(connection, "owner", draft.owner)
    if draft.delegate is None:
        return
    if draft.delegate == draft.owner:
        yield Problem(Why.OWN_DELEGATE, "delegate")
    elif before is None or draft.delegate != before.delegate:
        yield from inactive(connection, "delegate", draft.delegate)


def inactive(connection: Connection, name: str, slack_id: str | None) -> Iterator[Problem]:
    known = people.by_slack_id(connection, slack_id or "")
    if known is not None and not known.active:
        yield Problem(Why.NOT_ACTIVE, name, shown_name(known))


def own(connection: Connection, person: Person, team_id: int, draft: ObjectiveDraft) -> Iterator[Problem]:
    """Whose an aim of somebody's own is, only a lead says for others."""
    others = draft.personal and draft.owner != person.slack_id
    if others and not may(Operation.ADD_OBJECTIVE, permissions.in_team(connection, person, team_id)):
        yield Problem(Why.OWN_ONLY, "owner")


def of_measure(measure: Measure, cycle: Cycle) -> Iterator[Problem]:
    for one in problems(measure, cycle.starts, cycle.ends):
        yield Problem(Why.UNMEASURABLE, "measure", unmeasurable=one)


def of_kind(before: Measure, after: Measure, history: Sequence[Update]) -> Iterator[Problem]:
    """What was said of a milestone is the part that is done, of the others a value: the one cannot be read as
    the other."""
    if history and isinstance(before, Milestone) != isinstance(after, Milestone):
        yield Problem(Why.KIND_STAYS, "kind")


def unreasoned(reason: str, *, asked: bool) -> Iterator[Problem]:
    if asked and not reason.strip():
        yield Problem(Why.NO_REASON, "reason")


def name_of(connection: Connection, person_id: int) -> str:
    return shown_name(people.by_ids(connection, [person_id])[person_id])
