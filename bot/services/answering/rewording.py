"""What one message adds to next week's actions and to the thank-yous, and what changing its words takes back:
what each message has said stands in its receipt's subject."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.okr.actions import tied
from bot.okr.defaults import ACTIONS_MOST
from bot.okr.replies.message import Reply
from bot.okr.replies.problems import TOO_MANY_ACTIONS
from bot.services.answering import doubts, thanks
from bot.services.answering.checkins import CannotAnswer, OpenCheckIn, open_check_in, set_actions
from bot.services.sending import asks
from bot.storage import actions, check_ins, deliveries, inbox, people
from bot.storage import thanks as kept_thanks
from bot.storage.engine import Connection, Database, real_now
from bot.storage.inbox import InboxRow

Subject = Mapping[str, Any]
_SAID = ("next", "thanks")


def told_before(connection: Connection, mine: OpenCheckIn, message: str | None) -> Subject:
    """What the last receipt for the message of that ts tells in this check-in, without the actions and thanks
    that another message says, too; nothing for a new one."""
    latest: dict[str, Subject] = {}
    receipts = deliveries.to(connection, mine.person.slack_id, asks.RECEIPT, check_in=mine.check_in.id)
    told = [one.subject for one in receipts if "wording_of" in one.subject]
    for one in sorted(told, key=lambda subject: float(subject["said_at"])):
        latest[one["wording_of"]] = one
    before = latest.pop(message, None) if message else None
    if before is None:
        return {}
    elsewhere = {words for one in latest.values() for key in _SAID for words in one.get(key, ())}
    return {key: [words for words in before.get(key, ()) if words not in elsewhere] for key in _SAID}


def take_actions(
    connection: Connection, mine: OpenCheckIn, reply: Reply, before: Subject, said_at: datetime
) -> tuple[Reply, dict[str, Any]]:
    """Puts next week's actions of a message beside those of others, in the place of those that it had before;
    "none" clears them all. Gives the reply with those kept that are too many, and what its receipt tells."""
    had: list[str] = before.get("next", [])
    newer = mine.check_in.actions_at is not None and mine.check_in.actions_at > said_at
    if reply.actions == ():
        set_actions(connection, mine, [], said_at)
    if not reply.actions and (reply.actions == () or newer or not had):
        return reply, {"actions": reply.actions is not None, "next": [] if reply.actions == () else had}
    gone = {tied(one, mine.asked) for one in had}
    known = actions.set_in(connection, mine.person.id, mine.check_in.date)
    others = [one for one in known if one not in gone]
    said = {one: tied(one, mine.asked) for one in reply.actions or ()}
    new = [one for one in said if said[one] not in others]
    most = max(0, ACTIONS_MOST - len(others))
    taken, beyond = new[:most], new[most:]
    place = next((at for at, one in enumerate(known) if one in gone), len(others))
    wanted = [*others[:place], *(said[one] for one in taken), *others[place:]]
    set_actions(connection, mine, wanted, said_at)
    if beyond:
        kept = (*reply.not_understood, *beyond)
        problems = dict.fromkeys((*reply.problems, TOO_MANY_ACTIONS))
        reply = replace(reply, not_understood=kept, problems=tuple(problems))
    return reply, {"actions": True, "next": [one for one in said if one not in beyond]}


def take_thanks(
    connection: Connection, mine: OpenCheckIn, reply: Reply, before: Subject, said_at: datetime
) -> bool:
    """The thank-yous of a message, in the place of those that it had before; gives whether any changed."""
    gone = set(before.get("thanks", ())) - set(reply.thanks)
    kept_thanks.forget(connection, mine.check_in.id, mine.person.id, gone)
    for words in reply.thanks:
        to = thanks.named_in(connection, words)
        kept_thanks.keep(connection, mine.check_in.id, mine.person.id, to, words, at=said_at)
    return bool(gone or reply.thanks)


def take_back(database: Database, row: InboxRow) -> None:
    """A message was deleted: its open questions are over and its thank-yous taken back, as long as its
    check-in can be answered; its figures and actions count until its author says others."""
    deleted = row.payload["deleted"]
    with database.transaction() as connection:
        person = people.by_slack_id(connection, row.slack_id)
        if not inbox.mark_handled(connection, row, real_now(connection)) or person is None:
            return
        concerned = doubts.asked_in(connection, person, deleted)
        check_ins.hold_all(connection, concerned)
        doubts.withdraw(connection, person, deleted)
        for check_in_id in dict.fromkeys(concerned):
            try:
                mine = open_check_in(connection, row.slack_id, check_in_id, hold=True)
            except CannotAnswer:
                continue
            before = told_before(connection, mine, deleted)
            if take_thanks(connection, mine, Reply(), before, inbox.moment_of(row.ts)):
                asks.redraw(connection, mine.check_in, waited_for=True)
