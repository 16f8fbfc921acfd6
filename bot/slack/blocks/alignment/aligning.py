"""Aligning an objective: which one, the form, and who supports one."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
)

from bot.okr.alignment.views import SupportersView, SupporterView
from bot.services.alignment.aligning import AlignView, Choice, Mine
from bot.slack import ids, phrases
from bot.slack.blocks.compose import Button, Menu, Part, buttons, first_that_fit, message, room
from bot.slack.blocks.fields import OPTION_MOST, input_block, modal
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name, paragraph, plain
from bot.slack.texts import HEALTH, SAVE
from bot.slack.texts import alignment as texts

OPTIONS_MOST: Final = 100
REASON_MOST: Final = 500
TITLE_MOST: Final = 150
SUPPORTED_MOST: Final = 50
"""How long the title is of what something supports."""


def chooser(mine: Sequence[Mine], words: str) -> Message:
    """Which of one's objectives is meant."""
    if not mine:
        what = texts.NO_SUCH_OBJECTIVE.format(words=name(words, TITLE_MOST)) if words else ""
        return message([[line(what or texts.NOTHING_TO_ALIGN)]])
    return message([[line(texts.WHICH_OBJECTIVE)], buttons(align_menu(mine), block_id=ids.ALIGN)])


def align_menu(mine: Sequence[Mine]) -> Menu:
    options = tuple((f"{name(one.title, 50)} · {name(one.team, 20)}", str(one.id)) for one in mine)
    return Menu(texts.ALIGN, ids.ALIGN, options[:OPTIONS_MOST])


def align_form(view: AlignView) -> dict[str, Any]:
    about = [line(bold(name(view.title, 300)), f", {name(view.team, 80)}")]
    if view.gone:
        titles = phrases.listed([f"“{name(one, TITLE_MOST)}”" for one in view.gone])
        about.append(line(texts.GONE.format(titles=titles)))
    if view.at_the_top:
        about.append(line(texts.AT_THE_TOP))
    return modal(
        texts.ALIGN_TITLE,
        [paragraph(about), *_fields(view)],
        submit=SAVE,
        callback_id=ids.ALIGN_FORM,
        private_metadata=str(view.objective_id),
    )


def _fields(view: AlignView) -> Iterable[dict[str, Any]]:
    parent, serves, reason = (
        ids.field(what, view.objective_id) for what in (ids.PARENT, ids.SERVES, ids.REASON)
    )
    if not view.at_the_top or view.parent:
        yield input_block(
            parent,
            texts.SUPPORTS_WHAT,
            ExternalDataSelectElement(
                action_id=parent,
                placeholder=plain(texts.TYPE_WORDS, 150),
                initial_option=option(view.parent) if view.parent else None,
                min_query_length=0,
            ),
            optional=True,
            hint=texts.SUPPORTS_HINT,
        )
    yield input_block(
        serves,
        texts.SERVES_WHAT,
        ExternalDataMultiSelectElement(
            action_id=serves,
            placeholder=plain(texts.TYPE_WORDS, 150),
            initial_options=[option(one) for one in view.serves] or None,
            min_query_length=0,
        ),
        optional=True,
        hint=texts.SERVES_HINT,
    )
    if view.asks_reason:
        element = PlainTextInputElement(action_id=reason, max_length=REASON_MOST)
        yield input_block(reason, texts.WHY, element, hint=texts.WHY_HINT)


def option(one: Choice) -> Option:
    """An objective or a key result to choose, and where it belongs."""
    if one.of.key_result_id is None:
        below = texts.OF_TEAM.format(team=name(one.team, 50))
    else:
        below = texts.KEY_RESULT_OF.format(team=name(one.team, 20), objective=name(one.objective, 30))
    return Option(
        text=plain(name(one.title), OPTION_MOST),
        value=ids.supported_value(one.of.objective_id, one.of.key_result_id),
        description=plain(below, OPTION_MOST),
    )


def aligned(view: AlignView) -> str:
    """What became of it, to whoever has sent the form."""
    supports = [one for one in (view.parent, *view.serves) if one is not None]
    title = name(view.title, TITLE_MOST)
    if not supports:
        return texts.SUPPORTS_NOTHING_NOW.format(title=title)
    what = phrases.listed([f"“{name(one.title, TITLE_MOST)}”" for one in supports], 5)
    return texts.SUPPORTS_NOW.format(title=title, what=what)


def supports(titles: Sequence[str]) -> str:
    """ "supports “Be loved” and “Grow”"."""
    quoted = [f"“{name(title, SUPPORTED_MOST)}”" for title in titles]
    return texts.SUPPORTS.format(titles=phrases.listed(quoted, 3))


def supporters(view: SupportersView | None) -> Message:
    if view is None:
        return message([[line(texts.NOT_THERE)]])
    head: list[Part] = [texts.SUPPORTED_BY.format(title=name(view.title, 100))]
    button = Button(texts.ALIGN, ids.ALIGN, str(view.align))
    row: list[Part] = [buttons(button, block_id=ids.ALIGN)] if view.align else []
    if not view.supporters:
        return message([*head, [line(texts.NOBODY_SUPPORTS)], *row])
    beside = texts.ITSELF.format(own=percent(view.progress), mean=percent(view.supporters_progress))
    head.append([line(beside)])
    lines = [_supporter(one) for one in view.supporters]
    shown = first_that_fit(lines, room(head), lambda left: line(phrases.more(left)))
    return message([*head, shown, *row])


def _supporter(one: SupporterView) -> Line:
    said = [percent(one.progress), *([HEALTH[one.health]] if one.health else [])]
    if one.through:
        said.append(texts.THROUGH.format(title=name(one.through, 80)))
    who = f"{name(one.team, 40)}, {person(one.owner)}"
    return line("• ", bold(name(one.title, TITLE_MOST)), f" · {who} · {', '.join(said)}")


def percent(progress: int | None) -> str:
    return "no data yet" if progress is None else f"{progress} %"
