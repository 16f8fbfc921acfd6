"""What somebody wrote and may have meant in several ways: asked about with buttons in the reply to it.

The questions stand in the receipt's subject, with the words that each button stands for. A tap says those
words for their author, as of the moment at which the message was written. Whoever changes a question holds
its check-in.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Any

from bot.okr.doubts import DoubtKind, DoubtView
from bot.okr.model import CheckIn, Person
from bot.okr.reply_doubts import Doubt
from bot.okr.reply_echo import as_typed
from bot.okr.views import AskedKeyResult
from bot.services import asked as asked_service
from bot.services import asks
from bot.storage import deliveries
from bot.storage.engine import Connection
from bot.storage.inbox import InboxRow

Subject = dict[str, Any]


class DoubtState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    """Its message was changed."""


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
    """What a receipt with questions has to know of the message."""
    return {"message": row.id, "said_at": row.ts, "wording_of": row.payload.get("edited") or row.ts}


def receipt_key(message: int) -> str:
    return f"{asks.RECEIPT}:words:{message}"


def withdraw(connection: Connection, person: Person, changed: str) -> None:
    """The message of that ts has other words now: what was asked about the old ones is over."""
    for receipt in deliveries.to(connection, person.slack_id, asks.RECEIPT):
        told = receipt.subject
        if told.get("wording_of") == changed and open_in(told):
            for doubt in told["doubts"]:
                doubt["state"] = DoubtState.WITHDRAWN if doubt["state"] == DoubtState.OPEN else doubt["state"]
            retell(connection, receipt.key, told)


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
    return frozenset(words for one in open_in(told) for words in one["kept"])


def typed_by(piece: str, kept: Sequence[str]) -> tuple[str, ...]:
    """The words of its author that a piece of what a button said is made of."""
    return (piece,) if any(piece in words for words in kept) else tuple(kept)


def together(before: Subject, after: Subject, gone: Collection[str]) -> Subject:
    """What a receipt tells once a button has said more; the words that are gone are not kept any more."""
    kept = [words for words in before["not_understood"] if words not in gone]
    return before | {
        "key_results": _once(before["key_results"], after["key_results"]),
        "not_understood": _once(kept, after["not_understood"]),
        "problems": _once(before["problems"], after["problems"]),
        "closed": _once(before["closed"], after["closed"]),
        "doubts": [*before["doubts"], *after["doubts"]],
        "late": before["late"] or after["late"],
    }


def _once(before: list[Any], after: list[Any]) -> list[Any]:
    return list(dict.fromkeys([*before, *after]))
