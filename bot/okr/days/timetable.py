"""A team's week in plain figures: who would be asked when, and when the digest would come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.okr.days.zones import team_zone, zone_of
from bot.okr.model import Person, Team
from bot.okr.rounds import check_in_date, plan_round

WEEKS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class AskedAt:
    """People who are asked at the same hour of the same day by the same clock."""

    person_ids: tuple[int, ...]
    at: datetime
    """On their own clock."""
    zone: str
    """An IANA name."""


@dataclass(frozen=True, slots=True)
class Timetable:
    asked: tuple[AskedAt, ...]
    """The earliest first."""
    never: tuple[int, ...]
    """The ids of those for whom no working day fits before the digest."""
    digest_at: datetime
    """On the team's clock."""
    zone: str
    """The team's, as it counts: an IANA name."""


def timetable(team: Team, people: Sequence[Person], now: datetime) -> Timetable:
    """Of the first week that begins after `now`, as if each of `people` owned a key result and nobody were
    away: so holds the rule, and the hours are those of the clocks of that week."""
    weeks = [check_in_date(team, (now + timedelta(weeks=ahead)).date()) for ahead in range(WEEKS_AHEAD + 1)]
    plans = [plan_round(team, on, people, []) for on in weeks]
    plan = next((one for one in plans if one.opens_at > now), plans[-1])
    known = {one.id: one for one in people}
    groups: dict[tuple[datetime, str], list[int]] = {}
    for one in sorted(plan.asked, key=lambda asked: asked.prompt_at):
        zone = zone_of(known[one.person_id], team)
        groups.setdefault((one.prompt_at.astimezone(zone), zone.key), []).append(one.person_id)
    return Timetable(
        tuple(AskedAt(tuple(ids), at, zone) for (at, zone), ids in groups.items()),
        plan.away,
        plan.digest_at.astimezone(team_zone(team)),
        team_zone(team).key,
    )
