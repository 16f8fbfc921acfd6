"""Reading the check-in form that a person sent, or is filling in.

Everything in a payload may be forged: the caller says which key results the person is really asked for, and
fields of others are not looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.okr.actions import Closing, NewAction, tied
from bot.okr.answers import BlockerAnswer, CheckInAnswers, KeyResultAnswer
from bot.okr.defaults import ACTION_LONGEST, ACTIONS_MOST, MEDIUM_CONFIDENCE
from bot.okr.measures import Milestone, step_ids
from bot.okr.model import BlockerKind
from bot.okr.numbers.values import NotAValue, parse_value
from bot.okr.progress import milestone_value
from bot.okr.views import AskedKeyResult
from bot.slack import ids, texts
from bot.slack.blocks.measured import example, standing_field
from bot.slack.reading.check_in_fields import Fields
from bot.slack.richtext import clip

TEXT_MOST: Final = 3000
ERROR_MOST: Final = 300
EXAMPLE_MOST: Final = 60
_BULLETS = ("- ", "* ", "• ", "– ")
_OF_A_KEY_RESULT = (
    *(ids.VALUE, ids.STEPS, ids.CONFIDENCE, ids.DROVE),
    *(ids.BLOCKER_KIND, ids.BLOCKER_OWNER, ids.FIX),
)


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
    form = Fields(view)
    reading = _Reading(form)
    updates = tuple(
        update for one in asked if form.has(standing_field(one)) for update in reading.key_result(one)
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
        left_over=form.typed_about_others({one.key_result_id for one in asked}),
    )


def shown_confidences(view: Mapping[str, Any]) -> dict[int, int]:
    """The confidences as they stand in a form that is being filled in, by key result id."""
    form = Fields(view)
    prefix = f"{ids.CONFIDENCE}:"
    shown = {}
    for block_id in form.fields:
        if block_id.startswith(prefix):
            key_result, level = ids.read_number(block_id.removeprefix(prefix)), form.confidence(block_id)
            if key_result is not None and level is not None:
                shown[key_result] = level
    return shown


def shown_clearers(view: Mapping[str, Any], asked: Sequence[AskedKeyResult]) -> dict[int, str | None]:
    """Whom the form that is being filled in names to clear the way (Slack ids), by key result id, where it
    asks."""
    form = Fields(view)
    fields = {one.key_result_id: ids.field(ids.BLOCKER_OWNER, one.key_result_id) for one in asked}
    return {one: form.user(field) for one, field in fields.items() if form.has(field)}


def shown_moved(view: Mapping[str, Any], asked: Sequence[AskedKeyResult]) -> frozenset[int]:
    """The key results that are asked what drove them: their value or confidence is another than when the form
    opened, or was while the form stood open."""
    form = Fields(view)
    return frozenset(one.key_result_id for one in asked if _has_moved(form, one))


def _has_moved(form: Fields, asked: AskedKeyResult) -> bool:
    value = standing_field(asked)
    confidence, drove = (ids.field(what, asked.key_result_id) for what in (ids.CONFIDENCE, ids.DROVE))
    if form.has(drove) or not form.as_shown(confidence):
        return True
    if isinstance(asked.measure, Milestone):
        return not form.as_shown(value)
    try:
        return parse_value(form.text(value), asked.unit) != parse_value(form.start(value), asked.unit)
    except NotAValue:  # not yet
        return False


def drafted(view: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered in the form so far: by block_id, the field as it was first shown and what it holds.
    `before` is what was entered on its other pages."""
    blocks = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    here = {
        field: {"block": before[field]["block"] if field in before else blocks[field], "held": held}
        for field, held in Fields(view).held().items()
    }
    return {**before, **here}


def whole(view: Mapping[str, Any], draft: Mapping[str, Any]) -> dict[str, Any]:
    """All pages of a form as if they were one view."""
    return {
        "private_metadata": view.get("private_metadata"),
        "blocks": [one["block"] for one in draft.values()],
        "state": {"values": {field: {field: one["held"]} for field, one in draft.items()}},
    }


@dataclass(slots=True)
class _Reading:
    """Reads one field after the other and gathers what is wrong, so that all of it is said at once."""

    form: Fields
    errors: dict[str, str] = field(default_factory=dict)

    def key_result(self, asked: AskedKeyResult) -> Iterator[KeyResultAnswer]:
        done: frozenset[int] = frozenset()
        value: float | None
        if not self.form.has(standing_field(asked)) and asked.next_value:
            done, value = asked.steps_done, asked.value
        elif isinstance(asked.measure, Milestone):
            done = self.form.numbers(standing_field(asked)) & step_ids(asked.measure)
            value = milestone_value(asked.measure, done)
        else:
            value = self._value(asked)
        confidence = self._confidence(asked)
        field = ids.field(ids.DROVE, asked.key_result_id)
        drove = self._text(field) if self.form.has(field) else asked.drove
        if drove == asked.drove[:TEXT_MOST].strip():
            drove = asked.drove  # a longer note, written in words, was shown cut and has not been touched
        if value is None or confidence is None:
            return
        blocker = self._blocker(asked.key_result_id) if confidence < MEDIUM_CONFIDENCE else None
        yield KeyResultAnswer(asked.key_result_id, value, confidence, drove, blocker, done)

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
        last = clip(example(asked.measure, asked.value, asked.unit), EXAMPLE_MOST)
        if not typed:
            empty = texts.EMPTY_VALUE if asked.value is not None else texts.NO_VALUE_YET
            self.errors[block_id] = empty.format(last=last)
            return None
        seen = None if self.form.as_shown(block_id) else asked.figures()
        try:
            return parse_value(typed, asked.unit, figures=seen)
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


def _without_bullet(text: str) -> str:
    text = text.strip()
    return text[2:].strip() if text.startswith(_BULLETS) else text
