"""What a chart shows: a panel for each of a team's key results, numbered as in the digest beside it; or one
key result's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.okr.days.weeks import week_of
from bot.okr.defaults import PANELS_MOST
from bot.okr.digest.agenda import Digest, OwnedStanding, TalkItem
from bot.okr.health import Standing
from bot.okr.model import Cycle


@dataclass(frozen=True, slots=True)
class Panel:
    number: int
    standing: Standing
    owner: str


@dataclass(frozen=True, slots=True)
class ChartView:
    team: str | None
    """None: of one key result alone, for its owner."""
    week: int
    weeks: int
    starts: date
    """The first day across: the earliest of the panels' cycles."""
    ends: date
    on: date
    panels: tuple[Panel, ...]
    """At least one."""
    more: int = 0
    """So many key results have no panel."""


def of_digest(digest: Digest) -> ChartView | None:
    """Those to talk about first, with their numbers there, then those on track, then those not judged, as
    many as a picture holds. None where nobody has said anything of any of them yet."""
    every: Sequence[TalkItem | OwnedStanding] = (*digest.talk, *digest.on_track, *digest.not_judged)
    panels = tuple(Panel(number, one.standing, one.owner) for number, one in enumerate(every, start=1))
    shown = panels[:PANELS_MOST]
    if not any(panel.standing.course.readings for panel in shown):
        return None
    courses = [panel.standing.course for panel in shown]
    return ChartView(
        team=digest.team,
        week=digest.week,
        weeks=digest.weeks,
        starts=min(one.starts for one in courses),
        ends=max(one.ends for one in courses),
        on=digest.date,
        panels=shown,
        more=len(panels) - len(shown),
    )


def of_one(panel: Panel, cycle: Cycle, on: date) -> ChartView | None:
    """One key result's course over its cycle, as known on that day; None where nothing was said of it."""
    course = panel.standing.course
    if not course.readings:
        return None
    week, weeks = week_of(cycle, on)
    return ChartView(None, week, weeks, course.starts, course.ends, on, (panel,))
