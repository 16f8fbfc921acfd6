"""A person's own week: what is kept, what cannot be, and what comes of it."""

from datetime import time

import pytest

from bot.okr.model import Profile
from bot.services.asking import rounds
from bot.services.away import settings
from bot.services.away.settings import NotPossible, Week
from bot.services.sending import asks
from bot.services.sending.delivery import Deliverer
from bot.storage import people
from bot.storage.engine import Database
from tests.services.teebee import FRIDAY, JACK, Notebook, at, move_in

ODD = Week(frozenset({6, 0, 1, 2, 3}), time(8, 30), muted=True, region="DE-BY")


def test_what_is_saved_is_shown_and_what_slack_says_later_leaves_it_alone(database: Database) -> None:
    move_in(database)
    assert settings.load(database, JACK).week == Week()
    for _ in range(2):
        settings.save(database, JACK, ODD)
    with database.transaction() as connection:
        people.learn(connection, Profile(JACK, "Jack B.", zone="Europe/London"))
    assert settings.load(database, JACK).week == ODD
    settings.save(database, JACK, Week())
    assert settings.load(database, JACK).week == Week()


def test_somebody_without_a_team_may_have_a_week_too(database: Database) -> None:
    assert settings.load(database, "U0NOBODY01").latest == time(15, 30)
    settings.save(database, "U0NOBODY01", ODD)
    assert settings.load(database, "U0NOBODY01").week == ODD


def test_what_cannot_be_is_named_all_at_once_and_nothing_is_saved(database: Database) -> None:
    move_in(database)
    with pytest.raises(NotPossible) as wrong:
        settings.save(database, JACK, Week(frozenset(), time(15, 31), region="Mars"))
    assert (wrong.value.no_days, wrong.value.too_late) == (True, time(15, 30))
    assert wrong.value.region is not None
    assert settings.load(database, JACK).week == Week()
    settings.save(database, JACK, Week(own_prompt=time(15, 30)))


def test_ones_own_hour_is_kept_to_and_the_reminder_leaves_time_after_it(database: Database) -> None:
    teebee = move_in(database)
    settings.save(database, JACK, Week(own_prompt=time(14, 30)))
    notebook = Notebook()
    sender = Deliverer(database, notebook)
    said = {}
    for hour, minute in ((10, 0), (14, 29), (14, 30), (15, 0), (15, 29), (15, 30)):
        rounds.step(database, at(hour, minute))
        sender.run(lambda hour=hour, minute=minute: at(hour, minute))  # type: ignore[misc]
        said[f"{hour}:{minute:02}"] = [kind for kind, to in notebook.said if to == JACK]
    assert said["14:29"] == []
    assert said["14:30"] == said["15:29"] == ["prompt"]
    assert said["15:30"] == ["prompt", "reminder"]
    assert teebee.check_in_id(teebee.jack)


def test_whoever_wants_no_reminder_gets_none_even_if_it_was_on_its_way(database: Database) -> None:
    move_in(database)
    notebook = Notebook()
    sender = Deliverer(database, notebook)
    rounds.step(database, at(10))
    sender.run(lambda: at(10))
    settings.save(database, JACK, Week(muted=True))
    sender.run(lambda: at(15))
    assert [kind for kind, to in notebook.said if to == JACK] == ["prompt"]
    assert asks.reminder_key(1, FRIDAY) in notebook.keys
