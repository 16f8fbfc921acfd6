"""What people did, as answers: read from Slack's list of deeds and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from bot.okr.values import parse_value
from bot.practice.deeds import Deed
from bot.slack import ids
from tests.torture.company import ZONE
from tests.torture.sayings import read

AnswerKind = Literal["message", "edit", "form", "tap"]


@dataclass(frozen=True)
class Answer:
    """`number` orders what people did. `values` are by the key result's number in words ("message", "edit")
    and by its id in a form. `taken` is whether the person saw it taken: what was typed always is. `ts` is
    that of the message, of an edit the changed one's."""

    number: int
    person: str
    on: date
    kind: AnswerKind
    at: datetime
    taken: bool
    values: Mapping[int, float]
    actions: tuple[str, ...] | None = None
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
    """A form replaces everything, so no actions in it are a word, too."""
    held = {block: next(iter(fields.values())) for block, fields in deed.what["values"].items()}
    prefix = f"{ids.VALUE}:"
    values = {
        int(block.removeprefix(prefix)): parse_value(str(one["value"]))
        for block, one in held.items()
        if block.startswith(prefix) and one["value"]
    }
    lines = str((held.get(ids.NEXT_ACTIONS) or {}).get("value") or "").splitlines()
    return _made(deed, "form", values, actions=tuple(lines))


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
