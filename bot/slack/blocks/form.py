"""The check-in form: last week's actions, each key result, next week's actions.

Ids stay the same when the form is drawn anew for a changed confidence, so that Slack keeps what was typed.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    CheckboxesElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.okr.actions import Closing
from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.model import Blocker, BlockerKind
from bot.okr.values import format_exactly, format_value
from bot.okr.views import AskedKeyResult, FormView, OpenAction
from bot.slack import ids, texts
from bot.slack.blocks.compose import TEXT_MOST, first_that_fit
from bot.slack.blocks.words import action_words, unit_name
from bot.slack.richtext import Line, bold, clip, isolated, line, name, note, paragraph, plain

KEY_RESULTS_MOST: Final = 12
"""With 7 blocks each, so many leave room for the rest within a modal's 100 blocks."""
GROUP_MOST: Final = 10
GROUPS_MOST: Final = 4
DECIDED_MOST: Final = 3
"""So many actions have a question of their own."""
INPUT_MOST: Final = 3000
OPTION_MOST: Final = 75
KEPT_MOST: Final = 2500
OTHERS_NAMED: Final = 30


def check_in_form(view: FormView, confidences: Mapping[int, int] | None = None) -> dict[str, Any]:
    """The modal. `confidences` are those chosen so far, by key result (`forms.shown_confidences`): a low one
    brings the questions about what is in the way; without them the last known ones decide."""
    chosen = confidences or {}
    shown = _in_form(view.asked)
    blocks = [_intro(view), *_kept(view), *_last_week(view.open_actions)]
    for asked in shown:
        low = chosen.get(asked.key_result_id, asked.confidence) < MEDIUM_CONFIDENCE
        blocks += [_about(asked), *_standing(asked), *(_in_the_way(asked) if low else [])]
    blocks += [*_others(view.asked, shown), _next_actions(view)]
    return _modal(
        texts.FORM_TITLE,
        blocks,
        close=plain(texts.CANCEL, 24),
        submit=plain(texts.SEND, 24),
        callback_id=ids.CHECK_IN_FORM,
        private_metadata=ids.metadata(view.check_in_id),
    )


def drawn_anew(form: dict[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """The form in the place of one that is `shown`: each field that stands there starts as it started there.
    Slack would not show a new start, and what its author has touched could not be told any more."""
    elements = {block["block_id"]: block["element"] for block in shown["blocks"] if block["type"] == "input"}
    blocks = [
        block | {"element": elements[block["block_id"]]} if block.get("block_id") in elements else block
        for block in form["blocks"]
    ]
    return form | {"blocks": blocks}


def notice_view(title: str, sentence: str) -> dict[str, Any]:
    """A modal that only says something."""
    return _modal(title, [paragraph([line(note(sentence, INPUT_MOST))])], close=plain(texts.CLOSE, 24))


def closed_view() -> dict[str, Any]:
    """What opens instead of the form of a closed check-in."""
    return notice_view(texts.CLOSED_TITLE, texts.CLOSED_FORM)


def _modal(title: str, blocks: list[dict[str, Any]], **others: Any) -> dict[str, Any]:
    return dict(View(type="modal", title=plain(title, 24), blocks=blocks, **others).to_dict())


def _in_form(asked: Sequence[AskedKeyResult]) -> list[AskedKeyResult]:
    """The first unanswered ones, then the answered ones, in the order of their numbers."""
    pressing = sorted(asked, key=lambda one: (one.answered, one.number))
    return sorted(pressing[:KEY_RESULTS_MOST], key=lambda one: one.number)


def _intro(view: FormView) -> dict[str, Any]:
    teams = texts.listed([name(team, 60) for team in view.teams], 5)
    return paragraph([line(f"{teams} · {texts.day(view.date)}")])


def _kept(view: FormView) -> list[dict[str, Any]]:
    if not view.kept_words:
        return []
    words = [line(f"“{note(words, KEPT_MOST - 200)}”") for words in view.kept_words]

    def more(count: int) -> Line:
        return line(f"… and {count} more; they stand in our messages.")

    return [paragraph([line(bold(texts.YOUR_WORDS)), *first_that_fit(words, KEPT_MOST, more)])]


def _last_week(actions: Sequence[OpenAction]) -> list[dict[str, Any]]:
    """What is done and what is not needed any more, by boxes to tick; what has been carried for long is asked
    about by itself."""
    asked = [one for one in actions if one.keep_or_drop][:DECIDED_MOST]
    others = [one for one in actions if one not in asked]
    done = _groups(others, ids.DONE, texts.DONE_SINCE, Closing.DONE)
    dropped = _groups(others, ids.DROPPED, texts.NOT_NEEDED, Closing.DROPPED, hint=texts.DONE_HINT)
    return [*(_keep_or_drop(one) for one in asked), *done, *dropped]


def _groups(
    actions: Sequence[OpenAction], what: str, label: str, ticked: Closing, *, hint: str | None = None
) -> list[dict[str, Any]]:
    groups = range(0, min(len(actions), GROUP_MOST * GROUPS_MOST), GROUP_MOST)
    blocks = []
    for number, start in enumerate(groups):
        group = actions[start : start + GROUP_MOST]
        options = [_action_option(action) for action in group]
        initial = [option for option, action in zip(options, group, strict=True) if action.closing == ticked]
        field = ids.field(what, number)
        element = CheckboxesElement(action_id=field, options=options, initial_options=initial or None)
        blocks.append(
            _input(field, label, element, optional=True, hint=hint if start == groups[-1] else None)
        )
    return blocks


def _action_option(action: OpenAction) -> Option:
    shown = clip(action_words(action), OPTION_MOST - 2)
    weeks = texts.STILL_OPEN.format(weeks=texts.count(action.weeks, "week")) if action.weeks > 1 else ""
    return Option(
        text=plain(isolated(shown), OPTION_MOST),
        value=str(action.id),
        description=plain(weeks, OPTION_MOST) if weeks else None,
    )


def _keep_or_drop(action: OpenAction) -> dict[str, Any]:
    field = ids.field(ids.DECIDED, action.id)
    options = {
        value: Option(text=plain(word, OPTION_MOST), value=value) for value, word in texts.CLOSING.items()
    }
    element = RadioButtonsElement(
        action_id=field, options=list(options.values()), initial_option=options.get(action.closing)
    )
    label = texts.KEEP_OR_DROP.format(
        action=name(action_words(action), 300), week=texts.ordinal(action.weeks + 1)
    )
    return _input(field, label, element, optional=True)


def _about(asked: AskedKeyResult) -> dict[str, Any]:
    unit = unit_name(asked.unit)
    last, target = format_value(asked.value, unit), format_value(asked.target, unit)
    word = "now" if asked.answered else "last"
    title = f"{asked.number} {name(asked.title, 300)}"
    return paragraph([line(bold(title)), line(f"{word}: {last} → target {target}")])


def _standing(asked: AskedKeyResult) -> list[dict[str, Any]]:
    """Value, confidence and what drove it; the last is only filled in from this very check-in."""
    number, key_result = asked.number, asked.key_result_id
    value, confidence, drove = (
        ids.field(what, key_result) for what in (ids.VALUE, ids.CONFIDENCE, ids.DROVE)
    )
    now = format_exactly(asked.value, asked.unit)  # every digit, so that sending it back changes nothing
    choices = [_confidence_option(level) for level in range(11)]
    select = StaticSelectElement(
        action_id=confidence, options=choices, initial_option=choices[asked.confidence]
    )
    return [
        _input(value, texts.VALUE_NOW.format(number=number), _text(value, now)),
        _input(confidence, texts.CONFIDENCE_NOW.format(number=number), select, dispatch=True),
        _input(
            drove,
            texts.WHAT_DROVE.format(number=number),
            _text(drove, asked.drove if asked.answered else "", multiline=True),
            optional=True,
        ),
    ]


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
        _input(kind, texts.IN_THE_WAY.format(number=number), kinds, optional=True),
        _input(owner, texts.WHOSE_TO_CLEAR.format(number=number), people, optional=True),
        _input(fix, texts.THE_FIX.format(number=number), _text(fix, said.fix), optional=True),
    ]


def _others(asked: Sequence[AskedKeyResult], shown: Sequence[AskedKeyResult]) -> list[dict[str, Any]]:
    others = [one for one in asked if one not in shown]
    if not others:
        return []
    example = f"{others[0].number} {format_value(others[0].value, '')}"
    names = texts.listed([f"{one.number} {name(one.title, 40)}" for one in others], OTHERS_NAMED)
    sentence = texts.THE_OTHERS.format(example=example)
    return [paragraph([line(bold(sentence)), line(clip(names, TEXT_MOST - 1200))])]


def _next_actions(view: FormView) -> dict[str, Any]:
    element = _text(ids.NEXT_ACTIONS, "\n".join(view.next_actions), multiline=True)
    hint = texts.NEXT_ACTIONS_HINT
    return _input(ids.NEXT_ACTIONS, texts.NEXT_ACTIONS, element, optional=True, hint=hint)


def _text(action_id: str, initial: str, *, multiline: bool = False) -> PlainTextInputElement:
    return PlainTextInputElement(
        action_id=action_id,
        initial_value=initial[:INPUT_MOST] or None,
        multiline=multiline,
        max_length=INPUT_MOST,
    )


def _input(
    block_id: str,
    label: str,
    element: InputInteractiveElement,
    *,
    optional: bool = False,
    dispatch: bool = False,
    hint: str | None = None,
) -> dict[str, Any]:
    block = InputBlock(
        block_id=block_id,
        label=plain(label, 2000),
        element=element,
        optional=optional,
        dispatch_action=dispatch or None,
        hint=plain(hint, 2000) if hint else None,
    )
    return dict(block.to_dict())
