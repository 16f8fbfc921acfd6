"""The last weeks of key results, in words with a sparkline beside them."""

from typing import Final

from bot.okr.history import HistoryEntry, HistoryView, KeyResultHistory, PastAction, Unanswered
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import Button, Menu, Part, buttons
from bot.slack.blocks.drawn import sparkline
from bot.slack.blocks.measured import aim_words, value_words
from bot.slack.blocks.pages import Pages
from bot.slack.blocks.words import in_the_way, person
from bot.slack.richtext import Line, bold, line, name

TITLE_MOST: Final = 100
NOTE_MOST: Final = 300
OPTIONS_MOST: Final = 100
"""Of a menu."""


def history(view: HistoryView, *, pictures: bool = True) -> Pages:
    """With `pictures`, a button or menu for them, which only makes sense to one reader."""
    if not view.key_results:
        return Pages((), ([line(_nothing(view))],))
    others = view.whose or any(one.owner for one in view.key_results)
    about = texts.HISTORY_OF.format(whose=person(view.whose)) if view.whose else texts.HISTORY_OF_OTHERS
    head = about if others else texts.HISTORY
    if view.which and not view.found:
        said = texts.NO_SUCH_KEY_RESULT_OF if view.whose else texts.NO_SUCH_KEY_RESULT
        which = said.format(which=name(view.which, 100), whose=person(view.whose))
        lines = [line(f"{one.number} {name(one.title, TITLE_MOST)}") for one in view.key_results]
        return Pages((head,), ([line(which), *lines],))
    body = [*(_key_result(one) for one in view.key_results), *_besides(view)]
    return Pages((head,), tuple(body), last=tuple(_picture(view) if pictures else ()))


def _nothing(view: HistoryView) -> str:
    if view.whose:
        return texts.NO_HISTORY_OF.format(whose=person(view.whose))
    return texts.NONE_CALLED.format(which=name(view.which, 100)) if view.which else texts.NO_HISTORY


def _key_result(one: KeyResultHistory) -> list[Line]:
    whose = f", {person(one.owner)}" if one.owner else ""
    dropped = f", {texts.DROPPED}" if one.dropped else ""
    aim = aim_words(one.measure, one.unit)
    title = f"{one.number} {name(one.title, TITLE_MOST)}" if one.number else name(one.title, TITLE_MOST)
    first = line(bold(title), f" {aim}{whose}{dropped}", sparkline(one.course))
    entries = [_entry(entry, one) for entry in one.entries]
    return [first, *(entries or [line(texts.NO_UPDATES_YET)])]


def _entry(entry: HistoryEntry | Unanswered, one: KeyResultHistory) -> Line:
    """ "20 November: 62 %, confidence 7 · two chains signed · by Hannah · edited", "13 November: away"."""
    day = phrases.short_day(entry.date)
    if isinstance(entry, Unanswered):
        return line(f"{day}: {texts.AWAY_THEN if entry.away else texts.NO_ANSWER}")
    value = value_words(one.measure, entry.value, one.unit)
    said = [f"{day}: {value}, confidence {entry.confidence}"]
    if entry.drove.strip():
        said.append(name(entry.drove, NOTE_MOST))
    whose = person(entry.blocker_owner) if entry.blocker_owner else ""
    said += in_the_way(entry.blocker_kind, whose, name(entry.fix, NOTE_MOST) if entry.fix.strip() else "")
    if entry.by:
        said.append(texts.SAID_BY.format(who=person(entry.by)))
    return line(" · ".join([*said, *([texts.EDITED] if entry.edited else [])]))


def _besides(view: HistoryView) -> list[list[Line]]:
    """Actions and thank-yous."""
    thanked = [line(f"{phrases.short_day(on)}: {name(said, 200)}") for on, said in view.thanks]
    both = (
        (texts.HISTORY_ACTIONS, [_action(one) for one in view.actions]),
        (texts.HISTORY_THANKS, thanked),
    )
    return [[line(bold(heading)), *lines] for heading, lines in both if lines]


def _action(one: PastAction) -> Line:
    """ "13 November: Get carrier data · done on 20 November", "… · open after 2 weeks"."""
    said = f"{phrases.short_day(one.set_on)}: {name(one.text, 120)}"
    if one.outcome and one.closed_on:
        return line(f"{said} · {texts.SAID_OF_ACTION[one.outcome.value]}, {phrases.short_day(one.closed_on)}")
    if one.weeks:
        return line(f"{said} · {texts.STILL_OPEN.format(weeks=phrases.count(one.weeks, 'week'))}")
    return line(said)


def _picture(view: HistoryView) -> list[Part]:
    """A button for the only one, a menu for several; none of what nothing was said of."""
    said = [one for one in view.key_results if one.course.readings][:OPTIONS_MOST]
    if not said:
        return []
    options = tuple(
        (f"{one.number or ''} {name(one.title, 60)}".strip(), str(one.key_result_id)) for one in said
    )
    if len(options) == 1:
        return [buttons(Button(texts.PICTURE, ids.PICTURE, options[0][1]))]
    return [buttons(Menu(texts.PICTURE_OF, ids.PICTURE, options))]
