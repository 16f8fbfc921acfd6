"""The cycle before: how it ended, of a person or a team."""

import pytest

from bot.services.looking_up import past
from bot.services.permissions import GuestsSeeOnlyTheirs
from bot.storage import okr_cycles
from bot.storage.engine import Database
from tests.services.company import BEFORE, aim, quarter_before, say
from tests.services.teebee import FRIDAY, HANNAH, JACK, JIM, at, move_in
from tests.services.test_lookups import make_guest


def test_a_teams_ends_as_it_stood_and_names_what_was_dropped(database: Database) -> None:
    teebee = move_in(database)
    first, _ = quarter_before(teebee)
    say(teebee, first, 50, 9, FRIDAY)  # said long after it had ended
    view = past.load(database, JIM, None, "teebee", at(11))
    assert (view.heading, view.cycle, view.ended, view.progress) == ("TeeBee", "2026 Q3", BEFORE[1], 40)
    shown = [(one.title, one.owner, one.progress, one.dropped) for one in view.objectives]
    assert shown == [
        ("Learn what suppliers need", "Jack", 40, False),
        ("A stand at the fair", "Hannah", None, True),
    ]
    (key_result,) = view.objectives[0].key_results
    assert (key_result.standing.raw, key_result.owner, key_result.dropped) == (40, "Jack", False)
    assert [one.dropped for one in view.objectives[1].key_results] == [True]


def test_a_persons_is_what_they_owned(database: Database) -> None:
    teebee = move_in(database)
    quarter_before(teebee)
    for reader, whose in ((JIM, JACK), (JACK, None)):
        view = past.load(database, reader, whose, "", at(11))
        assert (view.heading, [one.title for one in view.objectives]) == (
            "Jack",
            ["Learn what suppliers need"],
        )


def test_whoever_owned_nothing_sees_their_teams(database: Database) -> None:
    quarter_before(move_in(database))
    assert past.load(database, JIM, None, "", at(11)).heading == "TeeBee"


def test_where_there_was_none_before_it_says_so(database: Database) -> None:
    move_in(database)
    assert past.load(database, JACK, None, "TeeBee", at(11)).cycle is None
    assert past.load(database, JACK, "U0NOBODY01", "", at(11)).cycle is None


def test_what_was_private_stays_so(database: Database) -> None:
    teebee = move_in(database)
    quarter_before(teebee)
    with database.transaction() as connection:
        (cycle,) = (one.id for one in okr_cycles.everything(connection) if one.name == "2026 Q3")
        aim(connection, (teebee.team, cycle), teebee.jack, ("Hush", "Talks", (0, 1)), private=True)
    assert "Hush" in repr(past.load(database, JACK, None, "", at(11)))
    assert "Hush" not in repr(past.load(database, JACK, None, "", at(11), shared=True))
    assert "Hush" not in repr(past.load(database, HANNAH, JACK, "", at(11)))
    assert past.load(database, JACK, None, "TeeBee", at(11)).progress == 40


def test_a_guest_sees_their_own(database: Database) -> None:
    teebee = move_in(database)
    quarter_before(teebee)
    make_guest(teebee, JACK)
    assert [one.title for one in past.load(database, JACK, None, "", at(11)).objectives] == [
        "Learn what suppliers need"
    ]
    for whose, team in ((HANNAH, ""), (None, "TeeBee")):
        with pytest.raises(GuestsSeeOnlyTheirs):
            past.load(database, JACK, whose, team, at(11))
