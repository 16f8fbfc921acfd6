"""Delegates in the OKR file: named, kept, changed, and what becomes of a running round then."""

import pytest

from bot.files.export import write_yaml
from bot.files.marked import BadFile
from bot.files.yaml_file import read_yaml
from bot.okr.model import OwedState
from bot.services.asking import rounds
from bot.services.away import absence, pausing
from bot.services.files.exporting import export_outline
from bot.services.files.importing import NOTHING
from bot.storage import owing, people
from bot.storage.engine import Database
from tests.services.okr_imports import changed, key_results, recorded, take
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, at

CALLS = "title: Phone calls, owner: jack,"
WITH_JIM = changed((CALLS, f"{CALLS} delegate: jim,"))
WITH_HANNAH = changed((CALLS, f"{CALLS} delegate: hannah,"))


def delegate(database: Database) -> str | None:
    """Slack's id of the delegate for the phone calls."""
    number = key_results(database)["Phone calls"].delegate_id
    with database.reading() as connection:
        return people.by_ids(connection, [number])[number].slack_id if number else None


def asked_of(database: Database) -> tuple[str, OwedState]:
    """Of whom the phone calls are asked in the running round."""
    with database.reading() as connection:
        (row,) = (
            one
            for one in owing.in_round(connection, 1)
            if one.key_result_id == key_results(database)["Phone calls"].id
        )
        return people.by_ids(connection, [row.person_id])[row.person_id].slack_id, row.state


def test_a_file_names_keeps_changes_and_removes_a_delegate(database: Database) -> None:
    take(database, WITH_JIM)
    assert delegate(database) == JIM
    assert take(database).lines == (NOTHING,)
    assert delegate(database) == JIM
    said = take(database, WITH_HANNAH, reason="Jim moves on").lines
    assert said == ("TeeBee › Order online › Phone calls: delegate Jim → Hannah",)
    assert delegate(database) == HANNAH
    take(database, changed((CALLS, f"{CALLS} delegate: ,")), reason="nobody left")
    assert delegate(database) is None
    assert [one[1:4] for one in recorded(database)] == [
        ("delegate", "Jim", "Hannah"),
        ("delegate", "Hannah", "nobody"),
    ]


def test_a_delegate_whom_the_file_does_not_know_is_refused() -> None:
    with pytest.raises(BadFile, match="“jmi” is not in people"):
        read_yaml(changed((CALLS, f"{CALLS} delegate: jmi,")))


def test_export_writes_the_delegate_and_takes_it_back_unchanged(database: Database) -> None:
    take(database, WITH_JIM)
    text = write_yaml(export_outline(database, on=FRIDAY))
    assert "delegate: jim" in text
    assert take(database, text).lines == (NOTHING,)


def test_another_delegate_takes_over_what_a_running_round_asks(database: Database) -> None:
    take(database, WITH_JIM, now=at(9))
    pausing.pause(database, JACK, at(9, 30))
    rounds.step(database, at(10))
    assert asked_of(database) == (JIM, OwedState.WAITING)
    take(database, WITH_HANNAH, reason="Jim sleeps")
    assert asked_of(database) == (HANNAH, OwedState.WAITING)
    take(database, changed((CALLS, f"{CALLS} delegate: ,")), reason="nobody")
    assert asked_of(database) == (JACK, OwedState.AWAY)


def test_days_away_ask_the_delegate_and_taking_them_back_asks_the_owner_again(database: Database) -> None:
    take(database, WITH_JIM, now=at(9))
    rounds.step(database, at(10))
    noted = absence.say(database, JACK, "today", at(11)).absence
    assert asked_of(database) == (JIM, OwedState.WAITING)
    absence.say(database, JACK, "24 Dec to 2 Jan", at(11, 30))
    assert asked_of(database) == (JIM, OwedState.WAITING)
    assert noted is not None
    absence.cancel(database, JACK, noted.id, at(12))
    assert asked_of(database) == (JACK, OwedState.WAITING)
