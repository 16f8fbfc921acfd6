"""A chart in words: those that stand above the picture, and those for whoever cannot see it."""

from typing import Any, Final

from bot.okr.chart import ChartView, Panel
from bot.okr.numbers.values import format_percent
from bot.slack import phrases, texts
from bot.slack.blocks.compose import as_many_as_fit, message, to_blocks
from bot.slack.blocks.words import health_word, person, standing_title
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name

ALT_MOST: Final = 1000
"""Characters that Slack takes as a picture's alt_txt."""
WORDS_MOST: Final = 2600
ALT_LEVELS: Final = ((60, 13), (60, 8), (40, 8), (40, 4), (30, 4), (30, 0), (15, 0), (0, 0))
"""How long titles may be and how many weeks are told, tried in order until all of it fits."""


def title(view: ChartView) -> str:
    """The picture's, one line."""
    if view.team is None:
        about = standing_title(view.panels[0].standing, 80)
        day = phrases.short_day(view.on)
        return texts.PICTURE_TITLE.format(about=about, day=day, week=view.week, weeks=view.weeks)
    return texts.CHART_TITLE.format(team=name(view.team, 80), week=view.week, weeks=view.weeks)


def words(view: ChartView) -> list[dict[str, Any]]:
    """One rich_text block: "1 Phone calls 41 → 20 a week, Jack · 5 % of the way, 50 pp behind, red";
    of one key result alone the title, and its weeks beside these figures."""
    if view.team is None:
        return to_blocks([_of_one(view)])
    lines = as_many_as_fit(
        lambda most: [_in_words(panel, most) for panel in view.panels],
        WORDS_MOST,
        lambda left: line(phrases.more(left)),
    )
    more = [line(texts.NOT_DRAWN.format(what=phrases.count(view.more, "key result")))] if view.more else []
    return to_blocks([[line(bold(title(view))), *lines, *more]])


def instead(view: ChartView, reason: str) -> Message:
    """To its owner, where there can be no picture: the same in words."""
    return message([_of_one(view), [line(no_picture(reason))]])


def no_picture(reason: str) -> str:
    return texts.NO_PICTURE.format(why=texts.reason(reason))


def _of_one(view: ChartView) -> list[Line]:
    panel = view.panels[0]
    said = f"{', '.join(_figures(panel, way=True))}{_course(panel, ALT_LEVELS[0][1])}."
    return [line(bold(title(view))), line(phrases.capital(said))]


def alt_text(view: ChartView) -> str:
    """What the picture shows: where each key result stands, and how it came there."""
    said = ""
    for title_most, weeks in ALT_LEVELS:
        each = (_told(panel, title_most, weeks) for panel in view.panels)
        more = [texts.NOT_DRAWN.format(what=phrases.count(view.more, "key result"))] if view.more else []
        said = " ".join([f"{title(view)}.", *each, *more])
        if len(said) <= ALT_MOST:
            break
    return said[:ALT_MOST]


def _in_words(panel: Panel, title_most: int) -> Line:
    about = standing_title(panel.standing, title_most)
    return line(
        bold(f"{panel.number} {about}"), f", {person(panel.owner)} · {', '.join(_figures(panel, way=True))}"
    )


def _told(panel: Panel, title_most: int, weeks: int) -> str:
    """ "1 Phone calls: 5 %, 50 pp behind, red; week by week 0, 2, none, 5 %."."""
    about = name(panel.standing.key_result.title, title_most) if title_most else ""
    return f"{panel.number} {about}".rstrip() + f": {', '.join(_figures(panel))}{_course(panel, weeks)}."


def _course(panel: Panel, weeks: int) -> str:
    """ "; week by week 0, 2, none, 5 %"."""
    known = panel.standing.course.weeks(weeks)
    return texts.WEEK_BY_WEEK.format(course=", ".join(map(_week, known))) if len(known) > 1 else ""


def _week(raw: int | None) -> str:
    return texts.NO_READING if raw is None else format_percent(raw)


def _figures(panel: Panel, *, way: bool = False) -> list[str]:
    standing = panel.standing
    if standing.raw is None:
        return [health_word(standing)]
    progress = format_percent(standing.raw)
    return [
        texts.OF_THE_WAY.format(progress=progress) if way else progress,
        texts.gap(standing.gap),
        health_word(standing),
    ]
