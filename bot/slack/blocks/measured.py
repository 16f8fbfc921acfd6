"""Where a key result stands in what it is measured by, in words: "47 → 80 %", "99.2 %, keep at least 99 %",
"60 % of 5 steps", "not yet"."""

from bot.okr.measures import Keep, Measure, Milestone, Move
from bot.okr.numbers.values import format_change, format_value
from bot.okr.views import AskedKeyResult
from bot.slack import ids, phrases, texts
from bot.slack.richtext import name

UNIT_MOST = 40


def unit_name(unit: str) -> str:
    return name(unit, UNIT_MOST)


def value_words(measure: Measure, value: float, unit: str) -> str:
    """ "47 %", "¥120,000"; of a milestone "60 % of 5 steps", or "done"."""
    match measure:
        case Milestone(()):
            return texts.DONE_YET[value > 0]
        case Milestone(steps):
            each = phrases.count(len(steps), "step")
            return texts.OF_STEPS.format(part=format_value(value, "%"), steps=each)
        case _:
            return format_value(value, unit_name(unit))


def change_words(measure: Measure, before: float, after: float, unit: str) -> str:
    """ "41 → 38", "not yet → done"; the value alone where it is the same."""
    if before == after:
        return value_words(measure, after, unit)
    if isinstance(measure, Milestone):
        return f"{value_words(measure, before, unit)} → {value_words(measure, after, unit)}"
    return format_change(before, after, unit_name(unit))


def aim_words(measure: Measure, unit: str) -> str:
    """ "→ 80 %", "keep at least 99 %", "5 steps", "to be done"."""
    match measure:
        case Move(_, target):
            return f"→ {format_value(target, unit_name(unit))}"
        case Keep(low, high):
            bounds = [None if one is None else format_value(one, unit_name(unit)) for one in (low, high)]
            return texts.keep(*bounds)
        case Milestone(()):
            return texts.TO_BE_DONE
        case Milestone(steps):
            return phrases.count(len(steps), "step")


def standing_words(measure: Measure, value: float | None, unit: str) -> str:
    """Where it is and where it should be."""
    if value is None:
        return aim_words(measure, unit)
    match measure:
        case Move(_, target):
            return format_change(value, target, unit_name(unit))
        case Keep():
            return f"{value_words(measure, value, unit)}, {aim_words(measure, unit)}"
        case Milestone():
            return value_words(measure, value, unit)


def planned_words(measure: Measure, unit: str) -> str:
    """From where to where, before anything was said of it: "30 → 80 %", "keep at least 99 %", "5 steps"."""
    if isinstance(measure, Move):
        return format_change(measure.start, measure.target, unit_name(unit))
    return aim_words(measure, unit)


def planned(title: str, measure: Measure, unit: str) -> str:
    """ "Phone calls 40 → 20", "New shop: 2 steps"; the title as it should be shown."""
    return f"{title}{between(measure)}{planned_words(measure, unit)}"


def titled(title: str, measure: Measure, value: float | None, unit: str) -> tuple[str, str]:
    """A title and where it stands, to be put beside each other: "Phone calls", " 41 → 20"; "Shop is open",
    ": not yet"."""
    return title, f"{between(measure)}{standing_words(measure, value, unit)}"


def between(measure: Measure) -> str:
    """A title and what is said of its value: "Phone calls 41", "Shop is open: done"."""
    return ": " if isinstance(measure, Milestone) else " "


def last_words(measure: Measure, value: float, unit: str) -> str:
    """ "47 % → target 80 %", "60 % of 5 steps", "99.2 %, keep at least 99 %"."""
    if isinstance(measure, Move):
        target = format_value(measure.target, unit_name(unit))
        return f"{value_words(measure, value, unit)} {texts.TO_TARGET.format(target=target)}"
    return standing_words(measure, value, unit)


def typed_words(measure: Measure, value: float | None, unit: str) -> str:
    """How somebody would type it; longer units are left out, a thumb need not type them."""
    if isinstance(measure, Milestone):
        return texts.DONE_YET[True]
    return format_value(_known(measure, value)) + ("%" if unit == "%" else "")


def example(measure: Measure, value: float | None, unit: str) -> str:
    """What may stand in the field: the last value or, where there is none yet, one that would hold."""
    return format_value(_known(measure, value), unit)


def _known(measure: Measure, value: float | None) -> float:
    bounds = (measure.low, measure.high) if isinstance(measure, Keep) else ()
    return next((one for one in (value, *bounds) if one is not None), 0.0)


def standing_field(asked: AskedKeyResult) -> str:
    """Where its value is entered, or a milestone's steps are ticked."""
    return ids.field(ids.STEPS if isinstance(asked.measure, Milestone) else ids.VALUE, asked.key_result_id)
