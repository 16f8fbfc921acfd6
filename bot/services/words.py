"""Plain messages: a person answers the newest prompt in words, and is told what was understood.

Whatever was not understood is kept for its author. Handling a message and ticking it off in the inbox is
one transaction, so that a message handled twice by accident is still answered once.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.okr.answers import KeyResultAnswer
from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.model import Person
from bot.okr.replies import Reply, ReplyUpdate, parse_reply
from bot.okr.rounds import is_on_time
from bot.okr.views import AskedKeyResult
from bot.services import asks
from bot.services.checkins import CannotAnswer, OpenCheckIn, blocker_as_known, open_check_in, write_updates
from bot.storage import actions, deliveries, inbox, kept_words, people, rounds
from bot.storage.engine import Connection, Database

OLDER = "You wrote that message before this check-in, so I did not take it as your answer"


def take(
    database: Database, inbox_id: int, slack_id: str, text: str, now: datetime, *, edited: str | None = None
) -> None:
    """Records what a person wrote to the bot, as far as it is understood, and asks for the reply.

    `edited` is the ts of the message whose words these now are, if they come from an edit.
    """
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        mine = _newest_open(connection, person)
        if mine is None:
            told = _keep(connection, person, text, now)
        elif edited is not None and _is_older(connection, mine, edited):
            told = _note(connection, mine, Reply(not_understood=(text,), problems=(OLDER,)), now)
        else:
            told = _note(connection, mine, parse_reply(text, mine.asked), now)
        asks.receipt(connection, person, f"words:{inbox_id}", told, now)
        inbox.mark_handled(connection, inbox_id, now)


def _newest_open(connection: Connection, person: Person) -> OpenCheckIn | None:
    check_in = rounds.newest_check_in(connection, person.id)
    if check_in is None:
        return None
    try:
        return open_check_in(connection, person.slack_id, check_in.id)
    except CannotAnswer:
        return None


def _is_older(connection: Connection, mine: OpenCheckIn, ts: str) -> bool:
    """Whether a message was written before the prompt of the check-in that is open now."""
    prompt = deliveries.by_key(connection, asks.prompt_key(mine.person.id, mine.check_in.date))
    return prompt is not None and prompt.ts is not None and ts < prompt.ts


def _keep(connection: Connection, person: Person, text: str, now: datetime) -> dict[str, object]:
    if text.strip():
        kept_words.keep(connection, person.id, None, text, now)
    return {"check_in": None, "not_understood": [text] if text.strip() else []}


def _note(connection: Connection, mine: OpenCheckIn, reply: Reply, now: datetime) -> dict[str, object]:
    """Writes what was understood and keeps what was not; gives what the receipt is about."""
    by_number = {one.number: one for one in mine.asked}
    answers = [_merged(by_number[one.number], one) for one in reply.updates]
    if answers:
        write_updates(connection, mine, answers, now)
    if reply.actions is not None:
        actions.replace_set(connection, mine.person.id, mine.check_in.date, reply.actions)
        asks.redraw(connection, mine.check_in)
    for words in reply.not_understood:
        kept_words.keep(connection, mine.person.id, mine.check_in.id, words, now)
    return _told(connection, mine, reply, answers, now)


def _told(
    connection: Connection, mine: OpenCheckIn, reply: Reply, answers: Sequence[KeyResultAnswer], now: datetime
) -> dict[str, object]:
    check_in = mine.check_in
    digest_at = max(one.digest_at for one in rounds.of_check_in(connection, check_in.id))
    return {
        "check_in": check_in.id,
        "key_results": [one.key_result_id for one in answers],
        "actions": reply.actions is not None,
        "not_understood": list(reply.not_understood),
        "problems": list(reply.problems),
        "late": not is_on_time(now, digest_at=digest_at, answer_by=check_in.answer_by),
    }


def _merged(asked: AskedKeyResult, said: ReplyUpdate) -> KeyResultAnswer:
    """What was not said stays as it was; what is in the way matters while confidence is low."""
    confidence = asked.confidence if said.confidence is None else said.confidence
    return KeyResultAnswer(
        key_result_id=asked.key_result_id,
        value=asked.value if said.value is None else said.value,
        confidence=confidence,
        drove=said.drove or asked.drove,
        blocker=blocker_as_known(asked) if confidence < MEDIUM_CONFIDENCE else None,
    )
