"""Last week's actions in the form."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import CheckboxesElement, Option, RadioButtonsElement

from bot.okr.actions import Closing
from bot.okr.views import OpenAction
from bot.slack import ids, phrases, texts
from bot.slack.blocks.fields import OPTION_MOST, input_block
from bot.slack.blocks.words import action_words
from bot.slack.richtext import clip, isolated, name, plain

GROUP_MOST: Final = 10
GROUPS_MOST: Final = 4
DECIDED_MOST: Final = 3
"""So many actions have a question of their own."""


def last_week(actions: Sequence[OpenAction]) -> list[dict[str, Any]]:
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
            input_block(field, label, element, optional=True, hint=hint if start == groups[-1] else None)
        )
    return blocks


def _action_option(action: OpenAction) -> Option:
    shown = clip(action_words(action), OPTION_MOST - 2)
    weeks = texts.STILL_OPEN.format(weeks=phrases.count(action.weeks, "week")) if action.weeks > 1 else ""
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
        action=name(action_words(action), 300), weeks=phrases.count(action.weeks, "week")
    )
    return input_block(field, label, element, optional=True)
