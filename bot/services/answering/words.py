"""Plain messages: a person answers the newest prompt in words, and is told what was understood.

Whatever was not understood is kept for its author. Handling a message and ticking it off in the inbox is
one transaction, so that a message handled twice by accident is still answered once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bot.okr import actions as okr_actions
from bot.okr.answers import BlockerAnswer, KeyResultAnswer
from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.model import Person
from bot.okr.numbers.values import shortened
from bot.okr.replies.blocker import BETWEEN_NAMES, ReplyBlocker
from bot.okr.replies.doubt_views import DoubtKind
from bot.okr.replies.doubts import DOUBTS_MOST, MEANINGS_MOST, Doubt, Meaning
from bot.okr.replies.message import Reply, parse_reply
from bot.okr.replies.problems import NEWER, NO_FILES, OLDER, SEVERAL_CLEARERS, TWO_CLEARERS, UNKNOWN_CLEARER
from bot.okr.replies.update import ReplyUpdate
from bot.okr.rounds import is_on_time
from bot.okr.views import AskedKeyResult, OpenAction
from bot.services import people as people_service
from bot.services.answering import doubts, rewording
from bot.services.answering.checkins import (
    CannotAnswer,
    OpenCheckIn,
    WhyNot,
    blocker_as_known,
    close_actions,
    open_check_in,
    write_updates,
)
from bot.services.answering.doubts import DoubtState
from bot.services.asking import asked as asked_service
from bot.services.away import coming_back
from bot.services.people import people_named, shown_name
from bot.services.sending import asks
from bot.storage import actions, check_ins, deliveries, inbox, kept_words, owing, people, rounds
from bot.storage.engine import Connection, Database, real_now
from bot.storage.inbox import InboxRow

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
        wants_help = text.strip().casefold() in FOR_HELP
        if not wants_help:
            coming_back.heard_from(connection, person, now)
        mine = _open(connection, person, row.payload.get("edited"))
        if wants_help:
            asks.receipt(connection, person, f"words:{row.id}", {"help": True}, now)
            return
        if mine is None:
            told = _keep(connection, person, text, now)
        elif _is_older(connection, mine, row):
            reply = Reply(not_understood=(text,), problems=(OLDER,))
            told = _note(connection, mine, reply, now, said_at=inbox.moment_of(row.ts))
        else:
            said_at = inbox.moment_of(row.ts)
            parsed = _parsed(connection, mine, text)
            reply = _still_new(connection, mine, parsed, (text,), said_at)
            if row.payload.get("files") and not text.strip():
                reply = replace(reply, problems=(NO_FILES,))
            before = rewording.told_before(connection, mine, row.payload.get("edited"))
            told = _note(connection, mine, reply, now, said_at=said_at, before=before)
        if mine is not None:
            told |= doubts.of_message(row)
        asks.receipt(connection, person, f"words:{row.id}", told, now)


def clear_up(
    database: Database, slack_id: str, question: tuple[int, int], meaning: int | None, now: datetime
) -> DoubtState:
    """Takes one of the meanings that a question about a message offers, or None of them, in which case the
    words stay kept; gives the state in which the question was. Raises CannotAnswer."""
    message, index = question
    with database.transaction() as connection:
        key = doubts.receipt_key(message)
        receipt = deliveries.by_key(connection, key)
        check_in_id = receipt.subject.get("check_in") if receipt else None
        if check_in_id is None:
            raise CannotAnswer(WhyNot.NOT_YOURS)
        mine = open_check_in(connection, slack_id, check_in_id, hold=True)
        told = deliveries.subject_of(connection, key)  # as it is now that nobody else changes it
        doubt = dict(enumerate(told.get("doubts", ()))).get(index)
        if doubt is None or (meaning is not None and meaning >= len(doubt["meanings"])):
            raise CannotAnswer(WhyNot.NOT_YOURS)
        state = DoubtState(doubt["state"])
        if state is DoubtState.OPEN:
            doubt["state"] = DoubtState.ANSWERED
            if meaning is not None:
                told = _meant(connection, mine, told, (doubt, meaning), now)
            doubts.retell(connection, key, told)
            said = set(doubt["kept"]) - doubts.still_kept(connection, mine.check_in.id, mine.person)
            kept_words.forget(connection, mine.check_in.id, said)
        return state


def _meant(
    connection: Connection,
    mine: OpenCheckIn,
    told: dict[str, Any],
    answer: tuple[dict[str, Any], int],
    now: datetime,
) -> dict[str, Any]:
    """As if its author had written what that answer to a question says in place of what was kept."""
    doubt, meaning = answer
    kept, said_at = doubt["kept"], inbox.moment_of(told["said_at"])
    parsed = _parsed(connection, mine, doubt["meanings"][meaning]["words"])
    reply = _still_new(connection, mine, parsed, kept, said_at)
    if reply is parsed:
        typed = {piece: doubts.typed_by(piece, kept) for piece in parsed.not_understood}
        reply = replace(
            parsed,
            not_understood=tuple(word for piece in parsed.not_understood for word in typed[piece]),
            doubts=tuple(
                replace(one, kept=tuple(word for piece in one.kept for word in typed[piece]))
                for one in parsed.doubts
            ),
        )
    return doubts.said_more(told, _note(connection, mine, reply, now, said_at=said_at), gone=kept)


def _parsed(connection: Connection, mine: OpenCheckIn, text: str) -> Reply:
    numbers = [one.number for one in _open_actions(connection, mine)]
    return parse_reply(text, mine.asked, numbers, people_service.first_names(connection))


def _open(connection: Connection, person: Person, changed: str | None) -> OpenCheckIn | None:
    """What the person's words answer, held. Where they change the message of that ts, what was asked about
    that is over: its check-in, which may be another, is held, too, the earliest first."""
    check_in = asked_service.in_words(connection, person.id)
    if changed is not None:
        concerned = {*doubts.asked_in(connection, person, changed), *([check_in.id] if check_in else [])}
        check_ins.hold_all(connection, concerned)
        doubts.withdraw(connection, person, changed)
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
    connection: Connection, mine: OpenCheckIn, reply: Reply, texts: Sequence[str], said_at: datetime
) -> Reply:
    """Without what was answered anew since it was said: a message may reach us long after a form. Then the
    whole message, `texts`, is kept, so that its author can use what was not taken."""
    owed = owing.in_check_in(connection, mine.check_in.id)
    newer = {row.number for row in owed if row.said_at is not None and row.said_at > said_at}
    fresh = tuple(one for one in reply.updates if one.number not in newer)
    actions_at = mine.check_in.actions_at
    rest = replace(reply, updates=fresh)
    if actions_at is not None and actions_at > said_at:
        rest = replace(rest, actions=None, closings={})
    if rest == reply:
        return reply
    return replace(rest, not_understood=tuple(texts), problems=(*reply.problems, NEWER), doubts=())


def _open_actions(connection: Connection, mine: OpenCheckIn) -> tuple[OpenAction, ...]:
    known = actions.known_on(connection, [mine.person.id], mine.check_in.date)
    return okr_actions.open_actions(known, mine.check_in.date)


def _keep(connection: Connection, person: Person, text: str, now: datetime) -> dict[str, object]:
    if text.strip():
        kept_words.keep(connection, person.id, None, text, now)
    return {"check_in": None, "not_understood": [text] if text.strip() else []}


def _note(
    connection: Connection,
    mine: OpenCheckIn,
    reply: Reply,
    now: datetime,
    *,
    said_at: datetime,
    before: rewording.Subject = MappingProxyType({}),
) -> dict[str, object]:
    """Writes what was understood and keeps what was not; gives what the receipt is about. `before`: what was
    told of the message when it had other words."""
    by_number = {one.number: one for one in mine.asked}
    reply, clearing = _clearing(connection, reply)
    answers = [_merged(by_number[one.number], one, clearing) for one in reply.updates]
    if answers:
        write_updates(connection, mine, answers, now, said_at=said_at)
    closed = {
        one.id: reply.closings[one.number]
        for one in _open_actions(connection, mine)
        if one.number in reply.closings
    }
    close_actions(connection, mine, closed, said_at)
    reply, next_week = rewording.take_actions(connection, mine, reply, before, said_at)
    thanked = rewording.take_thanks(connection, mine, reply, before, said_at)
    if closed or thanked or next_week["actions"]:
        asks.redraw(connection, mine.check_in, waited_for=True)
    for words in reply.not_understood:
        kept_words.keep(connection, mine.person.id, mine.check_in.id, words, now)
    told = _told(connection, mine, reply, answers, now)
    kept = doubts.to_keep(reply.doubts, mine.asked, people_service.first_names(connection))
    return told | next_week | {"closed": list(closed), "thanks": list(reply.thanks), "doubts": kept}


def _told(
    connection: Connection, mine: OpenCheckIn, reply: Reply, answers: Sequence[KeyResultAnswer], now: datetime
) -> dict[str, object]:
    check_in = mine.check_in
    digest_at = max(one.digest_at for one in rounds.of_check_in(connection, check_in.id))
    return {
        "check_in": check_in.id,
        "key_results": [one.key_result_id for one in answers],
        "not_understood": list(reply.not_understood),
        "problems": list(reply.problems),
        "late": not is_on_time(now, digest_at=digest_at, answer_by=check_in.answer_by),
    }


def _clearing(connection: Connection, reply: Reply) -> tuple[Reply, dict[str, str]]:
    """By the names of those who are to clear the way, their Slack ids; names that do not tell who are kept,
    and asked about where they are several people's."""
    found: dict[str, str] = {}
    for update in reply.updates:
        name = update.blocker.whose if update.blocker else ""
        if not name or name in found:
            continue
        called, sentence = _called(connection, name)
        if not sentence:
            found[name] = called[0].slack_id
            continue
        reply = replace(reply, not_understood=(*reply.not_understood, name))
        told_apart = len({shown_name(one) for one in called}) == len(called) > 0
        if told_apart and len(called) <= MEANINGS_MOST and len(reply.doubts) < DOUBTS_MOST:
            doubt = Doubt(DoubtKind.MEANING, (name,), sentence, _each(update, called), update.number)
            reply = replace(reply, doubts=(*reply.doubts, doubt))
        elif sentence not in reply.problems:
            reply = replace(reply, problems=(*reply.problems, sentence))
    return reply, found


def _called(connection: Connection, name: str) -> tuple[list[Person], str]:
    """The people of that name, or each of two who are named; and a sentence where it is not clear who."""
    called = people_named(connection, name)
    if len(called) == 1:
        return called, ""
    names = BETWEEN_NAMES.split(name)
    if called or len(names) == 1:
        return called, (SEVERAL_CLEARERS if called else UNKNOWN_CLEARER).format(name=shortened(name))
    each = [person for one in names for person in people_named(connection, one)]
    return each, TWO_CLEARERS.format(name=shortened(name))


def _each(update: ReplyUpdate, called: Sequence[Person]) -> tuple[Meaning, ...]:
    """That one or another of these people is to clear the way."""
    blocker = update.blocker or ReplyBlocker()
    return tuple(
        Meaning(
            shown_name(one),
            (ReplyUpdate(update.number, blocker=replace(blocker, whose=f"@{one.slack_id}")),),
        )
        for one in called
    )


def _merged(asked: AskedKeyResult, said: ReplyUpdate, clearing: Mapping[str, str]) -> KeyResultAnswer:
    """What was not said stays as it was; what was in the way matters while confidence is low."""
    confidence = asked.confidence if said.confidence is None else said.confidence
    blocker = blocker_as_known(asked) if confidence < MEDIUM_CONFIDENCE else None
    if said.blocker is not None:
        blocker = BlockerAnswer(said.blocker.kind, clearing.get(said.blocker.whose), said.blocker.fix)
    return KeyResultAnswer(
        key_result_id=asked.key_result_id,
        value=_value(asked, said),
        confidence=confidence,
        drove=said.drove or asked.drove,
        blocker=blocker,
        steps_done=asked.steps_done if said.steps is None else said.steps,
    )


def _value(asked: AskedKeyResult, said: ReplyUpdate) -> float:
    """As said or as it was; words without a value, where nobody has ever said one, are not taken."""
    value = asked.value if said.value is None else said.value
    if value is None:
        raise ValueError(f"key result {asked.key_result_id} has no value")
    return value
