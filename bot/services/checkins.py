"""Check-ins: what the form shows, and recording what a person answered, however they did it.

Recording is one transaction: the updates and actions, what is no longer owed, and every message that has
to change because of it. Repeating it changes nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.okr import actions as okr_actions
from bot.okr.actions import Closing, NewAction
from bot.okr.answers import BlockerAnswer, CheckInAnswers, KeyResultAnswer
from bot.okr.model import LARGEST_ID, Blocker, CheckIn, Person, Update
from bot.okr.views import AskedKeyResult, FormView
from bot.services import asked as asked_service
from bot.services import asks
from bot.storage import actions, deliveries, drafts, kept_words, people, rounds, teams, updates
from bot.storage.engine import Connection, Database

WORDS_STAY = timedelta(days=7)
"""What somebody wrote this long before they were asked stands in the form, too."""

DRAFTS_STAY = timedelta(days=2)
"""A form that was left open for longer is not sent any more."""


class WhyNot(StrEnum):
    """Why a check-in cannot be answered."""

    NOT_YOURS = "not yours"
    """It does not exist, or is somebody else's: a forged or misplaced button."""
    CLOSED = "closed"
    """The next round has opened."""
    NOTHING_ASKED = "nothing asked"
    """Its key results were dropped or handed over."""


class CannotAnswer(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """A person's check-in that can be answered now."""

    person: Person
    check_in: CheckIn
    asked: tuple[AskedKeyResult, ...]


def load_form(database: Database, slack_id: str, check_in_id: int) -> FormView:
    """The form, filled in with what is known; raises CannotAnswer."""
    with database.reading() as connection:
        mine = open_check_in(connection, slack_id, check_in_id)
        check_in = mine.check_in
        known = actions.known_on(connection, [mine.person.id], check_in.date)
        return FormView(
            check_in_id=check_in.id,
            teams=team_names(connection, check_in),
            date=check_in.date,
            asked=mine.asked,
            open_actions=okr_actions.open_actions(known, check_in.date, mine.asked),
            next_actions=okr_actions.set_on(known, check_in.date, mine.asked),
            kept_words=(
                *kept_words.of_nothing(connection, mine.person.id, since=check_in.prompt_at - WORDS_STAY),
                *kept_words.of_check_in(connection, check_in.id),
            ),
        )


def asked_of(database: Database, slack_id: str, check_in_id: int) -> tuple[AskedKeyResult, ...]:
    """What the person is really asked in that check-in; raises CannotAnswer."""
    with database.reading() as connection:
        return open_check_in(connection, slack_id, check_in_id).asked


def record(database: Database, slack_id: str, answers: CheckInAnswers, now: datetime) -> None:
    """Takes a whole check-in in place of whatever was answered before; raises CannotAnswer.

    A form may have been open for hours: of what its author left as it was shown, what counts now stays,
    and is said once more.
    """
    with database.transaction() as connection:
        mine = open_check_in(connection, slack_id, answers.check_in_id, hold=True)
        asked = {one.key_result_id: one for one in mine.asked}
        said = [
            unchanged(asked[one.key_result_id]) if one.key_result_id in answers.untouched else one
            for one in answers.updates
            if one.key_result_id in asked
        ]
        write_updates(connection, mine, said, now)
        if answers.actions_untouched:
            rounds.actions_said(connection, mine.check_in.id, now)
        else:
            set_actions(connection, mine, answers.actions, now)
        close_actions(connection, mine, answers.closings, now)
        drafts.forget(connection, mine.check_in.id, before=now - DRAFTS_STAY)
        _receipt_without_prompt(connection, mine, [one.key_result_id for one in mine.asked], now)


def record_unchanged(database: Database, slack_id: str, check_in_id: int, now: datetime) -> None:
    """Says "no change" for all that is still waiting; raises CannotAnswer."""
    with database.transaction() as connection:
        mine = open_check_in(connection, slack_id, check_in_id, hold=True)
        same = [unchanged(one) for one in asked_service.waiting(mine.asked)]
        write_updates(connection, mine, same, now)
        _receipt_without_prompt(connection, mine, [one.key_result_id for one in same], now, unchanged=True)


def unchanged(asked: AskedKeyResult) -> KeyResultAnswer:
    """The same figures as last time; what is in the way still is."""
    return KeyResultAnswer(
        asked.key_result_id, asked.value, asked.confidence, asked.drove, blocker_as_known(asked)
    )


def blocker_as_known(asked: AskedKeyResult) -> BlockerAnswer | None:
    blocker = asked.blocker
    return None if blocker is None else BlockerAnswer(blocker.kind, asked.blocker_slack_id, blocker.fix)


def open_check_in(
    connection: Connection, slack_id: str, check_in_id: int, *, hold: bool = False
) -> OpenCheckIn:
    """The check-in, if it is that person's and can be answered; raises CannotAnswer.

    Whoever answers holds it: a form and a message at the same time would else both write what they read.
    """
    if hold and check_in_id <= LARGEST_ID:
        rounds.hold_check_in(connection, check_in_id)
    person = people.by_slack_id(connection, slack_id)
    check_in = rounds.find_check_in(connection, check_in_id) if check_in_id <= LARGEST_ID else None
    if person is None or check_in is None or check_in.person_id != person.id:
        raise CannotAnswer(WhyNot.NOT_YOURS)
    if not asked_service.is_open(connection, check_in):
        raise CannotAnswer(WhyNot.CLOSED)
    asked = asked_service.load(connection, check_in)
    if not asked:
        raise CannotAnswer(WhyNot.NOTHING_ASKED)
    return OpenCheckIn(person, check_in, asked)


def write_updates(
    connection: Connection,
    mine: OpenCheckIn,
    answers: Iterable[KeyResultAnswer],
    now: datetime,
    *,
    said_at: datetime | None = None,
) -> None:
    """Writes these updates, what is no longer owed, and that the messages showing it are out of date.

    `said_at` is when the person said so, where that was not just now.
    """
    check_in = mine.check_in
    for answer in answers:
        update = Update(
            key_result_id=answer.key_result_id,
            date=check_in.date,
            value=answer.value,
            confidence=answer.confidence,
            drove=answer.drove,
            blocker=_blocker(connection, answer.blocker),
            by_id=mine.person.id,
            at=said_at or now,
        )
        updates.record(connection, update)
        rounds.answer(connection, check_in.id, answer.key_result_id, now, said_at=said_at or now)
    asks.redraw(connection, check_in, waited_for=True)


def set_actions(
    connection: Connection, mine: OpenCheckIn, wanted: Iterable[NewAction], said_at: datetime
) -> None:
    """Next week's actions are these; what was said earlier, and reaches us later, must not undo it."""
    actions.replace_set(connection, mine.person.id, mine.check_in.date, wanted)
    rounds.actions_said(connection, mine.check_in.id, said_at)


def close_actions(
    connection: Connection, mine: OpenCheckIn, closings: Mapping[int, Closing], said_at: datetime
) -> None:
    """What becomes of earlier weeks' actions, by id."""
    if closings:
        actions.close(connection, mine.person.id, mine.check_in.date, closings)
        rounds.actions_said(connection, mine.check_in.id, said_at)


def team_names(connection: Connection, check_in: CheckIn) -> tuple[str, ...]:
    return tuple(
        teams.by_id(connection, one.team_id).name for one in rounds.of_check_in(connection, check_in.id)
    )


def _blocker(connection: Connection, answer: BlockerAnswer | None) -> Blocker | None:
    if answer is None or answer == BlockerAnswer():
        return None
    owner = people.ensure(connection, answer.owner_slack_id) if answer.owner_slack_id else None
    return Blocker(answer.kind, owner.id if owner else None, answer.fix)


def _receipt_without_prompt(
    connection: Connection, mine: OpenCheckIn, answered: list[int], now: datetime, *, unchanged: bool = False
) -> None:
    """The prompt shows that it is answered; whoever has none (they are away) gets a reply instead: one of
    each sort, which is drawn anew when they change their answer."""
    prompt = deliveries.by_key(connection, asks.prompt_key(mine.person.id, mine.check_in.date))
    if prompt is None or prompt.state != "sent":
        key = f"{'unchanged' if unchanged else 'form'}:{mine.check_in.id}"
        told = {"check_in": mine.check_in.id, "key_results": answered, "unchanged": unchanged}
        asks.receipt(connection, mine.person, key, told, now)
        deliveries.mark_stale(connection, [f"{asks.RECEIPT}:{key}"], waited_for=True)
