"""Still wanted? Asked when a message is claimed: much may have happened since it was asked for."""

from datetime import date, datetime, timedelta

from bot.okr.days.later import is_reminded
from bot.okr.model import CheckIn, OwedState, RoundState
from bot.services.alignment import dependencies
from bot.services.answering import blockers
from bot.services.drafting import draft_asks, overdue
from bot.services.files import team_files
from bot.services.looking_up import pictures, sharing
from bot.services.sending import asks, troubles
from bot.services.teams import vacancies
from bot.storage import check_ins, deliveries, owing, people, rounds, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection

LATE = timedelta(minutes=5)
"""A prompt that goes out this long after its hour is late: the bot was down, or the round opened later."""
PROMPT_RESTS = timedelta(hours=1)
"""A reminder that would come sooner after a late prompt is noise; after one in time the team wants it so."""


_FOR_SOMEBODY = frozenset({asks.NOTICE, asks.REQUESTS, asks.CLEARED, *asks.UPLOADED} - {asks.CHART})
"""What one person waits for, or should hear of."""


def is_wanted(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    """Whether sending it now still serves the person or the channel it is for; raises LookupError where
    its subject makes no sense."""
    if delivery.kind in {asks.DIGEST, asks.CHART}:
        round_ = rounds.by_id(connection, delivery.subject["round"])
        return round_.state is RoundState.DIGESTED
    if delivery.kind in {asks.SHARED, asks.NOT_SHARED}:
        return sharing.is_wanted(connection, delivery)
    if delivery.kind in _FOR_SOMEBODY:
        return _shows_anything(connection, delivery, now)
    if delivery.kind not in {asks.PROMPT, asks.REMINDER}:
        return _is_news(connection, delivery, now)
    check_in = check_ins.find(connection, delivery.subject["check_in"])
    if check_in is None or not _can_still_answer(connection, check_in, now):
        return False
    person = people.by_ids(connection, [check_in.person_id])[check_in.person_id]
    return delivery.kind == asks.PROMPT or (
        is_reminded(person, check_in)
        and _is_in_time(check_in, now)
        and _prompted_before(connection, check_in, now)
    )


def _is_in_time(check_in: CheckIn, now: datetime) -> bool:
    """A reminder comes before the person's own answer hour, or not at all; later only if they chose so."""
    return now < check_in.answer_by or check_in.later_at is not None


def _shows_anything(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    if delivery.kind == asks.NOTICE:
        return troubles.is_anything(connection, delivery.subject["round"])
    person_id = delivery.subject["person"]
    if delivery.kind == asks.CLEARED:
        return blockers.is_news(connection, person_id, date.fromisoformat(delivery.subject["date"]))
    if delivery.kind == asks.TEAM_FILES:  # they may lead the team no longer
        return team_files.may_have(connection, person_id, delivery.subject["team"])
    person = people.by_ids(connection, [person_id])[person_id]
    if delivery.kind == asks.TREE_PICTURE:
        return person.active and not person.guest
    if delivery.kind == asks.PICTURE:  # a key result may have been handed over
        return pictures.can_be_drawn(connection, person, delivery.subject["key_result"])
    waits = blockers.to_clear(connection, person, now.date()) or dependencies.needed(connection, person)
    return person.active and bool(waits)


def _is_news(connection: Connection, delivery: Delivery, now: datetime) -> bool:
    """What is said of a team or a draft may have been mended; all else that is said once stays so."""
    if delivery.kind in draft_asks.KINDS:
        return draft_asks.is_wanted(connection, delivery)
    if delivery.kind == asks.DRAFT_OVERDUE:
        return overdue.is_wanted(connection, delivery, now)
    if delivery.kind == asks.OUTSIDE:
        return teams.outside_since(connection, delivery.subject["team"]) is not None
    if delivery.kind == asks.VACANT:
        return vacancies.is_any(connection, delivery.subject["team"], delivery.address, now)
    return True


def _can_still_answer(connection: Connection, check_in: CheckIn, now: datetime) -> bool:
    """Something is waiting, the person can be asked, and an answer would not be late already."""
    if not people.by_ids(connection, [check_in.person_id])[check_in.person_id].active:
        return False
    due = due_at(connection, check_in)
    return due is not None and now < due


def due_at(connection: Connection, check_in: CheckIn) -> datetime | None:
    """Until when an answer is on time; None where nothing is waiting."""
    owed = owing.in_check_in(connection, check_in.id)
    waiting = {row.round_id for row in owed if row.state is OwedState.WAITING}
    open_until = [one.digest_at for one in rounds.of_check_in(connection, check_in.id) if one.id in waiting]
    return max([check_in.answer_by, *open_until]) if waiting else None


def _prompted_before(connection: Connection, check_in: CheckIn, now: datetime) -> bool:
    prompted_at = deliveries.sent_at(connection, asks.prompt_key(check_in.person_id, check_in.date))
    if prompted_at is None:
        return False
    return prompted_at <= check_in.prompt_at + LATE or now - prompted_at >= PROMPT_RESTS
