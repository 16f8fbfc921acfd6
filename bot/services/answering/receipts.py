"""The reply to a plain message: what it shows, from the freshest state."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Any

from bot.okr import actions as okr_actions
from bot.okr.model import CheckIn, Person
from bot.okr.views import AskedKeyResult, ReceiptLine, ReceiptView
from bot.services.answering import doubts
from bot.services.asking import asked as asked_service
from bot.services.asking import standing_in
from bot.services.asking.upcoming import next_prompt
from bot.services.people import shown_name, zone_for
from bot.storage import actions, check_ins, people
from bot.storage.engine import Connection, Database


def load(database: Database, slack_id: str, subject: dict[str, Any], now: datetime) -> ReceiptView:
    """`subject` is what `words.take` or `checkins` wrote: which key results it changed, and what it did not
    take. Raises LookupError for somebody we have never heard of."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        if person is None:
            raise LookupError(f"nobody known as {slack_id}")
        if subject.get("help"):
            return ReceiptView(check_in_id=None, lines=(), help=True)
        check_in_id = subject.get("check_in")
        kept = tuple(subject.get("not_understood", ()))
        check_in = None if check_in_id is None else check_ins.find(connection, check_in_id)
        if check_in is None:
            return _nothing_asked(connection, person, kept, now)
        asked = asked_service.load(connection, check_in)
        if "for" in subject:
            return _for_another(connection, check_in, asked, subject)
        questions = doubts.shown(connection, check_in, asked, subject)
        withdrawn = doubts.words_withdrawn(subject)
        elsewhere = withdrawn | (doubts.words_in_question(subject) if questions else frozenset())
        changed = set(subject.get("key_results", ()))
        mine = actions.known_on(connection, [person.id], check_in.date)
        closed = set(subject.get("closed", ()))
        return ReceiptView(
            check_in_id=check_in_id,
            lines=_lines(asked, changed),
            closed=tuple(
                one for one in okr_actions.open_actions(mine, check_in.date, asked) if one.id in closed
            ),
            actions=okr_actions.set_on(mine, check_in.date, asked) if subject.get("actions", True) else (),
            says_actions=bool(subject.get("actions", False)),
            thanks=tuple(subject.get("thanks", ())),
            not_understood=tuple(words for words in kept if words not in elsewhere),
            withdrawn=bool(withdrawn),
            problems=tuple(subject.get("problems", ())),
            doubts=questions,
            waiting=asked_service.waiting(asked),
            late=bool(subject.get("late", False)),
            unchanged=bool(subject.get("unchanged", False)),
        )


def _for_another(
    connection: Connection, check_in: CheckIn, asked: Sequence[AskedKeyResult], subject: dict[str, Any]
) -> ReceiptView:
    """To whoever answered for somebody else: only what they said."""
    changed, owner = set(subject["key_results"]), subject["for"]
    return ReceiptView(
        check_in_id=check_in.id,
        lines=_lines(asked, changed),
        not_understood=tuple(subject.get("not_understood", ())),
        problems=tuple(subject.get("problems", ())),
        for_whom=shown_name(people.by_ids(connection, [owner])[owner]),
    )


def _nothing_asked(
    connection: Connection, person: Person, kept: tuple[str, ...], now: datetime
) -> ReceiptView:
    coming = next_prompt(connection, person, now)
    return ReceiptView(
        check_in_id=None,
        lines=(),
        not_understood=kept,
        nothing_asked=True,
        next_prompt=coming.astimezone(zone_for(connection, person)) if coming else None,
        stand_ins=standing_in.answering_for(connection, person.id),
    )


def _lines(asked: Iterable[AskedKeyResult], changed: Container[int]) -> tuple[ReceiptLine, ...]:
    answered = [(one, one.value) for one in asked if one.key_result_id in changed]
    return tuple(_line(one, value) for one, value in answered if value is not None)


def _line(asked: AskedKeyResult, value: float) -> ReceiptLine:
    return ReceiptLine(
        number=asked.number,
        title=asked.title,
        unit=asked.unit,
        measure=asked.measure,
        value=value,
        confidence=asked.confidence,
        value_before=asked.value_before,
        confidence_before=asked.confidence_before,
        drove=asked.drove,
        blocker=asked.blocker,
        blocker_whose=asked.blocker_whose,
        blocker_not_told=asked.blocker_not_told,
        for_whom=asked.for_whom,
        asks_what_moves_it=asked.asks_what_moves_it,
    )
