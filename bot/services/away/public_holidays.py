"""Public holidays of countries and their regions, from the `holidays` package.

A region is written by its codes, as ISO 3166-2 does where the package knows it: "CN", "DE-BY". Its holidays
are worked out once a year and kept: heartbeats ask for them all the time.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

import holidays

from bot.okr.model import Absence, Person
from bot.okr.rounds import HOLIDAY

DAYS_BEFORE = timedelta(days=7)


class UnknownRegion(Exception):  # noqa: N818 - it says what is so
    """Nothing is known of it; `country` is known where only the region is not, with the `regions` it has."""

    def __init__(self, country: str | None = None, regions: tuple[str, ...] = ()) -> None:
        super().__init__(country)
        self.country = country
        self.regions = regions


def before(on: date, people: Iterable[Person]) -> list[Absence]:
    """The holidays of each of them in the week that ends on this day: a check-in may be moved into it."""
    days = [on - timedelta(days=back) for back in range(DAYS_BEFORE.days)]
    return [
        Absence(0, person.id, day, day, HOLIDAY)
        for person in people
        if person.region
        for day in days
        if day in _of_year(person.region, day.year)
    ]


def region(typed: str) -> str:
    """The region as it is kept, from what a person typed; raises UnknownRegion."""
    code = typed.strip().upper().replace("_", "-").replace(" ", "-").strip("-")
    found = known(code)
    if found is None:
        country = code.partition("-")[0]
        regions = _regions().get(country)
        raise UnknownRegion(None if regions is None else country, tuple(regions or ()))
    return found


def known(code: str) -> str | None:
    """The code itself where its holidays are known."""
    country, _, part = code.partition("-")
    regions = _regions().get(country)
    return code if regions is not None and (not part or part in regions) else None


@cache
def _regions() -> dict[str, list[str]]:
    """By country's code."""
    return holidays.list_supported_countries(include_aliases=False)


@cache
def _of_year(code: str, year: int) -> frozenset[date]:
    """None of a region that the package does not know any more: doctor says so."""
    if known(code) is None:
        return frozenset()
    country, _, part = code.partition("-")
    return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
