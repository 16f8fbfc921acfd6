"""Decide: what a team's meeting agrees about a key result, from its digest until the next round opens.

The team's members and leads decide; whoever wrote a decision down, or a lead, changes or undoes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.okr.model import (
    LARGEST_ID,
    Decision,
    DecisionKind,
    KeyResult,
    Person,
    Role,
    Round,
    RoundState,
    Team,
)
from bot.services.people import shown_name
from bot.services.permissions import public
from bot.services.sending import asks
from bot.storage import decisions, okr_cycles, okrs, people, rounds, teams
from bot.storage.engine import Connection, Database


class WhyNot(StrEnum):
    """Why somebody cannot decide."""

    NOT_OF_THE_TEAM = "not of the team"
    NOT_YOURS = "not yours"
    """Somebody else wrote it down, and they lead nothing."""
    NOT_OUT = "not out"
    CLOSED = "closed"
    NO_SUCH_ITEM = "no such item"
    """Dropped meanwhile, or a forged button."""
    NO_SUCH_DECISION = "no such decision"


class CannotDecide(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: WhyNot, team: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.team = team


class NotActive(Exception):  # noqa: N818 - it says what is so
    """The person whose it should be is deactivated, or a bot."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was agreed, as said; whose it is comes as a Slack id, known to us or not."""

    text: str
    kind: DecisionKind
    whose: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    id: int
    agreed: Agreed
    person: str
    mine: bool
    """Whether the reader may change it."""


@dataclass(frozen=True, slots=True)
class DecideView:
    """The form in which somebody decides."""

    round_id: int
    key_result: KeyResult
    owner: str
    owner_slack_id: str
    decided: tuple[DecisionView, ...] = ()
    changing: DecisionView | None = None
    """The decision that the form changes; None: it takes a new one."""


@dataclass(frozen=True, slots=True)
class _Deciding:
    """Somebody who may decide about a key result in a round."""

    person: Person
    leads: bool
    round: Round
    team: Team
    key_result: KeyResult

    def may_change(self, decision: Decision) -> bool:
        return self.leads or decision.by_id == self.person.id


def load(database: Database, slack_id: str, round_id: int, key_result_id: int) -> DecideView:
    """The form for a new decision, with those taken before; raises CannotDecide."""
    with database.reading() as connection:
        return _view(connection, _deciding(connection, slack_id, round_id, key_result_id))


def load_change(database: Database, slack_id: str, decision_id: int) -> DecideView:
    """The form that changes one; raises CannotDecide."""
    with database.reading() as connection:
        deciding, decision = _changing(connection, slack_id, decision_id)
        view = _view(connection, deciding)
        return replace(view, changing=next(one for one in view.decided if one.id == decision.id))


def decide(
    database: Database, slack_id: str, round_id: int, key_result_id: int, agreed: Agreed, *, now: datetime
) -> None:
    """Saying the same twice decides it once; raises CannotDecide, NotActive."""
    with database.transaction() as connection:
        deciding = _deciding(connection, slack_id, round_id, key_result_id, hold=True)
        whose = _whose(connection, agreed)
        decision = Decision(
            *(0, round_id, key_result_id, agreed.kind, agreed.text, whose.id, deciding.person.id, now)
        )
        if decisions.add(connection, decision, deciding.round.date) is not None:
            _redraw(connection, deciding)


def change(database: Database, slack_id: str, decision_id: int, agreed: Agreed) -> None:
    """One that comes to say the same as another goes; raises CannotDecide, NotActive."""
    with database.transaction() as connection:
        deciding, known = _changing(connection, slack_id, decision_id, hold=True)
        whose = _whose(connection, agreed)
        changed = replace(known, kind=agreed.kind, text=agreed.text, person_id=whose.id)
        if decisions.the_same(connection, changed) in {None, known.id}:
            decisions.save(connection, changed, deciding.round.date)
        else:
            decisions.remove(connection, known.id)
        _redraw(connection, deciding)


def undo(database: Database, slack_id: str, decision_id: int) -> DecideView:
    """Its action goes, too; gives the form as it stands then. Raises CannotDecide."""
    with database.transaction() as connection:
        deciding, known = _changing(connection, slack_id, decision_id, hold=True)
        decisions.remove(connection, known.id)
        _redraw(connection, deciding)
        return _view(connection, deciding)


def _redraw(connection: Connection, deciding: _Deciding) -> None:
    asks.redraw_digest(connection, deciding.round)


def _deciding(
    connection: Connection, slack_id: str, round_id: int, key_result_id: int, *, hold: bool = False
) -> _Deciding:
    """Whoever decides holds the round: it does not close meanwhile, and what was decided is known."""
    person = people.by_slack_id(connection, slack_id)
    try:
        round_ = rounds.by_id(connection, min(round_id, LARGEST_ID), hold=hold)
    except LookupError as problem:
        raise CannotDecide(WhyNot.NO_SUCH_ITEM) from problem
    team = teams.by_id(connection, round_.team_id)
    role = _role(connection, person, team)
    if person is None or role not in {Role.LEAD, Role.MEMBER}:
        raise CannotDecide(WhyNot.NOT_OF_THE_TEAM, team.name)
    if round_.state is RoundState.OPEN:
        raise CannotDecide(WhyNot.NOT_OUT)
    if round_.state is not RoundState.DIGESTED:
        raise CannotDecide(WhyNot.CLOSED)
    key_result = _key_result(connection, round_, key_result_id)
    return _Deciding(person, role is Role.LEAD, round_, team, key_result)


def _role(connection: Connection, person: Person | None, team: Team) -> Role | None:
    if person is None or not person.active:
        return None
    every = teams.memberships_of(connection, team.id)
    return next((one.role for one in every if one.person_id == person.id), None)


def _key_result(connection: Connection, round_: Round, key_result_id: int) -> KeyResult:
    objectives = okrs.of_team(connection, round_.team_id, okr_cycles.running(connection, round_.date))
    for objective in public(objectives):
        for one in objective.key_results:
            if one.id == key_result_id:
                return one
    raise CannotDecide(WhyNot.NO_SUCH_ITEM)


def _changing(
    connection: Connection, slack_id: str, decision_id: int, *, hold: bool = False
) -> tuple[_Deciding, Decision]:
    known = decisions.by_id(connection, min(decision_id, LARGEST_ID))
    if known is None:
        raise CannotDecide(WhyNot.NO_SUCH_DECISION)
    deciding = _deciding(connection, slack_id, known.round_id, known.key_result_id, hold=hold)
    known = decisions.by_id(connection, known.id)  # once more: whoever held the round may have undone it
    if known is None:
        raise CannotDecide(WhyNot.NO_SUCH_DECISION)
    if not deciding.may_change(known):
        raise CannotDecide(WhyNot.NOT_YOURS)
    return deciding, known


def _whose(connection: Connection, agreed: Agreed) -> Person:
    person = people.ensure(connection, agreed.whose)
    if not person.active:
        raise NotActive(shown_name(person))
    return person


def _view(connection: Connection, deciding: _Deciding) -> DecideView:
    of_this = [
        one
        for one in decisions.of_round(connection, deciding.round.id)
        if one.key_result_id == deciding.key_result.id
    ]
    owner = deciding.key_result.owner_id
    named = people.by_ids(connection, {owner, *(one.person_id for one in of_this)})
    return DecideView(
        round_id=deciding.round.id,
        key_result=deciding.key_result,
        owner=shown_name(named[owner]),
        owner_slack_id=named[owner].slack_id,
        decided=_decided(deciding, of_this, named),
    )


def _decided(
    deciding: _Deciding, of_this: Sequence[Decision], named: dict[int, Person]
) -> tuple[DecisionView, ...]:
    return tuple(
        DecisionView(
            one.id,
            Agreed(one.text, one.kind, named[one.person_id].slack_id),
            shown_name(named[one.person_id]),
            deciding.may_change(one),
        )
        for one in of_this
    )
