"""What the fields of a form hold, as Slack hands them back; everything in a payload may be forged.

In Slack's `state.values` an absent key means the value that was shown (it stands in `view.blocks`), null
means cleared.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final

from bot.okr.actions import Closing
from bot.slack import ids, texts
from bot.slack.reading import fields
from bot.slack.reading.fields import STARTS, option_value

CONFIDENCE_MOST: Final = 10
LEFT_OVER_MOST: Final = 12
"""Of so many key results, as many as a page shows, words are kept that are not asked for any more."""
_HOLDS: Final = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "users_select": "selected_user",
    "checkboxes": "selected_options",
}
"""By a field's type, where Slack says what it holds."""


class Fields:
    """What a view's fields hold now, whether Slack says so in its state or by leaving it out."""

    def __init__(self, view: Mapping[str, Any]) -> None:
        self._view = view
        blocks = view.get("blocks") or ()
        self._elements: dict[str, Mapping[str, Any]] = {
            block["block_id"]: block["element"] for block in blocks if block.get("type") == "input"
        }
        self._state: Mapping[str, Mapping[str, Any]] = (view.get("state") or {}).get("values") or {}
        self.fields: tuple[str, ...] = tuple(dict.fromkeys((*self._elements, *self._state)))

    def has(self, block_id: str) -> bool:
        return block_id in self.fields

    def text(self, block_id: str) -> str:
        """What stands in a text field, without the spaces around it; empty if it was cleared."""
        return fields.text(self._view, block_id)

    def option(self, block_id: str) -> str | None:
        return fields.option(self._view, block_id)

    def user(self, block_id: str) -> str | None:
        user = fields.held(self._view, block_id, "selected_user")
        return user if isinstance(user, str) and user else None

    def confidence(self, block_id: str) -> int | None:
        level = ids.read_number(self.option(block_id))
        return level if level is not None and level <= CONFIDENCE_MOST else None

    def as_shown(self, *block_ids: str) -> bool:
        """Whether these fields hold what they held when the form opened."""
        for block_id in block_ids:
            state = (self._state.get(block_id) or {}).get(block_id) or {}
            element = self._elements.get(block_id, {})
            for now, shown in STARTS.items():
                if now in state and _plainly(state[now]) != _plainly(element.get(shown)):
                    return False
        return True

    def start(self, block_id: str) -> str:
        """What stood in a text field when the form opened."""
        held = self._elements.get(block_id, {}).get("initial_value")
        return held if isinstance(held, str) else ""

    def held(self) -> dict[str, dict[str, Any]]:
        """What every field of the view holds, as Slack says it."""
        return {field: self._said(field) for field in self._elements}

    def _said(self, block_id: str) -> dict[str, Any]:
        state = (self._state.get(block_id) or {}).get(block_id)
        if state is not None:
            return dict(state)
        element = self._elements[block_id]
        now = _HOLDS[element["type"]]
        return {"type": element["type"], now: element.get(STARTS[now])}

    def ticked(self, what: str) -> tuple[frozenset[int], frozenset[int]]:
        """The ids of all ticked actions: when the form opened, and now."""
        groups = [one for one in self.fields if one.startswith(f"{what}:")]
        before = (self._elements.get(one, {}).get("initial_options") for one in groups)
        now = (fields.held(self._view, one, "selected_options") for one in groups)
        return _numbers(before), _numbers(now)

    def numbers(self, block_id: str) -> frozenset[int]:
        """What is ticked in a field now, where the options are numbered."""
        return _numbers([fields.held(self._view, block_id, "selected_options")])

    def group_of(self, what: str, action_id: int) -> str:
        """The field in which an action stands."""
        for block_id, element in self._elements.items():
            if block_id.startswith(f"{what}:") and action_id in _numbers([element.get("options")]):
                return block_id
        return ids.field(what, 0)

    def words_of(self, action_id: int) -> str:
        """How the form names an action."""
        for element in self._elements.values():
            for option in element.get("options") or ():
                if option_value(option) == str(action_id):
                    return str(option["text"]["text"])
        return texts.NO_WORDS

    def decided(self) -> Iterator[tuple[int, Closing]]:
        """What was chosen, anew, for the actions that are asked about by themselves."""
        for block_id in self.fields:
            action_id = ids.read_number(block_id.removeprefix(f"{ids.DECIDED}:"))
            if action_id is not None and not self.as_shown(block_id):
                chosen = self.option(block_id)
                yield action_id, Closing(chosen) if chosen in texts.CLOSING else Closing.OPEN

    def typed_about_others(self, asked: Container[int]) -> tuple[str, ...]:
        """What stands in touched fields of key results that are none of `asked`: a text for each."""
        typed: dict[str, list[str]] = {}
        for what in (ids.VALUE, ids.DROVE, ids.FIX):
            for block_id in self.fields:
                number = block_id.removeprefix(f"{what}:")
                if number != block_id and ids.read_number(number) not in asked:
                    text = "" if self.as_shown(block_id) else self.text(block_id)
                    typed.setdefault(number, []).extend([text] if text else [])
        said = (" · ".join(texts_of_one) for texts_of_one in typed.values() if texts_of_one)
        return tuple(said)[:LEFT_OVER_MOST]


def _plainly(held: Any) -> str | None:
    """What a field holds, to be compared: nothing is None, however it is said."""
    if isinstance(held, list):
        return " ".join(sorted(str(option_value(one)) for one in held)) or None
    return (held.strip() or None) if isinstance(held, str) else option_value(held)


def _numbers(groups: Iterable[Any]) -> frozenset[int]:
    """The ids that the options of these groups carry."""
    found = (ids.read_number(option_value(option)) for group in groups for option in group or ())
    return frozenset(number for number in found if number is not None)
