"""Messages that somebody has to decide about: they could not be sent, or nobody knows whether they were.

Whoever runs Okra decides at the command line; a lead decides about their own team's rounds in Slack.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.okr.model import LARGEST_ID, Person, Role, Round, RoundState
from bot.services.asking import attendance
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import deliveries, owing, people, rounds, sending, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database

LONGEST_ERROR = 200


class Decision(StrEnum):
    POST_AGAIN = "post again"
    IT_IS_THERE = "it is there"
    """It cannot be kept up to date: nobody knows its ts."""
    LEAVE = "leave"
    """It is not said."""


class NotYoursToDecide(Exception):  # noqa: N818 - it says what is so
    """Only a lead of the message's team decides about it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One message in trouble, in the words of the one who has to decide."""

    delivery_id: int
    kind: str
    """As in `asks`: prompt, reminder, digest."""
    page: int
    """Of a digest, from 0."""
    person: str | None
    """To whom, where it is a direct message."""
    channel: str | None
    maybe_there: bool
    """Nobody knows whether it was posted; otherwise it certainly was not."""
    error: str


@dataclass(frozen=True, slots=True)
class TroublesView:
    """What a lead is told of one round."""

    team: str
    date: date
    troubles: tuple[Trouble, ...]
    missing: tuple[str, ...] = ()
    """Who has missed two rounds in a row."""


def everything(database: Database) -> list[Delivery]:
    """All that failed or is unknown, also what will be looked for without anybody's doing."""
    with database.reading() as connection:
        return deliveries.in_states(connection, {"failed", "unknown"})


def load(database: Database, round_id: int) -> TroublesView:
    """Raises LookupError for a round that does not exist."""
    with database.reading() as connection:
        round_ = rounds.by_id(connection, round_id)
        team = teams.by_id(connection, round_.team_id)
        found = of_round(connection, round_id)
        named = people.by_slack_ids(connection, [one.address for one in found])
        missing = tuple(shown_name(one) for one in _missing(connection, round_))
        return TroublesView(team.name, round_.date, tuple(_trouble(one, named) for one in found), missing)


def is_anything(connection: Connection, round_id: int) -> bool:
    """Whether there is anything to tell the leads of this round."""
    return bool(of_round(connection, round_id) or _missing(connection, rounds.by_id(connection, round_id)))


def _missing(connection: Connection, round_: Round) -> list[Person]:
    return attendance.to_tell(connection, round_) if round_.state is RoundState.CLOSED else []


def of_round(connection: Connection, round_id: int) -> list[Delivery]:
    """Its digest with all pages, and the prompts. A reminder that was not sent is no trouble to anybody."""
    owed = owing.in_round(connection, round_id)
    on = rounds.by_id(connection, round_id).date
    keys = {asks.prompt_key(row.person_id, on) for row in owed}
    return deliveries.in_trouble(connection, keys={asks.digest_key(round_id), *keys})


def decide(database: Database, delivery_id: int, decision: Decision, now: datetime) -> bool:
    """False if there is nothing to decide any more: it was sent, settled or dropped meanwhile."""
    with database.transaction() as connection:
        return _decide(connection, delivery_id, decision, now)


def decide_as_lead(
    database: Database, slack_id: str, delivery_id: int, decision: Decision, now: datetime
) -> bool:
    """The same, for whoever tapped; raises NotYoursToDecide."""
    with database.transaction() as connection:
        known = deliveries.by_id(connection, delivery_id) if delivery_id <= LARGEST_ID else None
        if known is None or not _leads(connection, slack_id, known):
            raise NotYoursToDecide
        return _decide(connection, delivery_id, decision, now)


def _decide(connection: Connection, delivery_id: int, decision: Decision, now: datetime) -> bool:
    match decision:
        case Decision.POST_AGAIN:
            decided = sending.post_again(connection, delivery_id)
        case Decision.IT_IS_THERE:
            decided = sending.it_is_there(connection, delivery_id, at=now)
        case Decision.LEAVE:
            decided = sending.leave(connection, delivery_id)
    known = deliveries.by_id(connection, delivery_id)
    if known is not None:
        asks.redraw_notices(connection, known)
    return decided


def _leads(connection: Connection, slack_id: str, delivery: Delivery) -> bool:
    person = people.by_slack_id(connection, slack_id)
    if person is None or not person.active:
        return False
    led = {team.id for team, role in teams.teams_of(connection, person.id) if role is Role.LEAD}
    return any(one.team_id in led for one in asks.rounds_of(connection, delivery))


def _trouble(delivery: Delivery, named: dict[str, Person]) -> Trouble:
    person = named.get(delivery.address)
    direct = delivery.kind != asks.DIGEST
    return Trouble(
        delivery_id=delivery.id,
        kind=delivery.kind,
        page=delivery.subject.get("page", 0),
        person=(shown_name(person) if person else delivery.address) if direct else None,
        channel=None if direct else delivery.address,
        maybe_there=delivery.state == "unknown",
        error=shown_error(delivery.error),
    )


def choices(trouble: Trouble) -> Sequence[Decision]:
    """What makes sense to decide about it."""
    if trouble.maybe_there:
        return (Decision.IT_IS_THERE, Decision.POST_AGAIN)
    return (Decision.POST_AGAIN, Decision.LEAVE)


def shown_error(error: str | None) -> str:
    """The first line: databases write rows, and so what people typed, into the next ones."""
    first = (error or "no reason is known").strip().split("\n")[0]
    return first if len(first) <= LONGEST_ERROR else first[: LONGEST_ERROR - 1] + "…"
