"""What people did, as answers: read from Slack's list of deeds and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from bot.okr.numbers.values import parse_value
from bot.practice.deeds import Deed
from bot.slack import ids
from tests.torture.company import ZONE
from tests.torture.sayings import read

AnswerKind = Literal["message", "edit", "form", "tap"]


@dataclass(frozen=True)
class Answer:
    """`number` orders what people did. `values` are by the key result's number in words ("message", "edit")
    and by its id in a form, where `left` are those that were left as the form showed them. `taken` is whether the person saw it taken: what was typed always is. `ts` is
    that of the message, of an edit the changed one's."""

    number: int
    person: str
    on: date
    kind: AnswerKind
    at: datetime
    taken: bool
    values: Mapping[int, float]
    actions: tuple[str, ...] | None = None
    left: frozenset[int] = frozenset()
    text: str = ""
    channel: str = ""
    ts: str = ""

    @property
    def words(self) -> bool:
        return self.kind in ("message", "edit")


def answers(deeds: Iterable[Deed]) -> list[Answer]:
    """In the order in which they were given."""
    return [answer for deed in deeds if (answer := _answer(deed)) is not None]


def _answer(deed: Deed) -> Answer | None:
    match deed.kind:
        case "message" | "edit":
            return _in_words(deed, deed.kind)
        case "form" if deed.what["callback_id"] == ids.CHECK_IN_FORM:
            return _form(deed)
        case "tap" if deed.what["action"]["action_id"] == ids.ALL_UNCHANGED:
            return _made(deed, "tap", {})
    return None


def _in_words(deed: Deed, kind: Literal["message", "edit"]) -> Answer:
    said, what = read(deed.what["text"]), deed.what
    more = {"text": what["text"], "channel": what["channel"], "ts": what["ts"]}
    return _made(deed, kind, said.values, actions=said.actions, **more)


def _form(deed: Deed) -> Answer:
    """What stands in it as it was shown says nothing; that all actions were taken out of it is a word."""
    held, shown = _held(deed.what["values"]), _held(deed.what["shown"])
    prefix = f"{ids.VALUE}:"
    values, left = {}, set()
    for block, value in held.items():
        key_result = int(block.removeprefix(prefix)) if block.startswith(prefix) else None
        if key_result is not None and value == shown[block]:
            left.add(key_result)
        elif key_result is not None and value:
            values[key_result] = parse_value(value)
    lines = held[ids.NEXT_ACTIONS]
    actions = None if lines == shown[ids.NEXT_ACTIONS] else tuple(lines.splitlines())
    return _made(deed, "form", values, actions=actions, left=frozenset(left))


def _held(state: Mapping[str, Any]) -> dict[str, str]:
    """What text stands in each field."""
    return {block: str(next(iter(fields.values())).get("value") or "") for block, fields in state.items()}


def _made(deed: Deed, kind: AnswerKind, values: Mapping[int, float], **more: Any) -> Answer:
    at = datetime.fromisoformat(deed.at)
    return Answer(
        number=deed.number,
        person=deed.person,
        on=at.astimezone(ZONE).date(),
        kind=kind,
        at=at,
        taken=deed.taken_at is not None,
        values=values,
        **more,
    )
