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
from bot.services.asking import asked as asked_service
from bot.services.asking import standing_in
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.storage import (
    actions,
    check_ins,
    deliveries,
    drafts,
    kept_words,
    owing,
    people,
    rounds,
    teams,
    updates,
)
from bot.storage.engine import Connection, Database

WORDS_STAY = timedelta(days=7)
"""What somebody wrote this long before they were asked stands in the form, too."""

DRAFTS_STAY = timedelta(days=2)
"""A form that was left open for longer is not sent any more."""


NOT_ASKED_ANY_MORE = "One of those key results was dropped or handed over while the form was open"


class WhyNot(StrEnum):
    """Why a check-in cannot be answered."""

    NOT_YOURS = "not yours"
    """It does not exist, or is somebody else's: a forged or misplaced button."""
    CLOSED = "closed"
    """The next round has opened."""
    NOTHING_ASKED = "nothing asked"
    """Its key results were dropped or handed over."""
    NOTHING_TO_TAKE_BACK = "nothing to take back"
    """Something newer was said, or it was taken back already."""
    STOOD_IN_FOR = "stood in for"
    """Delegates answer it, for they are away."""


class CannotAnswer(Exception):  # noqa: N818 - it says what is so
    def __init__(self, why: WhyNot) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class OpenCheckIn:
    """A check-in that somebody can answer now."""

    person: Person
    """Whose it is."""
    check_in: CheckIn
    asked: tuple[AskedKeyResult, ...]
    """Of another's, what the author may answer."""
    author: Person

    @property
    def for_another(self) -> bool:
        return self.author.id != self.person.id


def load_form(database: Database, slack_id: str, check_in_id: int) -> FormView:
    """The form, filled in with what is known; raises CannotAnswer."""
    with database.reading() as connection:
        mine = open_check_in(connection, slack_id, check_in_id, for_others=True)
        check_in = mine.check_in
        if mine.for_another:
            return FormView(
                check_in.id,
                team_names(connection, check_in),
                check_in.date,
                mine.asked,
                for_whom=shown_name(mine.person),
            )
        known = actions.known_on(connection, [mine.person.id], check_in.date)
        return FormView(
            check_in_id=check_in.id,
            teams=team_names(connection, check_in),
            date=check_in.date,
            asked=mine.asked,
            open_actions=okr_actions.open_actions(known, check_in.date, mine.asked),
            next_actions=okr_actions.set_on(
                [one for one in known if one.decision_id is None], check_in.date, mine.asked
            ),
            kept_words=(
                *kept_words.of_nothing(connection, mine.person.id, since=check_in.prompt_at - WORDS_STAY),
                *kept_words.of_check_in(connection, check_in.id),
            ),
        )


def asked_of(database: Database, slack_id: str, check_in_id: int) -> tuple[AskedKeyResult, ...]:
    """What the person is really asked in that check-in; raises CannotAnswer."""
    with database.reading() as connection:
        return open_check_in(connection, slack_id, check_in_id, for_others=True).asked


def take_back(database: Database, slack_id: str, check_in_id: int) -> None:
    """Whoever sends a form is here, though delegates have stepped in since it was opened: what they are asked
    is its author's again. Raises CannotAnswer."""
    with database.transaction() as connection:
        open_check_in(connection, slack_id, check_in_id, hold=True)


def record(
    database: Database, slack_id: str, answers: CheckInAnswers, now: datetime, *, view_id: str = ""
) -> None:
    """Takes a whole check-in in place of whatever was answered before; raises CannotAnswer.

    A form may have been open for hours: of what its author left as it was shown, what counts now stays,
    and is said once more. `view_id` is its id in Slack: what was kept of its pages is not needed any more.
    """
    with database.transaction() as connection:
        mine = open_check_in(connection, slack_id, answers.check_in_id, hold=True, for_others=True)
        asked = {one.key_result_id: one for one in mine.asked}
        said = [
            _as_known(asked[one.key_result_id], one) if one.key_result_id in answers.untouched else one
            for one in answers.updates
            if one.key_result_id in asked
        ]
        write_updates(connection, mine, said, now)
        _keep_left_over(connection, mine, answers.left_over, said, now)
        drafts.forget(connection, view_id, before=now - DRAFTS_STAY)
        if mine.for_another:
            _receipt_for_author(connection, mine, [one.key_result_id for one in said], now)
            return
        if answers.actions_untouched:
            check_ins.actions_said(connection, mine.check_in.id, now)
        else:
            set_actions(connection, mine, answers.actions, now)
        close_actions(connection, mine, answers.closings, now)
        receipt_without_prompt(connection, mine, [one.key_result_id for one in mine.asked], now)


def unchanged(asked: AskedKeyResult, value: float) -> KeyResultAnswer:
    """The same figures as last time; what is in the way still is."""
    return KeyResultAnswer(
        asked.key_result_id,
        value,
        asked.confidence,
        asked.drove,
        blocker_as_known(asked),
        asked.steps_done,
    )


def _as_known(asked: AskedKeyResult, said: KeyResultAnswer) -> KeyResultAnswer:
    return said if asked.value is None else unchanged(asked, asked.value)


def blocker_as_known(asked: AskedKeyResult) -> BlockerAnswer | None:
    blocker = asked.blocker
    return None if blocker is None else BlockerAnswer(blocker.kind, asked.blocker_slack_id, blocker.fix)


def open_check_in(
    connection: Connection, slack_id: str, check_in_id: int, *, hold: bool = False, for_others: bool = False
) -> OpenCheckIn:
    """The check-in, if that person may answer it now; raises CannotAnswer. Another's only on demand.

    Whoever answers holds it: a form and a message at the same time would else both write what they read.
    """
    author = people.by_slack_id(connection, slack_id)
    if hold and check_in_id <= LARGEST_ID:
        _hold(connection, author, check_in_id)
    check_in = check_ins.find(connection, check_in_id) if check_in_id <= LARGEST_ID else None
    if author is None or check_in is None:
        raise CannotAnswer(WhyNot.NOT_YOURS)
    own = check_in.person_id == author.id
    if not own and not (for_others and standing_in.is_entitled(connection, author, check_in)):
        raise CannotAnswer(WhyNot.NOT_YOURS)
    if own and not hold and standing_in.has_stepped_in(connection, check_in):
        raise CannotAnswer(WhyNot.STOOD_IN_FOR)
    if not asked_service.is_open(connection, check_in):
        known = rounds.of_check_in(connection, check_in.id)
        raise CannotAnswer(WhyNot.CLOSED if known else WhyNot.NOTHING_ASKED)
    asked = standing_in.open_to(connection, author, check_in)
    if not asked:
        raise CannotAnswer(WhyNot.NOTHING_ASKED)
    person = author if own else people.by_ids(connection, [check_in.person_id])[check_in.person_id]
    return OpenCheckIn(person, check_in, asked, author)


def _hold(connection: Connection, author: Person | None, check_in_id: int) -> None:
    """Whoever sends answers to a check-in that has passed to delegates since is here after all."""
    check_in = check_ins.find(connection, check_in_id)
    own = check_in and author and check_in.person_id == author.id
    if check_in and author and own and standing_in.has_stepped_in(connection, check_in):
        standing_in.step_back(connection, author, answering=check_in.date)
    check_ins.hold(connection, check_in_id)


def write_updates(
    connection: Connection,
    mine: OpenCheckIn,
    answers: Iterable[KeyResultAnswer],
    now: datetime,
    *,
    said_at: datetime | None = None,
    by_tap: bool = False,
) -> None:
    """Writes these updates, what is no longer owed, and that the messages showing it are out of date.

    `said_at` is when the person said so, where that was not just now; `by_tap`: on [All unchanged].
    """
    check_in = mine.check_in
    named: set[int] = set()
    asked = {one.key_result_id: one.blocker for one in mine.asked}
    for answer in answers:
        blocker = _blocker(connection, answer.blocker)
        named |= {one.owner_id for one in (asked.get(answer.key_result_id), blocker) if one and one.owner_id}
        update = Update(
            key_result_id=answer.key_result_id,
            date=check_in.date,
            value=answer.value,
            confidence=answer.confidence,
            drove=answer.drove,
            blocker=blocker,
            steps_done=answer.steps_done,
            by_id=mine.author.id,
            at=said_at or now,
        )
        updates.record(connection, update)
        owing.answer(
            connection, check_in.id, answer.key_result_id, now, said_at=said_at or now, by_tap=by_tap
        )
    asks.redraw(connection, check_in, waited_for=True, also=named - {check_in.person_id})


def set_actions(
    connection: Connection, mine: OpenCheckIn, wanted: Iterable[NewAction], said_at: datetime
) -> None:
    """Next week's actions are these; what was said earlier, and reaches us later, must not undo it."""
    actions.replace_set(connection, mine.person.id, mine.check_in.date, wanted)
    check_ins.actions_said(connection, mine.check_in.id, said_at)


def close_actions(
    connection: Connection, mine: OpenCheckIn, closings: Mapping[int, Closing], said_at: datetime
) -> None:
    """What becomes of earlier weeks' actions, by id."""
    if closings:
        actions.close(connection, mine.person.id, mine.check_in.date, closings)
        check_ins.actions_said(connection, mine.check_in.id, said_at)


def team_names(connection: Connection, check_in: CheckIn) -> tuple[str, ...]:
    return tuple(
        teams.by_id(connection, one.team_id).name for one in rounds.of_check_in(connection, check_in.id)
    )


def _blocker(connection: Connection, answer: BlockerAnswer | None) -> Blocker | None:
    if answer is None or answer == BlockerAnswer():
        return None
    owner = people.ensure(connection, answer.owner_slack_id) if answer.owner_slack_id else None
    return Blocker(answer.kind, owner.id if owner else None, answer.fix)


def receipt_without_prompt(
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


def _receipt_for_author(
    connection: Connection, mine: OpenCheckIn, answered: list[int], now: datetime
) -> None:
    """Whoever answers for somebody else has no prompt that would show it."""
    key = f"for:{mine.check_in.id}:{mine.author.id}"
    told = {"check_in": mine.check_in.id, "key_results": answered, "for": mine.person.id}
    asks.receipt(connection, mine.author, key, told, now)
    deliveries.mark_stale(connection, [f"{asks.RECEIPT}:{key}"], waited_for=True)


def _keep_left_over(
    connection: Connection,
    mine: OpenCheckIn,
    words: Iterable[str],
    said: Iterable[KeyResultAnswer],
    now: datetime,
) -> None:
    """What was typed about a key result that was dropped or handed over meanwhile stays its author's."""
    kept = list(words)
    for text in kept:
        kept_words.keep(connection, mine.author.id, None, text, now)
    if kept:
        told = {
            "check_in": mine.check_in.id,
            "key_results": [one.key_result_id for one in said],
            "actions": False,
            "not_understood": kept,
            "problems": [NOT_ASKED_ANY_MORE],
            **({"for": mine.person.id} if mine.for_another else {}),
        }
        key = f"left over:{mine.check_in.id}:{now.isoformat()}"
        asks.receipt(connection, mine.author, key, told, now)
