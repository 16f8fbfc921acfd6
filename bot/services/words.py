"""Plain messages: a person answers the newest prompt in words, and is told what was understood.

Whatever was not understood is kept for its author. Handling a message and ticking it off in the inbox is
one transaction, so that a message handled twice by accident is still answered once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.okr import actions as okr_actions
from bot.okr.actions import tied
from bot.okr.answers import BlockerAnswer, KeyResultAnswer
from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.model import Person
from bot.okr.replies import Reply, parse_reply
from bot.okr.reply_update import ReplyUpdate
from bot.okr.rounds import is_on_time
from bot.okr.values import shortened
from bot.okr.views import AskedKeyResult, OpenAction
from bot.services import asked as asked_service
from bot.services import asks, thanks
from bot.services import people as people_service
from bot.services.checkins import (
    CannotAnswer,
    OpenCheckIn,
    blocker_as_known,
    close_actions,
    open_check_in,
    set_actions,
    write_updates,
)
from bot.services.people import people_named
from bot.storage import actions, deliveries, inbox, kept_words, people, rounds
from bot.storage import thanks as kept_thanks
from bot.storage.engine import Connection, Database, real_now
from bot.storage.inbox import InboxRow

OLDER = "You wrote that message before this check-in, so I did not take it as your answer"
NEWER = "You have answered since you wrote that, so I left your newer answer as it is"
NO_FILES = "I cannot look into files, so please say in words what this one says"

UNKNOWN_CLEARER = "I do not know who “{name}” is. Tap Correct it to choose who can clear the way"
SEVERAL_CLEARERS = "I know several people called “{name}”. Tap Correct it to choose who can clear the way"

FOR_HELP = frozenset({"help", "?", "hi", "hey", "hello", "pause", "resume", "stop"})
"""Words that are no answer: their author wants to know what can be done here."""


def take(database: Database, row: InboxRow, text: str, now: datetime) -> None:
    """Records what a person wrote to the bot, as far as it is understood, and asks for the reply.

    `text` is what `row` says, as plain text. Does nothing if the row is in other hands by now.
    """
    with database.transaction() as connection:
        if not inbox.mark_handled(connection, row, real_now(connection)):
            return
        person = people.ensure(connection, row.slack_id)
        if text.strip().casefold() in FOR_HELP:
            asks.receipt(connection, person, f"words:{row.id}", {"help": True}, now)
            return
        mine = _open(connection, person)
        if mine is None:
            told = _keep(connection, person, text, now)
        elif _is_older(connection, mine, row):
            reply = Reply(not_understood=(text,), problems=(OLDER,))
            told = _note(connection, mine, reply, now, said_at=inbox.moment_of(row.ts))
        else:
            said_at = inbox.moment_of(row.ts)
            numbers = [one.number for one in _open_actions(connection, mine)]
            parsed = parse_reply(text, mine.asked, numbers, people_service.first_names(connection))
            reply = _still_new(connection, mine, parsed, text, said_at)
            if row.payload.get("files") and not text.strip():
                reply = replace(reply, problems=(NO_FILES,))
            told = _note(connection, mine, reply, now, said_at=said_at)
        asks.receipt(connection, person, f"words:{row.id}", told, now)


def _open(connection: Connection, person: Person) -> OpenCheckIn | None:
    check_in = asked_service.in_words(connection, person.id)
    if check_in is None:
        return None
    try:
        return open_check_in(connection, person.slack_id, check_in.id, hold=True)
    except CannotAnswer:  # closed while we waited for it
        return None


def _is_older(connection: Connection, mine: OpenCheckIn, row: InboxRow) -> bool:
    """Whether a message was written before the check-in that is open now asked for anything: it was read
    from the history after an outage, or is one whose words were changed since."""
    edited = row.payload.get("edited")  # the ts of the message whose words these now are
    if edited is None:
        opened_at = min(one.opens_at for one in rounds.of_check_in(connection, mine.check_in.id))
        return inbox.moment_of(row.ts) < opened_at
    prompt = deliveries.by_key(connection, asks.prompt_key(mine.person.id, mine.check_in.date))
    asked_at = inbox.moment_of(prompt.ts) if prompt and prompt.ts else mine.check_in.prompt_at
    return inbox.moment_of(edited) < asked_at


def _still_new(
    connection: Connection, mine: OpenCheckIn, reply: Reply, text: str, said_at: datetime
) -> Reply:
    """Without what was answered anew since it was said: a message may reach us long after a form. Then the
    whole message is kept, so that its author can use what was not taken."""
    owed = rounds.owed_in_check_in(connection, mine.check_in.id)
    newer = {row.number for row in owed if row.said_at is not None and row.said_at > said_at}
    fresh = tuple(one for one in reply.updates if one.number not in newer)
    actions_at = mine.check_in.actions_at
    rest = replace(reply, updates=fresh)
    if actions_at is not None and actions_at > said_at:
        rest = replace(rest, actions=None, closings={})
    if rest == reply:
        return reply
    return replace(rest, not_understood=(text,), problems=(*reply.problems, NEWER))


def _open_actions(connection: Connection, mine: OpenCheckIn) -> tuple[OpenAction, ...]:
    known = actions.known_on(connection, [mine.person.id], mine.check_in.date)
    return okr_actions.open_actions(known, mine.check_in.date)


def _keep(connection: Connection, person: Person, text: str, now: datetime) -> dict[str, object]:
    if text.strip():
        kept_words.keep(connection, person.id, None, text, now)
    return {"check_in": None, "not_understood": [text] if text.strip() else []}


def _note(
    connection: Connection, mine: OpenCheckIn, reply: Reply, now: datetime, *, said_at: datetime
) -> dict[str, object]:
    """Writes what was understood and keeps what was not; gives what the receipt is about."""
    by_number = {one.number: one for one in mine.asked}
    clearing, unknown = _clearing(connection, reply)
    reply = replace(
        reply,
        problems=(*reply.problems, *unknown.values()),
        not_understood=(*reply.not_understood, *unknown),
    )
    answers = [_merged(by_number[one.number], one, clearing) for one in reply.updates]
    if answers:
        write_updates(connection, mine, answers, now, said_at=said_at)
    closed = {
        one.id: reply.closings[one.number]
        for one in _open_actions(connection, mine)
        if one.number in reply.closings
    }
    close_actions(connection, mine, closed, said_at)
    if reply.actions is not None:
        set_actions(connection, mine, [tied(one, mine.asked) for one in reply.actions], said_at)
    for thanks_words in reply.thanks:
        to = thanks.named_in(connection, thanks_words)
        kept_thanks.keep(connection, mine.check_in.id, mine.person.id, to, thanks_words, at=said_at)
    if closed or reply.thanks or reply.actions is not None:
        asks.redraw(connection, mine.check_in, waited_for=True)
    for words in reply.not_understood:
        kept_words.keep(connection, mine.person.id, mine.check_in.id, words, now)
    told = _told(connection, mine, reply, answers, now)
    return told | {"closed": list(closed), "thanks": list(reply.thanks)}


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


def _clearing(connection: Connection, reply: Reply) -> tuple[dict[str, str], dict[str, str]]:
    """By the names of those who are to clear the way, their Slack ids; and a sentence for each name that
    does not tell who."""
    names = {one.blocker.whose for one in reply.updates if one.blocker and one.blocker.whose}
    found: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name in sorted(names):
        called = people_named(connection, name)
        if len(called) == 1:
            found[name] = called[0].slack_id
        else:
            sentence = UNKNOWN_CLEARER if not called else SEVERAL_CLEARERS
            problems[name] = sentence.format(name=shortened(name))
    return found, problems


def _merged(asked: AskedKeyResult, said: ReplyUpdate, clearing: Mapping[str, str]) -> KeyResultAnswer:
    """What was not said stays as it was; what was in the way matters while confidence is low."""
    confidence = asked.confidence if said.confidence is None else said.confidence
    blocker = blocker_as_known(asked) if confidence < MEDIUM_CONFIDENCE else None
    if said.blocker is not None:
        blocker = BlockerAnswer(said.blocker.kind, clearing.get(said.blocker.whose), said.blocker.fix)
    return KeyResultAnswer(
        key_result_id=asked.key_result_id,
        value=asked.value if said.value is None else said.value,
        confidence=confidence,
        drove=said.drove or asked.drove,
        blocker=blocker,
    )
