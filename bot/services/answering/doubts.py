"""What somebody wrote and may have meant in several ways: asked about with buttons in the reply to it.

The questions stand in the receipt's subject, with the words that each button stands for. A tap says those
words for their author, as of the moment at which the message was written. Whoever changes a question holds
its check-in.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from bot.okr.model import CheckIn, Person
from bot.okr.replies.doubt_views import DoubtKind, DoubtView
from bot.okr.replies.doubts import Doubt
from bot.okr.replies.echo import as_typed
from bot.okr.views import AskedKeyResult
from bot.services.asking import asked as asked_service
from bot.services.sending import asks
from bot.storage import deliveries, kept_words
from bot.storage.engine import Connection
from bot.storage.inbox import InboxRow

Subject = dict[str, Any]


class DoubtState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    """Its message was changed or deleted."""


def to_keep(
    doubts: Sequence[Doubt], asked: Sequence[AskedKeyResult], names: Collection[str]
) -> list[dict[str, Any]]:
    """Questions as they stand in a receipt's subject."""
    return [
        {
            "kind": doubt.kind,
            "kept": list(doubt.kept),
            "number": doubt.number,
            "meanings": [
                {"label": meaning.label, "words": as_typed(meaning, asked, names)}
                for meaning in doubt.meanings
            ],
            "state": DoubtState.OPEN,
        }
        for doubt in doubts
    ]


def of_message(row: InboxRow) -> Subject:
    """What a receipt has to know of the message: its questions can be answered, its words be changed."""
    return {"message": row.id, "said_at": row.ts, "wording_of": row.payload.get("edited") or row.ts}


def receipt_key(message: int) -> str:
    return f"{asks.RECEIPT}:words:{message}"


def asked_in(connection: Connection, person: Person, message: str) -> list[int]:
    """The check-ins in which the message of that ts was asked about."""
    receipts = deliveries.to(connection, person.slack_id, asks.RECEIPT, wording_of=message)
    return [one.subject["check_in"] for one in receipts]


def withdraw(connection: Connection, person: Person, changed: str) -> None:
    """The message of that ts has other words now, or is gone: what was asked about the old ones is over, and
    they are kept no longer. Whoever calls it holds the check-ins in which it was `asked_in`."""
    for receipt in deliveries.to(connection, person.slack_id, asks.RECEIPT, wording_of=changed):
        told = receipt.subject
        over = words_in_question(told)
        if over:
            for doubt in told["doubts"]:
                doubt["state"] = DoubtState.WITHDRAWN if doubt["state"] == DoubtState.OPEN else doubt["state"]
            retell(connection, receipt.key, told)
            kept_words.forget(
                connection, told["check_in"], over - still_kept(connection, told["check_in"], person)
            )


def retell(connection: Connection, key: str, told: Subject) -> None:
    deliveries.change_subject(connection, key, told)
    deliveries.mark_stale(connection, [key], waited_for=True)


def open_in(told: Subject) -> list[dict[str, Any]]:
    return [one for one in told.get("doubts", ()) if one["state"] == DoubtState.OPEN]


def shown(
    connection: Connection, check_in: CheckIn, asked: Sequence[AskedKeyResult], told: Subject
) -> tuple[DoubtView, ...]:
    """The questions that can be answered now."""
    if not open_in(told) or not asked_service.is_open(connection, check_in):
        return ()
    titles = {one.number: f"{one.number} {one.title}" for one in asked}
    return tuple(
        DoubtView(
            message=told["message"],
            index=index,
            kind=DoubtKind(one["kind"]),
            words="; ".join(one["kept"]),
            about=titles.get(one["number"], ""),
            labels=tuple(meaning["label"] for meaning in one["meanings"]),
        )
        for index, one in enumerate(told["doubts"])
        if one["state"] == DoubtState.OPEN
    )


def words_in_question(told: Subject) -> frozenset[str]:
    return _words_in(told, DoubtState.OPEN)


def words_withdrawn(told: Subject) -> frozenset[str]:
    return _words_in(told, DoubtState.WITHDRAWN)


def _words_in(told: Subject, state: DoubtState) -> frozenset[str]:
    """Of the questions in that state."""
    doubts = (one for one in told.get("doubts", ()) if one["state"] == state)
    return frozenset(words for one in doubts for words in one["kept"])


def typed_by(piece: str, kept: Sequence[str]) -> tuple[str, ...]:
    """The words of its author that a piece of what a button said is made of."""
    return (piece,) if any(piece in words for words in kept) else tuple(kept)


def still_kept(connection: Connection, check_in_id: int, person: Person) -> frozenset[str]:
    """The words of which some receipt of the check-in tells that they are kept: the same ones may stand in
    several messages. What was asked of an older wording does not count: its message says it anew, or not."""
    receipts = deliveries.to(connection, person.slack_id, asks.RECEIPT, check_in=check_in_id)
    return frozenset(
        words
        for one in receipts
        for words in set(one.subject.get("not_understood", ())) - words_withdrawn(one.subject)
    )


def said_more(before: Subject, after: Subject, gone: Collection[str]) -> Subject:
    """What a receipt tells once a button has said more; of the words that are gone it keeps one each fewer,
    as other questions may be about the same ones."""
    kept = list(before["not_understood"])
    for words in gone:
        if words in kept:
            kept.remove(words)
    return before | {
        "key_results": _once(before["key_results"], after["key_results"]),
        "not_understood": [*kept, *_once([], after["not_understood"])],
        "problems": _once(before["problems"], after["problems"]),
        "closed": _once(before["closed"], after["closed"]),
        "doubts": [*before["doubts"], *after["doubts"]],
        "late": before["late"] or after["late"],
    }


def _once(before: list[Any], after: list[Any]) -> list[Any]:
    return list(dict.fromkeys([*before, *after]))
