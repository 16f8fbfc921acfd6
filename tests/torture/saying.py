"""Whether everything was said, once: by the ids in the messages, and by what the messages are."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.practice.ids import stamp_time
from bot.practice.model import Message as Shown
from bot.slack import texts
from tests.torture.company import REMIND, ZONE
from tests.torture.deeds import Answer
from tests.torture.findings import Finding, doubled, lost
from tests.torture.heard import Heard
from tests.torture.stored import Message, Place, Stored
from tests.torture.watch import asks, day_of

REPLIES = (
    texts.UNDERSTOOD,
    texts.UNCHANGED,
    texts.NOTHING_UNDERSTOOD,
    texts.NOTHING_ASKED,
    texts.NOTHING_TO_KEEP,
)
"""How the replies to messages begin."""
ONCE = ("prompt", "reminder", "digest", "chart")
"""Kinds of which there is one for a person and date, or for a round and page."""
PICTURE = re.compile(r"okra-progress-(.*)\.png")


@dataclass(frozen=True)
class Seen:
    """Every message by channel, and by person the channel in which they talk with the bot."""

    channels: Mapping[str, list[Shown]] = field(default_factory=dict)
    direct: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> Iterator[Shown]:
        """What the bot has said to stay: what only one person sees in a channel is gone when they reload."""
        for messages in self.channels.values():
            yield from (one for one in messages if one.from_bot and one.only_for is None)

    def to(self, person: str) -> list[Shown]:
        messages = self.channels.get(self.direct.get(person, ""), [])
        return [one for one in messages if one.from_bot and one.only_for is None]


def check(answers: Iterable[Answer], stored: Stored, seen: Seen) -> Iterator[Finding]:
    answers = list(answers)
    found = [*_by_id(stored, seen), *_twice_asked_for(stored), *_replies(answers, stored)]
    yield from found
    if not found:  # otherwise the same would be told once more, in other words
        yield from _asking_by_looks(seen)
        yield from _digests_by_looks(stored, seen)
        yield from _replies_by_looks(answers, Heard(stored.inbox), seen)


def nonce_of(message: Shown) -> str:
    """The random id: in a picture's name, else in the metadata."""
    for file in message.files:
        return PICTURE.sub(r"\1", file.name)
    return str(((message.metadata or {}).get("event_payload") or {}).get("id", ""))


def _by_id(stored: Stored, seen: Seen) -> Iterator[Finding]:
    by_nonce: dict[str, list[Shown]] = defaultdict(list)
    for shown in seen.said():
        by_nonce[nonce_of(shown)].append(shown)
    known = {message.nonce for message in stored.messages}
    for nonce, copies in by_nonce.items():
        if nonce not in known:
            yield from (doubled(f"nobody asked for {_shortly(one)}") for one in copies)
    for message in stored.messages:
        copies = by_nonce.get(message.nonce, [])
        yield from (
            doubled(f"{message.key} stands {len(copies)} times: {_shortly(one)}") for one in copies[1:]
        )
        yield from _as_remembered(message, copies)


def _as_remembered(message: Message, copies: list[Shown]) -> Iterator[Finding]:
    match message.state:
        case "sent":
            # Slack does not say at which ts a picture stands.
            anywhere = message.kind == "chart" and message.ts is None
            places = [(one.channel, None if anywhere else one.ts) for one in copies]
            if (message.channel, message.ts) not in places:
                yield lost(f"{message.key} is said to stand at {message.ts}, but does not")
        case "dropped":
            yield from (
                lost(f"{message.key} was given up, but stands there: {_shortly(one)}") for one in copies[:1]
            )
        case _:
            there = "though it stands there" if copies else "and it stands nowhere"
            yield lost(f"{message.key} is {message.state} in the end ({message.error}), {there}")


def _twice_asked_for(stored: Stored) -> Iterator[Finding]:
    """Two rows for the same thing."""
    sent = [one for one in stored.messages if one.state == "sent" and one.kind in ONCE]
    things = Counter((one.kind, one.place, one.round_id, one.page) for one in sent)
    for thing, times in things.items():
        yield from (doubled(f"{thing} was sent as {times} messages") for _ in range(times - 1))


def _replies(answers: list[Answer], stored: Stored) -> Iterator[Finding]:
    """Each typed message that came in was handled, and has its reply."""
    heard = Heard(stored.inbox)
    replies = {one.key for one in stored.messages if one.kind == "receipt"}
    for answer in answers:
        row = heard.row(answer)
        what = f"{answer.kind} {answer.number} of {answer.person} on {answer.on}"
        if row is not None and row.state != "handled":
            yield lost(f"{what} is {row.state} in the inbox")
        elif row is not None and f"receipt:words:{row.id}" not in replies:
            yield lost(f"{what} has no reply")


# --- by what they are ----------------------------------------------------------------------------------


def _asking_by_looks(seen: Seen) -> Iterator[Finding]:
    """A prompt and a reminder a day, and nothing but the prompt before the reminder's hour."""
    for person in seen.direct:
        by_place: dict[Place, list[Shown]] = defaultdict(list)
        for message in filter(asks, seen.to(person)):
            by_place[person, day_of(message.ts)].append(message)
        for place, asking in by_place.items():
            early = [one for one in asking if stamp_time(one.ts).astimezone(ZONE).time() < REMIND]
            for extra in [*early[1:], *asking[2:]]:
                yield doubled(f"{place[0]} is asked once more on {place[1]}: {_shortly(extra)}")


def _digests_by_looks(stored: Stored, seen: Seen) -> Iterator[Finding]:
    """A message a Friday in each team's channel, and one of each page in its thread."""
    for channel in {one.channel for one in stored.rounds}:
        messages = [one for one in seen.channels.get(channel, []) if one.from_bot]
        tops = Counter(day_of(one.ts) for one in messages if not one.is_reply)
        pages = Counter((one.thread_ts, one.text.partition("\n")[0]) for one in messages if one.is_reply)
        for on, times in tops.items():
            yield from (doubled(f"{channel} has {times} digests of {on}") for _ in range(times - 1))
        for (_, head), times in pages.items():
            if " more (" in head:
                yield from (doubled(f"{channel} has “{head}” {times} times") for _ in range(times - 1))


def _replies_by_looks(answers: list[Answer], heard: Heard, seen: Seen) -> Iterator[Finding]:
    """As many as messages came in; whoever answered by form or tap without a prompt has one more of each."""
    words, others = Counter[str](), defaultdict[str, set[tuple[object, str]]](set)
    messages = Counter(one.person for one in answers if one.kind == "message" and heard.row(one))
    for answer in answers:
        if answer.words:
            words[answer.person] += 1
        else:
            others[answer.person].add((answer.on, answer.kind))
    for person in seen.direct:
        replies = sum(one.text.startswith(REPLIES) for one in seen.to(person))
        if replies < messages[person]:
            yield lost(f"{person} was heard {messages[person]} times and got {replies} replies")
        for _ in range(replies - words[person] - len(others[person])):
            yield doubled(f"{person} said {words[person]} things and got {replies} replies")


def _shortly(message: Shown) -> str:
    return f"{message.channel} {message.ts} “{message.text.partition(chr(10))[0][:60]}”"
