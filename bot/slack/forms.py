"""Reading the check-in form that a person sent, or is filling in.

Everything in a payload may be forged: the caller says which key results the person is really asked for, and
fields of others are not looked at. In Slack's `state.values` an absent key means the value that was shown (it
stands in `view.blocks`), null means cleared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.okr.actions import Closing, NewAction, tied
from bot.okr.answers import BlockerAnswer, CheckInAnswers, KeyResultAnswer
from bot.okr.defaults import ACTION_LONGEST, ACTIONS_MOST, MEDIUM_CONFIDENCE
from bot.okr.model import BlockerKind
from bot.okr.values import NotAValue, format_value, parse_value
from bot.okr.views import AskedKeyResult
from bot.slack import ids, texts
from bot.slack.richtext import clip

TEXT_MOST: Final = 3000
CONFIDENCE_MOST: Final = 10
ERROR_MOST: Final = 300
EXAMPLE_MOST: Final = 60
_BULLETS = ("- ", "* ", "• ", "– ")
_OF_A_KEY_RESULT = (ids.VALUE, ids.CONFIDENCE, ids.DROVE, ids.BLOCKER_KIND, ids.BLOCKER_OWNER, ids.FIX)
_STARTS: Final = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_user": "initial_user",
}
"""What a field holds, and what it started with."""


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What to say beside which field: sentences by block_id, as `response_action: errors` takes them."""

    errors: Mapping[str, str]


def check_in_of(view: Mapping[str, Any]) -> int | None:
    """Which check-in a form says it belongs to; whether the person may answer it is the caller's to ask.
    None for a view that is no form of ours."""
    return ids.read_metadata(view.get("private_metadata"))


def read_check_in(view: Mapping[str, Any], asked: Sequence[AskedKeyResult]) -> CheckInAnswers | FieldErrors:
    """The answers in a sent form, or what is wrong with them by field.

    `asked` are the key results the person is asked for; one without a field in this form has no update in the
    answers. `closings` holds whatever action ids came back: only the person's own may be closed.
    Raises ValueError for a view that is no form of ours.
    """
    check_in_id = check_in_of(view)
    if check_in_id is None:
        raise ValueError("not a check-in form")
    form = _Form(view)
    reading = _Reading(form)
    updates = tuple(
        update
        for one in asked
        if form.has(ids.field(ids.VALUE, one.key_result_id))
        for update in reading.key_result(one)
    )
    actions = reading.actions(asked)
    closings = reading.closings()
    if reading.errors:
        return FieldErrors(reading.errors)
    return CheckInAnswers(
        check_in_id,
        updates,
        actions,
        closings,
        untouched=frozenset(one.key_result_id for one in updates if form.as_shown(*_of(one.key_result_id))),
        actions_untouched=form.as_shown(ids.NEXT_ACTIONS),
    )


def shown_confidences(view: Mapping[str, Any]) -> dict[int, int]:
    """The confidences as they stand in a form that is being filled in, by key result id."""
    form = _Form(view)
    prefix = f"{ids.CONFIDENCE}:"
    shown = {}
    for block_id in form.fields:
        if block_id.startswith(prefix):
            key_result, level = ids.read_number(block_id.removeprefix(prefix)), form.confidence(block_id)
            if key_result is not None and level is not None:
                shown[key_result] = level
    return shown


class _Form:
    """What a view's fields hold now, whether Slack says so in its state or by leaving it out."""

    def __init__(self, view: Mapping[str, Any]) -> None:
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
        held = self._held(block_id, "value", "initial_value")
        return held.strip() if isinstance(held, str) else ""

    def option(self, block_id: str) -> str | None:
        return _option_value(self._held(block_id, "selected_option", "initial_option"))

    def user(self, block_id: str) -> str | None:
        held = self._held(block_id, "selected_user", "initial_user")
        return held if isinstance(held, str) and held else None

    def confidence(self, block_id: str) -> int | None:
        level = ids.read_number(self.option(block_id))
        return level if level is not None and level <= CONFIDENCE_MOST else None

    def as_shown(self, *block_ids: str) -> bool:
        """Whether these fields hold what they held when the form opened."""
        for block_id in block_ids:
            state = (self._state.get(block_id) or {}).get(block_id) or {}
            element = self._elements.get(block_id, {})
            for now, shown in _STARTS.items():
                if now in state and _plainly(state[now]) != _plainly(element.get(shown)):
                    return False
        return True

    def ticked(self, what: str) -> tuple[frozenset[int], frozenset[int]]:
        """The ids of all ticked actions: when the form opened, and now."""
        fields = [one for one in self.fields if one.startswith(f"{what}:")]
        before = (self._elements.get(one, {}).get("initial_options") for one in fields)
        now = (self._held(one, "selected_options", "initial_options") for one in fields)
        return _numbers(before), _numbers(now)

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
                if _option_value(option) == str(action_id):
                    return str(option["text"]["text"])
        return texts.NO_WORDS

    def decided(self) -> Iterator[tuple[int, Closing]]:
        """What was chosen, anew, for the actions that are asked about by themselves."""
        for block_id in self.fields:
            action_id = ids.read_number(block_id.removeprefix(f"{ids.DECIDED}:"))
            if action_id is not None and not self.as_shown(block_id):
                chosen = self.option(block_id)
                yield action_id, Closing(chosen) if chosen in texts.CLOSING else Closing.OPEN

    def _held(self, block_id: str, now: str, shown: str) -> Any:
        """Our fields carry one element each, whose action_id equals the block_id."""
        state = (self._state.get(block_id) or {}).get(block_id)
        if state is not None and now in state:
            return state[now]
        return self._elements.get(block_id, {}).get(shown)


@dataclass(slots=True)
class _Reading:
    """Reads one field after the other and gathers what is wrong, so that all of it is said at once."""

    form: _Form
    errors: dict[str, str] = field(default_factory=dict)

    def key_result(self, asked: AskedKeyResult) -> Iterator[KeyResultAnswer]:
        value = self._value(asked)
        confidence = self._confidence(asked)
        drove = self._text(ids.field(ids.DROVE, asked.key_result_id))
        if drove == asked.drove[:TEXT_MOST].strip():
            drove = asked.drove  # a longer note, written in words, was shown cut and has not been touched
        if value is None or confidence is None:
            return
        blocker = self._blocker(asked.key_result_id) if confidence < MEDIUM_CONFIDENCE else None
        yield KeyResultAnswer(asked.key_result_id, value, confidence, drove, blocker)

    def closings(self) -> dict[int, Closing]:
        """What becomes of earlier actions, where that was changed in this form."""
        done_before, done = self.form.ticked(ids.DONE)
        dropped_before, dropped = self.form.ticked(ids.DROPPED)
        for action_id in sorted(done & dropped):
            self.errors[self.form.group_of(ids.DROPPED, action_id)] = texts.DONE_OR_DROPPED.format(
                action=self.form.words_of(action_id)
            )
        touched = (done ^ done_before) | (dropped ^ dropped_before)
        said = {
            one: Closing.DONE if one in done else Closing.DROPPED if one in dropped else Closing.OPEN
            for one in touched
        }
        return said | dict(self.form.decided())

    def actions(self, asked: Sequence[AskedKeyResult]) -> tuple[NewAction, ...]:
        """Next week's actions: a line each, without the bullets some people put before them."""
        lines = [_without_bullet(one) for one in self.form.text(ids.NEXT_ACTIONS).splitlines()]
        actions = [one for one in lines if one]
        too_long = [number for number, one in enumerate(actions, start=1) if len(one) > ACTION_LONGEST]
        if len(actions) > ACTIONS_MOST:
            self.errors[ids.NEXT_ACTIONS] = texts.TOO_MANY_ACTIONS.format(count=len(actions))
        elif too_long:
            self.errors[ids.NEXT_ACTIONS] = texts.ACTION_TOO_LONG.format(
                number=too_long[0], length=len(actions[too_long[0] - 1]), most=ACTION_LONGEST
            )
        return tuple(tied(one, asked) for one in actions)

    def _value(self, asked: AskedKeyResult) -> float | None:
        block_id = ids.field(ids.VALUE, asked.key_result_id)
        typed = self.form.text(block_id)
        last = clip(format_value(asked.value, asked.unit), EXAMPLE_MOST)
        if not typed:
            self.errors[block_id] = texts.EMPTY_VALUE.format(last=last)
            return None
        try:
            return parse_value(typed, asked.unit)
        except NotAValue as problem:
            self.errors[block_id] = texts.NOT_A_VALUE.format(
                problem=clip(str(problem), ERROR_MOST), last=last
            )
            return None

    def _confidence(self, asked: AskedKeyResult) -> int | None:
        block_id = ids.field(ids.CONFIDENCE, asked.key_result_id)
        level = self.form.confidence(block_id)
        if level is None:
            self.errors[block_id] = texts.CONFIDENCE_RANGE
        return level

    def _blocker(self, key_result_id: int) -> BlockerAnswer | None:
        kind = self.form.option(ids.field(ids.BLOCKER_KIND, key_result_id))
        answer = BlockerAnswer(
            kind=BlockerKind(kind) if kind in set(BlockerKind) else None,
            owner_slack_id=self.form.user(ids.field(ids.BLOCKER_OWNER, key_result_id)),
            fix=self._text(ids.field(ids.FIX, key_result_id)),
        )
        return None if answer == BlockerAnswer() else answer

    def _text(self, block_id: str) -> str:
        text = self.form.text(block_id)
        if len(text) > TEXT_MOST:
            self.errors[block_id] = texts.TEXT_TOO_LONG.format(length=len(text), most=TEXT_MOST)
        return text


def _of(key_result_id: int) -> list[str]:
    """Its fields, whether they are in the form or not."""
    return [ids.field(what, key_result_id) for what in _OF_A_KEY_RESULT]


def _plainly(held: Any) -> str | None:
    """What a field holds, to be compared: nothing is None, however it is said."""
    return (held.strip() or None) if isinstance(held, str) else _option_value(held)


def _numbers(groups: Iterable[Any]) -> frozenset[int]:
    """The ids that the options of these groups carry."""
    found = (ids.read_number(_option_value(option)) for group in groups for option in group or ())
    return frozenset(number for number in found if number is not None)


def _option_value(option: Any) -> str | None:
    value = option.get("value") if isinstance(option, Mapping) else None
    return value if isinstance(value, str) else None


def _without_bullet(text: str) -> str:
    text = text.strip()
    return text[2:].strip() if text.startswith(_BULLETS) else text
