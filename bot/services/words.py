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
from bot.storage import actions, inbox, kept_words, people, rounds
from bot.storage.engine import Connection, Database


def take(database: Database, inbox_id: int, slack_id: str, text: str, now: datetime) -> None:
    """Records what a person wrote to the bot, as far as it is understood, and asks for the reply."""
    with database.transaction() as connection:
        person = people.ensure(connection, slack_id)
        mine = _newest_open(connection, person)
        told = _keep(connection, person, text, now) if mine is None else _answer(connection, mine, text, now)
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


def _keep(connection: Connection, person: Person, text: str, now: datetime) -> dict[str, object]:
    if text.strip():
        kept_words.keep(connection, person.id, None, text, now)
    return {"check_in": None, "not_understood": [text] if text.strip() else []}


def _answer(connection: Connection, mine: OpenCheckIn, text: str, now: datetime) -> dict[str, object]:
    reply = parse_reply(text, mine.asked)
    by_number = {one.number: one for one in mine.asked}
    answers = [_merged(by_number[one.number], one) for one in reply.updates]
    write_updates(connection, mine, answers, now)
    if reply.actions is not None:
        actions.replace_set(connection, mine.person.id, mine.check_in.date, reply.actions)
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
