"""What a lead does with their team's digest: look at it beforehand, add a note, post it before its hour.

An early post changes nobody's lateness: what is on time goes by the round's own hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.okr.days.zones import team_zone
from bot.okr.digest.agenda import Digest
from bot.okr.model import LARGEST_ID, RUNNING, LeadsNote, Person, Role, Round, RoundState, Team
from bot.okr.questions import Question
from bot.services.digest import digesting
from bot.services.digest import digests as digest_views
from bot.services.sending import asks
from bot.storage import digests, people, questions, rounds, teams
from bot.storage.engine import Connection, Database

Teams = Sequence[Team]


class WhyNot(StrEnum):
    NOT_LEAD = "not lead"
    NO_ROUND = "no round"
    """None is open, and the last one is closed."""
    NO_OBJECTIVES = "no objectives"


class CannotPreview(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: WhyNot, team: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.team = team


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the lead wants of the digest."""

    note: str
    pings: bool
    """Whether the team's digests ping those who have an action; it stays so until it is changed."""


@dataclass(frozen=True, slots=True)
class Preview:
    round_id: int
    digest: Digest
    channel: str
    due_at: datetime
    """In the team's zone."""
    out: bool
    """It is posted already."""
    wishes: Wishes
    questions: tuple[Question, ...] = ()
    """To its lead, to think about."""


def led_by(database: Database, slack_id: str) -> Teams:
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        return _led(connection, person)


def load(database: Database, slack_id: str, team_id: int) -> Preview:
    """The digest of the team's present round as it is now; raises CannotPreview."""
    with database.reading() as connection:
        person, team = _lead(connection, slack_id, team_id)
        round_ = _present(connection, team)
        try:
            shown = digest_views.of_round(connection, round_)
        except LookupError as problem:
            raise CannotPreview(WhyNot.NO_OBJECTIVES, team.name) from problem
        note = digests.note_of(connection, round_.id)
        return Preview(
            round_id=round_.id,
            digest=replace(shown, decide_in=None),
            channel=team.channel,
            due_at=round_.digest_at.astimezone(team_zone(team)),
            out=round_.state is RoundState.DIGESTED,
            wishes=Wishes(note.text if note else "", team.digest_pings),
            questions=questions.of_person(connection, person.id, [round_.id]),
        )


def save(database: Database, slack_id: str, round_id: int, wishes: Wishes) -> None:
    """A digest that is out is drawn anew; raises CannotPreview."""
    with database.transaction() as connection:
        person, team, round_ = _open_round(connection, slack_id, round_id)
        _take(connection, person, team, round_, wishes)


def post(database: Database, slack_id: str, round_id: int, wishes: Wishes | None, now: datetime) -> bool:
    """Posts it now, though it is not due; False if it is out already. Without wishes, what is known of them
    stays. Raises CannotPreview."""
    with database.transaction() as connection:
        person, team, round_ = _open_round(connection, slack_id, round_id)
        if wishes is not None:
            _take(connection, person, team, round_, wishes)
        return digesting.digest(connection, round_, team, now, due_at=now)


def _take(connection: Connection, person: Person, team: Team, round_: Round, wishes: Wishes) -> None:
    known = digests.note_of(connection, round_.id)
    if wishes.note != (known.text if known else ""):
        note = LeadsNote(wishes.note, person.id) if wishes.note else None
        digests.set_note(connection, round_.id, note)
    teams.set_pings(connection, team.id, wanted=wishes.pings)
    asks.redraw_digest(connection, round_)


def _led(connection: Connection, person: Person | None) -> list[Team]:
    if person is None or not person.active:
        return []
    return [team for team, role in teams.teams_of(connection, person.id) if role is Role.LEAD]


def _lead(connection: Connection, slack_id: str, team_id: int) -> tuple[Person, Team]:
    person = people.by_slack_id(connection, slack_id)
    team = next((one for one in _led(connection, person) if one.id == team_id), None)
    if person is None or team is None:
        raise CannotPreview(WhyNot.NOT_LEAD)
    return person, team


def _present(connection: Connection, team: Team) -> Round:
    """The team's round that is running; raises CannotPreview."""
    newest = next(iter(rounds.newest(connection, team.id, limit=1)), None)
    if newest is None or newest.state not in RUNNING:
        raise CannotPreview(WhyNot.NO_ROUND, team.name)
    return newest


def _open_round(connection: Connection, slack_id: str, round_id: int) -> tuple[Person, Team, Round]:
    """Held, so that it is not digested or closed meanwhile."""
    try:
        round_ = rounds.by_id(connection, min(round_id, LARGEST_ID), hold=True)
    except LookupError as problem:
        raise CannotPreview(WhyNot.NOT_LEAD) from problem
    person, team = _lead(connection, slack_id, round_.team_id)
    if round_.state not in RUNNING:
        raise CannotPreview(WhyNot.NO_ROUND, team.name)
    return person, team, round_
