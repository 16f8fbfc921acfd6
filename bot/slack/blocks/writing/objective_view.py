"""An objective with its key results, each with what its reader may do with it; and choosing one of many."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    ButtonElement,
    InteractiveElement,
    Option,
    OverflowMenuElement,
    StaticSelectElement,
)

from bot.okr.model import KeyResult, Objective
from bot.okr.quality.coach import Remark, of_key_result
from bot.okr.quality.kept import draft_key_result
from bot.okr.writing.draft_views import Origin
from bot.services.okrs.okr_forms import Choice, KeyResultRow, Overview
from bot.services.okrs.origins import OF_ITSELF
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import message
from bot.slack.blocks.drafting.lines import origins
from bot.slack.blocks.fields import modal
from bot.slack.blocks.measured import aim_words, between, planned_words
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.reading.okr_fields import Metadata
from bot.slack.richtext import Line, bold, line, name, note, paragraph, plain
from bot.slack.texts import alignment, writing

TITLE_MOST: Final = 300
OPTION_TITLE_MOST: Final = 60
ROWS_MOST: Final = 45
"""Each takes two of a view's hundred blocks."""
OPTIONS_MOST: Final = 100
WORDS_MOST: Final = 60


def overview(view: Overview) -> dict[str, Any]:
    """A modal; what is done in it is drawn in its place."""
    one = view.found.objective
    blocks = [
        paragraph(list(_about(view))),
        *([_row(_objective_buttons(view), ids.field(ids.OKR_ROW, 0))] if view.may_change else []),
    ]
    for number, row in enumerate(view.rows[:ROWS_MOST], start=1):
        blocks.append(paragraph(list(_key_result(row, number, view.origins.get(row.key_result.id, ())))))
        if elements := _key_result_buttons(view, row):
            blocks.append(_row(elements, ids.field(ids.OKR_ROW, row.key_result.id)))
    if len(view.rows) > ROWS_MOST:
        more = phrases.more(len(view.rows) - ROWS_MOST)
        blocks.append(paragraph([line(writing.MORE_KEY_RESULTS.format(more=more))]))
    metadata = Metadata(objective_id=one.id)
    return modal(writing.OBJECTIVE, blocks, close=texts.CLOSE, private_metadata=metadata.written())


def chooser(choice: Choice, deed: str, words: str) -> dict[str, Any] | Message:
    """A menu of what may be meant; a message where there is nothing."""
    if not choice.items:
        return message([[line(writing.NOTHING_TO_CHANGE)]])
    said = writing.SEVERAL_CALLED_SO if words and choice.found else writing.CHOOSE_WHICH
    if not choice.found:
        said = writing.NOTHING_CALLED_SO.format(words=name(words, WORDS_MOST))
    options = [_option(deed, *one) for one in choice.items[:OPTIONS_MOST]]
    menu = StaticSelectElement(
        action_id=ids.OKR_CHOSEN, placeholder=plain(writing.CHOOSE_WHICH, 150), options=options
    )
    lines = [line(note(said, 300))]
    if len(choice.items) > OPTIONS_MOST:
        more = phrases.more(len(choice.items) - OPTIONS_MOST)
        lines.append(line(writing.MORE_KEY_RESULTS.format(more=more)))
    return modal(writing.CHOOSE_TITLE, [paragraph(lines), _row([menu], ids.OKR_ROW)], close=texts.CLOSE)


def remark_line(remark: Remark) -> Line:
    return line(writing.THE_COACH.format(question=remark.question, rule=remark.rule.value))


def _about(view: Overview) -> Iterator[Line]:
    one, found = view.found.objective, view.found
    yield line(bold(name(one.title, TITLE_MOST)))
    facts = [
        texts.OBJECTIVE_KIND[one.kind],
        person(view.owner),
        *([name(one.theme, 60)] if one.theme else []),
        *([writing.PRIVATE_ONE] if one.private else []),
        f"{person(found.team.name)}, {person(found.cycle.name)}",
    ]
    yield line(" · ".join(facts))
    if found.draft:
        yield line(writing.NOBODY_ASKED_YET)
    if not view.rows:
        yield line(writing.NO_KEY_RESULTS)
    yield from origins(view.origins.get(OF_ITSELF, ()))
    for remark in (*view.remarks, *view.of_set):
        yield remark_line(remark)


def _key_result(row: KeyResultRow, number: int, ideas: Sequence[Origin]) -> Iterator[Line]:
    one = row.key_result
    stands = f"{between(one.measure)}{planned_words(one.measure, one.unit)}"
    yield line(bold(f"{number} {name(one.title, TITLE_MOST)}"), f"{stands}, {person(row.owner)}")
    yield from origins(ideas)
    for remark in of_key_result(draft_key_result(one)):
        yield remark_line(remark)


def _objective_buttons(view: Overview) -> list[InteractiveElement]:
    number = view.found.objective.id
    add = ButtonElement(
        text=plain(writing.ADD_KEY_RESULT, 75), action_id=ids.OKR_ADD, value=str(number), style="primary"
    )
    return [
        add,
        _button(writing.CHANGE, ids.OKR_EDIT, "o", number),
        *(_order("o", number) if view.may_order else []),
        ButtonElement(text=plain(alignment.ALIGN, 75), action_id=ids.ALIGN, value=str(number)),
        _menu("o", number),
    ]


def _key_result_buttons(view: Overview, row: KeyResultRow) -> list[InteractiveElement]:
    number = row.key_result.id
    order = _order("k", number) if view.may_change and len(view.rows) > 1 else []
    if not row.may_change:
        return order
    needs = ButtonElement(text=plain(alignment.NEEDS, 75), action_id=ids.NEEDS, value=str(number))
    return [_button(writing.CHANGE, ids.OKR_EDIT, "k", number), *order, needs, _menu("k", number)]


def _order(kind: str, number: int) -> list[InteractiveElement]:
    return [_button(writing.UP, ids.OKR_UP, kind, number), _button(writing.DOWN, ids.OKR_DOWN, kind, number)]


def _button(text: str, action_id: str, kind: str, number: int) -> ButtonElement:
    return ButtonElement(text=plain(text, 75), action_id=action_id, value=ids.okr_value(kind, number))


def _menu(kind: str, number: int) -> OverflowMenuElement:
    deeds = ((ids.HAND_OVER_DEED, writing.HAND_OVER), (ids.DROP_DEED, writing.DROP))
    options = [
        Option(text=plain(words, 75), value=ids.deed_value(deed, kind, number)) for deed, words in deeds
    ]
    return OverflowMenuElement(action_id=ids.OKR_MORE, options=options)


def _row(elements: Sequence[InteractiveElement], block_id: str) -> dict[str, Any]:
    return dict(ActionsBlock(block_id=block_id, elements=list(elements)).to_dict())


def _option(deed: str, objective: Objective, one: KeyResult | None, number: int) -> Option:
    if one is None:
        title = name(objective.title, OPTION_TITLE_MOST)
        return Option(text=plain(title, 75), value=ids.deed_value(deed, "o", objective.id))
    words = f"KR{number} {name(one.title, 40)} {aim_words(one.measure, one.unit)}"
    return Option(text=plain(words, 75), value=ids.deed_value(deed, "k", one.id))
