"""The check-in form: last week's actions, each key result, next week's actions; many of them in pages.

Ids stay the same when the form is drawn anew for what was changed in it, so that Slack keeps what was typed.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from slack_sdk.models.blocks import (
    CheckboxesElement,
    Option,
    StaticSelectElement,
    UserSelectElement,
)

from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.measures import WHOLE, Milestone, Step
from bot.okr.model import Blocker, BlockerKind
from bot.okr.numbers.values import format_exactly
from bot.okr.views import AskedKeyResult, FormView
from bot.slack import ids, phrases, texts
from bot.slack.blocks.check_in.last_week import last_week
from bot.slack.blocks.compose import Button, buttons, first_that_fit
from bot.slack.blocks.fields import INPUT_MOST, OPTION_MOST, input_block, modal, text_field
from bot.slack.blocks.measured import aim_words, last_words, standing_field
from bot.slack.blocks.words import person, why_not_told
from bot.slack.reading.fields import STARTS
from bot.slack.richtext import Line, bold, clip, isolated, line, name, note, paragraph, plain

KEY_RESULTS_MOST: Final = 12
"""On one page: with 7 blocks each, so many leave room for the rest within a modal's 100 blocks."""
KEPT_MOST: Final = 2500


def check_in_form(
    view: FormView,
    confidences: Mapping[int, int] | None = None,
    *,
    moved: Collection[int] = (),
    page: int = 0,
) -> dict[str, Any]:
    """The modal, or a page of it. By key result: `confidences` are those chosen so far
    (`forms.shown_confidences`), of which a low one brings the questions about what is in the way; `moved` are
    those whose value or confidence was changed (`forms.shown_moved`), which are asked what drove them."""
    chosen, last = confidences or {}, pages(view) - 1
    page = min(page, last)
    blocks = [_intro(view, page)]
    if page == 0:
        blocks += [*_kept(view), *last_week(view.open_actions)]
    for asked in view.asked[page * KEY_RESULTS_MOST : (page + 1) * KEY_RESULTS_MOST]:
        low = chosen.get(asked.key_result_id, asked.confidence) < MEDIUM_CONFIDENCE
        blocks += [_about(asked), *_standing(asked), *([_drove(asked)] if _asks_why(asked, moved) else [])]
        blocks += _in_the_way(asked) if low else []
    if page == last and view.for_whom is None:
        blocks.append(_next_actions(view))
    if page:
        blocks.append(buttons(Button(texts.BACK, ids.FORM_BACK)))
    return modal(
        texts.FORM_TITLE,
        blocks,
        submit=texts.SEND if page == last else texts.NEXT,
        callback_id=ids.CHECK_IN_FORM,
        private_metadata=ids.metadata(view.check_in_id, page),
    )


def pages(view: FormView) -> int:
    """How many pages the form has: at least one."""
    return max(1, -(-len(view.asked) // KEY_RESULTS_MOST))


def drawn_anew(form: dict[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """The form in the place of one that is `shown`: each field that stands there starts as it started there.
    Slack would not show a new start, and what its author has touched could not be told any more."""
    elements = {block["block_id"]: block["element"] for block in shown["blocks"] if block["type"] == "input"}
    blocks = [
        block | {"element": elements[block["block_id"]]} if block.get("block_id") in elements else block
        for block in form["blocks"]
    ]
    return form | {"blocks": blocks}


def filled_anew(form: dict[str, Any], drafted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The form with what was entered in it before (`forms.drafted`), when its page was left."""
    blocks = [
        block | {"element": _holding(block["element"], drafted[block["block_id"]]["held"])}
        if block.get("block_id") in drafted
        else block
        for block in form["blocks"]
    ]
    return form | {"blocks": blocks}


def _holding(element: dict[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """The element, which starts with what it held; what is empty starts with nothing."""
    kept = {key: value for key, value in element.items() if not key.startswith("initial_")}
    starts = {STARTS[key]: value for key, value in held.items() if key in STARTS and value}
    return kept | starts


def notice_view(title: str, sentence: str) -> dict[str, Any]:
    """A modal that only says something."""
    return modal(title, [paragraph([line(note(sentence, INPUT_MOST))])], close=texts.CLOSE)


def closed_view() -> dict[str, Any]:
    """What opens instead of the form of a closed check-in."""
    return notice_view(texts.CLOSED_TITLE, texts.CLOSED_FORM)


def _intro(view: FormView, page: int) -> dict[str, Any]:
    teams = phrases.listed([name(team, 60) for team in view.teams], 5)
    which = texts.PAGE.format(page=page + 1, pages=pages(view)) if pages(view) > 1 else ""
    lines = [line(f"{teams} · {phrases.day(view.date)}{which}")]
    if view.for_whom is not None:
        lines.append(line(texts.YOU_ANSWER_FOR.format(owner=person(view.for_whom))))
    return paragraph(lines)


def _kept(view: FormView) -> list[dict[str, Any]]:
    if not view.kept_words:
        return []
    words = [line(f"“{note(words, KEPT_MOST - 200)}”") for words in view.kept_words]

    def more(count: int) -> Line:
        return line(f"… and {count} more; they stand in our messages.")

    return [paragraph([line(bold(texts.YOUR_WORDS)), *first_that_fit(words, KEPT_MOST, more)])]


def _about(asked: AskedKeyResult) -> dict[str, Any]:
    for_whom = f", {texts.FOR_WHOM.format(owner=person(asked.for_whom))}" if asked.for_whom else ""
    title = f"{asked.number} {name(asked.title, 300)}{for_whom}"
    if asked.value is None:
        return paragraph([line(bold(title)), line(aim_words(asked.measure, asked.unit))])
    last, word = last_words(asked.measure, asked.value, asked.unit), "now" if asked.answered else "last"
    later = f" · {texts.value_later(asked.next_value)}" if asked.next_value else ""
    return paragraph([line(bold(title)), line(f"{word}: {last}{later}")])


def _standing(asked: AskedKeyResult) -> list[dict[str, Any]]:
    confidence = ids.field(ids.CONFIDENCE, asked.key_result_id)
    choices = [_confidence_option(level) for level in range(11)]
    select = StaticSelectElement(
        action_id=confidence, options=choices, initial_option=choices[asked.confidence]
    )
    sure = input_block(confidence, texts.CONFIDENCE_NOW.format(number=asked.number), select, dispatch=True)
    if asked.next_value:
        return [sure]
    now = _steps(asked, asked.measure) if isinstance(asked.measure, Milestone) else _value(asked)
    return [now, sure]


def _value(asked: AskedKeyResult) -> dict[str, Any]:
    field, label = standing_field(asked), texts.VALUE_NOW.format(number=asked.number)
    # Every digit, so that sending it back changes nothing.
    now = "" if asked.value is None else format_exactly(asked.value, asked.unit)
    return input_block(field, label, text_field(field, now, tells=True), dispatch=True)


def _steps(asked: AskedKeyResult, milestone: Milestone) -> dict[str, Any]:
    """At most ten, as many as Slack's boxes take."""
    field = standing_field(asked)
    options = {one.id: _step_option(one) for one in milestone.steps} or {
        WHOLE: Option(text=plain(texts.IT_IS_DONE, OPTION_MOST), value=str(WHOLE))
    }
    done = [option for step, option in options.items() if step in asked.steps_done]
    element = CheckboxesElement(action_id=field, options=list(options.values()), initial_options=done or None)
    label = texts.STEPS_DONE if milestone.steps else texts.IS_IT_DONE
    return input_block(field, label.format(number=asked.number), element, optional=True, dispatch=True)


def _step_option(step: Step) -> Option:
    due = texts.DUE.format(day=phrases.short_day(step.due)) if step.due else None
    return Option(
        text=plain(isolated(clip(step.title, OPTION_MOST - 2)), OPTION_MOST),
        value=str(step.id),
        description=plain(due, OPTION_MOST) if due else None,
    )


def _asks_why(asked: AskedKeyResult, moved: Collection[int]) -> bool:
    before, now = (asked.value_before, asked.confidence_before), (asked.value, asked.confidence)
    return asked.key_result_id in moved or (asked.answered and (bool(asked.drove) or before != now))


def _drove(asked: AskedKeyResult) -> dict[str, Any]:
    """Only filled in from this very check-in."""
    field = ids.field(ids.DROVE, asked.key_result_id)
    element = text_field(field, asked.drove if asked.answered else "", multiline=True)
    return input_block(field, texts.WHAT_DROVE.format(number=asked.number), element, optional=True)


def _confidence_option(level: int) -> Option:
    return Option(text=plain(f"{level} – {texts.level(level)}", OPTION_MOST), value=str(level))


def _in_the_way(asked: AskedKeyResult) -> list[dict[str, Any]]:
    number, key_result = asked.number, asked.key_result_id
    said = asked.blocker or Blocker()
    kind, owner, fix = (
        ids.field(what, key_result) for what in (ids.BLOCKER_KIND, ids.BLOCKER_OWNER, ids.FIX)
    )
    options = {
        one: Option(text=plain(texts.BLOCKER[one], OPTION_MOST), value=one.value) for one in BlockerKind
    }
    kinds = StaticSelectElement(
        action_id=kind,
        placeholder=plain(texts.CHOOSE, 150),
        options=list(options.values()),
        initial_option=options[said.kind] if said.kind else None,
    )
    people = UserSelectElement(
        action_id=owner,
        placeholder=plain(texts.CHOOSE_PERSON, 150),
        initial_user=asked.blocker_slack_id,
    )
    return [
        input_block(kind, texts.IN_THE_WAY.format(number=number), kinds, optional=True),
        input_block(
            owner,
            texts.WHOSE_TO_CLEAR.format(number=number),
            people,
            optional=True,
            dispatch=True,
            hint=why_not_told(asked) or None,
        ),
        input_block(fix, texts.THE_FIX.format(number=number), text_field(fix, said.fix), optional=True),
    ]


def _next_actions(view: FormView) -> dict[str, Any]:
    element = text_field(ids.NEXT_ACTIONS, "\n".join(view.next_actions), multiline=True)
    hint = texts.NEXT_ACTIONS_HINT
    return input_block(ids.NEXT_ACTIONS, texts.NEXT_ACTIONS, element, optional=True, hint=hint)
