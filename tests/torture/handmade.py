"""A Friday on paper: Hannah's two key results, what she did, what is stored of it and what she sees."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.practice.model import File
from bot.practice.model import Message as Shown
from tests.torture.company import FIRST_FRIDAY, PROMPT, Company, Owner, OwnersTeam, at
from tests.torture.deeds import Answer, AnswerKind
from tests.torture.saying import Seen
from tests.torture.stored import Event, Message, Owed, Round, Stored

HANNAH, CHANNEL, DIRECT = "U0HANNAH", "C0TEAM", "D0HANNAH"
FRIDAY = FIRST_FRIDAY
TEN = at(FRIDAY, PROMPT)
KR1, KR2 = 71, 72
PROMPT_TEXT = (
    "TeeBee check-in · 2 key results\nAnswered at 10:05 – thank you.\n1 Sales 10,001 → 1M\n2 Rest 10,002 → 1M"
)
DIGEST_TEXT = "TeeBee, week 8 of 13 · 1 of 1 answered\nSales 10,001 → 1M\nRest 10,002 → 1M"


def answer(number: int, kind: AnswerKind = "message", *, person: str = HANNAH, **more: Any) -> Answer:
    """Given so many minutes after ten; `taken` unless told otherwise."""
    when = TEN + timedelta(minutes=number)
    words: dict[str, Any] = {"channel": DIRECT, "ts": stamp(number)} if kind in ("message", "edit") else {}
    fields = {"values": {}, "taken": True, **words, **more}
    return Answer(number=number, person=person, on=FRIDAY, kind=kind, at=when, **fields)


def stamp(minutes: int, *, of: datetime = TEN) -> str:
    return f"{(of + timedelta(minutes=minutes)).timestamp():.6f}"


def came_in(given: Answer, row_id: int = 1, state: str = "handled") -> Event:
    kind, edited = ("edit", given.ts) if given.kind == "edit" else ("message", "")
    ts = stamp(given.number)
    return Event(row_id, kind, given.channel, ts, state, given.text, edited)


def owed(state: str = "answered", *, on: date = FRIDAY) -> list[Owed]:
    return [Owed(HANNAH, on, 1, key_result, number, state) for number, key_result in ((1, KR1), (2, KR2))]


def sent(key: str, kind: str, ts: str, *, channel: str = DIRECT, **more: Any) -> Message:
    """As Okra remembers it; its random id is its key, which is clear enough here."""
    return Message(key, kind, "sent", key, channel, ts, **more)


def shown(message: Message, text: str, **more: Any) -> Shown:
    """As it stands in Slack."""
    metadata = {"event_type": "okra_delivery", "event_payload": {"id": message.nonce}}
    if message.kind == "chart":
        return replace(picture(message), **more)
    made = Shown(message.channel or "", message.ts or "", "U0OKRA", text, from_bot=True, metadata=metadata)
    return replace(made, **more)


def picture(message: Message) -> Shown:
    """As it stands in the digest's thread: with a name instead of metadata."""
    name = f"okra-progress-{message.nonce}.png"
    file = File("F1", name, "", "U0OKRA", "image/png", "png", 0, 0)
    return Shown(CHANNEL, stamp(391), "U0OKRA", "", from_bot=True, thread_ts=stamp(390), files=(file,))


PROMPT_SENT = sent("prompt:1", "prompt", stamp(0), place=(HANNAH, FRIDAY))
DIGEST_SENT = sent("digest:1:0", "digest", stamp(390), channel=CHANNEL, round_id=1, page=0)
REPLY_SENT = sent("receipt:words:1", "receipt", stamp(6))
SAID = answer(5, text="KR1 10001; KR2 10002", values={1: 10001.0, 2: 10002.0})
COMPANY = Company((OwnersTeam("TeeBee", CHANNEL, (Owner(HANNAH, "Hannah", (KR1, KR2)),)),))


def stored(**changes: Any) -> Stored:
    """All is well: Hannah was asked, wrote once, was answered, and the digest is out."""
    fields: dict[str, Any] = {
        "owed": owed(),
        "rounds": [Round(1, CHANNEL, FRIDAY, "digested")],
        "revisions": {(KR1, FRIDAY): [10001.0], (KR2, FRIDAY): [10002.0]},
        "inbox": [came_in(SAID)],
        "messages": [PROMPT_SENT, DIGEST_SENT, REPLY_SENT],
    }
    return Stored(**{**fields, **changes})


def seen(*more: Shown, without: tuple[Message, ...] = (), texts: dict[Message, str] | None = None) -> Seen:
    """What Hannah sees of it; with more messages, without some, or with other texts."""
    said = {PROMPT_SENT: PROMPT_TEXT, DIGEST_SENT: DIGEST_TEXT, REPLY_SENT: "Thank you, noted:"}
    said |= texts or {}
    messages = [shown(message, text) for message, text in said.items() if message not in without]
    channels: dict[str, list[Shown]] = {CHANNEL: [], DIRECT: []}
    for message in sorted([*messages, *more], key=lambda one: one.ts):
        channels[message.channel].append(message)
    return Seen(channels, {HANNAH: DIRECT})
