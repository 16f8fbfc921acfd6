"""Blockers that travel: what waits for a reader, with its buttons, and what became of their own."""

from collections.abc import Sequence
from typing import Final

from bot.okr.model import ClearingOutcome
from bot.okr.views import Cleared, ClearedView, RequestsView, ToClear
from bot.slack import ids, phrases, texts
from bot.slack.blocks.alignment import needs
from bot.slack.blocks.compose import Button, Part, buttons, check_in_button, message
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name
from bot.slack.texts import alignment

MESSAGE_MOST: Final = 4
HOME_MOST: Final = 15
"""So many stand in a message, and in Home."""
TITLE_MOST: Final = 80
FIX_MOST: Final = 120


def to_clear(waiting: Sequence[ToClear], most: int = MESSAGE_MOST) -> list[Part]:
    parts: list[Part] = []
    for one in waiting[:most]:
        parts += [[_waits(one)], _row(one)]
    left = len(waiting) - most
    if left > 0:
        parts.append([line(texts.MORE_WAIT_FOR_YOU.format(more=phrases.more(left)))])
    return parts


def cleared(said: Sequence[Cleared]) -> list[Part]:
    lines = [_said(one) for one in said[:MESSAGE_MOST]]
    left = len(said) - MESSAGE_MOST
    if left > 0:
        lines.append(line(phrases.more(left)))
    return [lines] if lines else []


def requests(view: RequestsView) -> Message:
    """To somebody who has no prompt to find it in."""
    waiting = [*to_clear(view.to_clear), *needs.needed(view.needed)]
    return message([texts.WAITING_FOR_YOU, *waiting] if waiting else [[line(texts.NOTHING_TO_CLEAR)]])


def became(view: ClearedView) -> Message:
    """To the owner; what somebody else has to clear now is named in the form."""
    if not view.cleared and not view.needs:
        return message([[line(texts.NO_NEWS)]])
    refused = any(one.outcome is ClearingOutcome.NOT_MINE for one in view.cleared)
    row: list[Part] = []
    if refused and view.check_in_id is not None:
        button = check_in_button(texts.NAME_SOMEBODY, view.check_in_id, primary=False)
        row = [buttons(button, block_id=ids.NEWS_BUTTONS)]
    heading = texts.WHAT_BECAME_OF_IT if view.cleared else alignment.WHAT_IT_NEEDS
    return message([heading, *cleared(view.cleared), *needs.answered(view.needs), *row])


def thanks(said: Cleared) -> str:
    """To whoever has just tapped; `by` is the owner here."""
    sentence = (
        texts.THANKS_FOR_CLEARING if said.outcome is ClearingOutcome.CLEARED else texts.THANKS_FOR_SAYING
    )
    return sentence.format(owner=person(said.by), title=name(said.title, TITLE_MOST))


def _waits(one: ToClear) -> Line:
    head = texts.WAITS_FOR_YOU.format(owner=person(one.owner), title=name(one.title, TITLE_MOST))
    said = f" – {one.kind.value}" if one.kind else ""
    fix = " · " + texts.FIX.format(words=name(one.fix, FIX_MOST)) if one.fix.strip() else ""
    return line(bold(head), said, fix)


def _row(one: ToClear) -> dict[str, object]:
    value = ids.key_result_value(one.key_result_id)
    return buttons(
        Button(texts.CLEARED, ids.CLEARED, value),
        Button(texts.NOT_MINE, ids.NOT_MINE, value),
        block_id=ids.field(ids.TO_CLEAR, one.key_result_id),
    )


def _said(one: Cleared) -> Line:
    sentence = texts.HAS_CLEARED if one.outcome is ClearingOutcome.CLEARED else texts.IS_NOT_THEIRS
    return line(sentence.format(who=person(one.by), title=name(one.title, TITLE_MOST)))
