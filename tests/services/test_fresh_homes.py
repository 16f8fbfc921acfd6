"""Home tabs that may be open are looked at again, and shown where something is new."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.services.looking_up import fresh_homes
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.pacing import UNPACED, Limits
from bot.storage import homes, tables
from bot.storage.engine import Database, real_now
from tests.services.teebee import HANNAH, JACK, at

MINUTE = timedelta(minutes=1)
NO_REST = timedelta(0)


@dataclass
class Screen:
    """Fulfils `fresh_homes.HomeScreen`."""

    shows: dict[str, str] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    trouble: list[Exception | None] = field(default_factory=list)

    def drawing(self, now: datetime) -> Callable[[str], dict[str, Any]]:
        assert now.tzinfo
        return self._draw

    def _draw(self, slack_id: str) -> dict[str, Any]:
        self.drawn.append(slack_id)
        if self.shows.get(slack_id) == "broken":
            raise KeyError("broken")
        return {"blocks": [self.shows.get(slack_id, "nothing")]}

    def publish(self, slack_id: str, view: dict[str, Any]) -> None:
        if self.trouble and (problem := self.trouble.pop(0)):
            raise problem
        assert view["blocks"]
        self.published.append(slack_id)


def run(
    database: Database, screen: Screen, *, limits: Limits = UNPACED, rest: timedelta = NO_REST
) -> list[str]:
    fresh_homes.freshen(database, screen, limits, rest, at(11))
    done, screen.published = screen.published, []
    return done


def test_one_that_was_opened_is_shown_again_once_something_is_new(database: Database) -> None:
    screen = Screen()
    assert run(database, screen) == []
    fresh_homes.opened(database, JACK)
    assert run(database, screen) == [JACK]  # nobody knows what it shows
    assert run(database, screen) == []
    screen.shows[JACK] = "something"
    assert run(database, screen) == [JACK]
    assert run(database, screen) == []


def test_what_a_tap_has_drawn_is_not_drawn_again(database: Database) -> None:
    screen = Screen()
    fresh_homes.opened(database, JACK)
    fresh_homes.shows(database, JACK, {"blocks": ["nothing"]})
    fresh_homes.shows(database, HANNAH, {"blocks": ["nothing"]})  # hers was never opened
    assert run(database, screen) == []
    assert screen.drawn == [JACK]


def test_it_rests_between_two_looks(database: Database) -> None:
    screen = Screen()
    fresh_homes.opened(database, JACK)
    assert run(database, screen, rest=MINUTE) == []
    with database.transaction() as connection:
        connection.execute(sa.update(tables.homes).values(looked_at=real_now(connection) - 2 * MINUTE))
    assert run(database, screen, rest=MINUTE) == [JACK]
    screen.shows[JACK] = "something"
    assert run(database, screen, rest=MINUTE) == []


def test_after_a_day_it_counts_as_closed(database: Database) -> None:
    screen = Screen()
    for who in (JACK, HANNAH):
        fresh_homes.opened(database, who)
    with database.transaction() as connection:
        mine = tables.homes.c.slack_id == JACK
        long_ago = real_now(connection) - fresh_homes.OPEN_FOR - MINUTE
        connection.execute(sa.update(tables.homes).where(mine).values(opened_at=long_ago))
    assert run(database, screen) == [HANNAH]
    with database.reading() as connection:
        assert connection.execute(sa.select(tables.homes.c.slack_id)).scalars().all() == [HANNAH]
    fresh_homes.opened(database, JACK)
    assert JACK in run(database, screen)


def test_of_many_those_come_first_that_wait_longest(database: Database) -> None:
    screen = Screen()
    everybody = [f"U{number:08}" for number in range(fresh_homes.AT_ONCE + 5)]
    for who in everybody:
        fresh_homes.opened(database, who)
    first = run(database, screen)
    assert len(first) == fresh_homes.AT_ONCE
    assert set(run(database, screen)) >= set(everybody) - set(first)


def test_slacks_pace_is_kept_and_nothing_is_lost(database: Database) -> None:
    screen = Screen()
    for who in (JACK, HANNAH):
        fresh_homes.opened(database, who)
    slow = Limits(homes=10)  # one at once
    first = run(database, screen, limits=slow)
    assert len(first) == 1
    assert {*first, *run(database, screen)} == {JACK, HANNAH}


@pytest.mark.parametrize(
    "problem", [NotSent("ratelimited", retry_after=0.0), Refused("not_enabled"), Unsure("")]
)
def test_what_slack_does_not_take_is_tried_again(database: Database, problem: Exception) -> None:
    screen = Screen(trouble=[problem])
    fresh_homes.opened(database, JACK)
    assert run(database, screen) == []
    assert run(database, screen) == [JACK]


def test_being_told_to_wait_holds_all_of_them_back(database: Database) -> None:
    screen = Screen(trouble=[NotSent("ratelimited", retry_after=60.0)])
    for who in (JACK, HANNAH):
        fresh_homes.opened(database, who)
    assert run(database, screen) == []
    assert run(database, screen) == []


def test_one_that_cannot_be_drawn_does_not_hold_up_the_others(database: Database) -> None:
    screen = Screen({JACK: "broken"})
    for who in (JACK, HANNAH):
        fresh_homes.opened(database, who)
    assert run(database, screen) == [HANNAH]


def test_two_processes_do_not_draw_the_same(database: Database) -> None:
    fresh_homes.opened(database, JACK)
    with database.transaction() as connection:
        real = real_now(connection) + MINUTE
        due = {"opened_since": real - fresh_homes.OPEN_FOR, "looked_before": real - NO_REST}
        assert homes.take(connection, **due, at=real, most=5) == {JACK: None}
        due["looked_before"] = real - timedelta(seconds=1)
        assert homes.take(connection, **due, at=real, most=5) == {}
