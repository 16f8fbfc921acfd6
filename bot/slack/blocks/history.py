"""The last weeks of somebody's own key results, in words with a sparkline beside them."""

from typing import Final

from bot.okr.history import HistoryEntry, HistoryView, KeyResultHistory, PastAction, Unanswered
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import (
    REST_ROOM,
    Button,
    Menu,
    Part,
    buttons,
    first_that_fit,
    message,
    room,
    weight,
)
from bot.slack.blocks.drawn import sparkline
from bot.slack.blocks.measured import aim_words, value_words
from bot.slack.blocks.words import in_the_way, person
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name

LEVELS: Final = ((12, 100, 300), (12, 100, 120), (12, 80, 50), (6, 60, 50), (3, 60, 40), (1, 40, 30))
"""How many weeks, and how long titles and notes may be, tried in order until all fits."""
MORE_ROOM: Final = 120
OPTIONS_MOST: Final = 100
"""Of a menu."""


def history(view: HistoryView) -> Message:
    if not view.key_results:
        return message([[line(texts.NO_HISTORY)]])
    head: list[Part] = [texts.HISTORY]
    if view.which and not view.found:
        which = name(view.which, 100)
        head.append([line(texts.NO_SUCH_KEY_RESULT.format(which=which))])
        lines = [line(f"{one.number} {name(one.title, 100)}") for one in view.key_results]
        return message([*head, _as_many(lines, room(head))])
    paragraphs: list[list[Line]] = []
    for level in LEVELS:
        paragraphs = [_key_result(one, *level) for one in view.key_results]
        if sum(weight(lines) for lines in paragraphs) <= room(head) - MORE_ROOM:
            shown = [*head, *paragraphs, *_how_to_see_one(view, level[0])]
            return message([*shown, *_besides(view, room(shown)), *_picture(view)])
    return message([*head, *_beginning(paragraphs, room(head) - MORE_ROOM), *_picture(view)])


def _key_result(one: KeyResultHistory, weeks: int, title_most: int, note_most: int) -> list[Line]:
    dropped = f", {texts.DROPPED}" if one.dropped else ""
    aim = aim_words(one.measure, one.unit)
    first = line(
        bold(f"{one.number} {name(one.title, title_most)}"), f" {aim}{dropped}", sparkline(one.course)
    )
    entries = [_entry(entry, one, note_most) for entry in one.entries[:weeks]]
    left = len(one.entries) - weeks
    return [
        first,
        *(entries or [line(texts.NO_UPDATES_YET)]),
        *([line(texts.EARLIER.format(more=phrases.more(left)))] if left > 0 else []),
    ]


def _entry(entry: HistoryEntry | Unanswered, one: KeyResultHistory, note_most: int) -> Line:
    """ "20 November: 62 %, confidence 7 · two chains signed · by Hannah · edited", "13 November: away"."""
    day = phrases.short_day(entry.date)
    if isinstance(entry, Unanswered):
        return line(f"{day}: {texts.AWAY_THEN if entry.away else texts.NO_ANSWER}")
    value = value_words(one.measure, entry.value, one.unit)
    said = [f"{day}: {value}, confidence {entry.confidence}"]
    if entry.drove.strip():
        said.append(name(entry.drove, note_most))
    whose = person(entry.blocker_owner) if entry.blocker_owner else ""
    said += in_the_way(entry.blocker_kind, whose, name(entry.fix, note_most) if entry.fix.strip() else "")
    if entry.by:
        said.append(texts.SAID_BY.format(who=person(entry.by)))
    return line(" · ".join([*said, *([texts.EDITED] if entry.edited else [])]))


def _besides(view: HistoryView, most: int) -> list[Part]:
    """Actions and thank-yous, as many of each as there is room for."""
    parts: list[Part] = []
    for heading, lines in (
        (texts.HISTORY_ACTIONS, [_action(one) for one in view.actions]),
        (
            texts.HISTORY_THANKS,
            [line(f"{phrases.short_day(on)}: {name(said, 200)}") for on, said in view.thanks],
        ),
    ):
        left = most - sum(weight(part) for part in parts if isinstance(part, list)) - len(heading) - REST_ROOM
        if lines and left > weight(lines[:1]):
            shown = first_that_fit(
                lines, left, lambda more: line(texts.EARLIER.format(more=phrases.more(more)))
            )
            parts.append([line(bold(heading)), *shown])
    return parts


def _action(one: PastAction) -> Line:
    """ "13 November: Get carrier data · done on 20 November", "… · open after 2 weeks"."""
    said = f"{phrases.short_day(one.set_on)}: {name(one.text, 120)}"
    if one.outcome and one.closed_on:
        return line(f"{said} · {texts.SAID_OF_ACTION[one.outcome.value]}, {phrases.short_day(one.closed_on)}")
    if one.weeks:
        return line(f"{said} · {texts.STILL_OPEN.format(weeks=phrases.count(one.weeks, 'week'))}")
    return line(said)


def _how_to_see_one(view: HistoryView, weeks: int) -> list[Part]:
    cut = len(view.key_results) > 1 and any(len(one.entries) > weeks for one in view.key_results)
    return [[line(texts.SEE_ONE)]] if cut else []


def _picture(view: HistoryView) -> list[Part]:
    """A button for the only one, a menu for several; none of what nothing was said of."""
    said = [one for one in view.key_results if one.course.readings][:OPTIONS_MOST]
    if not said:
        return []
    options = tuple((f"{one.number} {name(one.title, 60)}", str(one.key_result_id)) for one in said)
    if len(options) == 1:
        return [buttons(Button(texts.PICTURE, ids.PICTURE, options[0][1]))]
    return [buttons(Menu(texts.PICTURE_OF, ids.PICTURE, options))]


def _beginning(paragraphs: list[list[Line]], most: int) -> list[Part]:
    """The first that fit, and how many more there are."""
    kept: list[Part] = []
    for lines in paragraphs:
        most -= weight(lines)
        if most < 0:
            break
        kept.append(lines)
    return [*kept, [line(f"{phrases.more(len(paragraphs) - len(kept))}. {texts.SEE_ONE}")]]


def _as_many(lines: list[Line], most: int) -> list[Line]:
    while weight(lines) > most:
        lines = lines[:-1]
    return lines
