"""The Home tab is useful to whoever opens it, and stays fresh while it may be open."""

from typing import Any

import pytest

from bot.okr.model import Cycle, Membership, Role
from bot.practice import Actor, Fault
from bot.practice.limits import check_view
from bot.practice.screen import pings
from bot.services.away import absence
from bot.slack import ids
from bot.slack.texts import looking
from bot.storage import okr_cycles, people, teams
from tests.services.company import add_team, found, keep_secret, say
from tests.services.teebee import FRIDAY, JACK, JIM, TeeBee
from tests.services.test_lookups import make_guest
from tests.slack.friday import Friday
from tests.slack.samples import HOSTILE
from tests.slack.test_home import home


def join(teebee: TeeBee, person: Any, role: Role) -> None:
    with teebee.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, person.id, role))


def opened(friday: Friday, actor: Actor, words: str) -> str:
    actor.open_home()
    shown = home(friday, actor, words)
    view = actor.home()
    assert view is not None
    assert pings(view["blocks"], "") == []
    return shown


def test_a_member_finds_their_own_their_team_the_company_and_their_week(friday: Friday) -> None:
    teebee = friday.move_in()
    found(teebee)
    say(teebee, teebee.of(teebee.jack)[2], 41, 3)
    shown = opened(friday, friday.jack, "Your teams")
    for words in (
        "Make ordering online easy for suppliers",
        "TeeBee · 0 % · 1 red",
        "Next digest Friday 20 November at 16:30.",
        "The company · 2026 Q4, week 8 of 13",
        "• Be the tea that restaurants trust · 0 %",
        "– Logistics · 0 % · nothing at risk",
        "You work on Monday to Friday, and I ask you at 10:00 by your own clock",
        "[Look]",
        "[All teams]",
        "[Pause]",
        "[Settings]",
    ):
        assert words in shown, words
    assert "[Digest]" not in shown


def test_the_digest_that_is_due_next_is_foreseen(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    assert "Next digest Friday 20 November at 16:30." in opened(friday, friday.jack, "Your teams")
    friday.tick(16, 30)
    assert "Next digest Friday 27 November at 16:30." in opened(friday, friday.jack, "Friday 27")


def test_a_lead_finds_the_digest_and_the_draft(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    with teebee.database.transaction() as connection:
        coming = okr_cycles.add(
            connection,
            Cycle(0, "2027 Q1", FRIDAY.replace(year=2027, month=1, day=1), FRIDAY.replace(2027, 3)),
        )
        okr_cycles.begin_draft(connection, teebee.team.id, coming.id)
    assert "A draft for 2027 Q1 waits: /okr draft TeeBee" in opened(friday, friday.hannah, "[Digest]")
    assert friday.hannah.tap("home", label="Digest").ok
    friday.until(friday.hannah.view)
    assert "The digest goes to" in friday.hannah.view_screen(width=100)
    assert "A draft" not in opened(friday, friday.jack, "Your teams")


def test_an_observer_reads_along_and_has_nothing_to_pause(friday: Friday) -> None:
    teebee = friday.move_in()
    join(teebee, friday_person(teebee, JIM), Role.OBSERVER)
    shown = opened(friday, friday.jim, "Your teams")
    assert looking.YOU_OBSERVE in shown
    assert "TeeBee · 0 %" in shown
    for words in ("[Pause]", "[Away]", "[Settings]", "You have no OKRs", "Set up a team"):
        assert words not in shown


def test_whoever_owns_something_though_they_observe_may_pause(friday: Friday) -> None:
    teebee = friday.move_in()
    join(teebee, teebee.jack, Role.OBSERVER)
    assert "[Pause]" in opened(friday, friday.jack, "Your teams")


def friday_person(teebee: TeeBee, slack_id: str) -> Any:
    with teebee.database.reading() as connection:
        return people.by_slack_id(connection, slack_id)


def test_a_newcomer_hears_what_okra_is_and_whom_to_ask(friday: Friday) -> None:
    friday.move_in()
    newcomer = friday.slack.person(friday.slack.add_person("Newcomer"))
    shown = opened(friday, newcomer, "I am Okra.")
    assert "To join a team, ask one of its leads: Hannah." in shown
    assert "The company" in shown or "TeeBee" in shown
    assert "[Set up a team]" in shown
    assert "[Pause]" not in shown
    (button,) = [one for one in buttons_of(newcomer) if one["action_id"] == ids.SET_UP_TEAM]
    assert (button["text"]["text"], ids.SET_UP_TEAM) == ("Set up a team", "set_up_team")


def test_before_there_is_any_team_it_says_how_to_begin(friday: Friday) -> None:
    shown = opened(friday, friday.jim, "I am Okra.")
    assert looking.NOBODY_TO_ASK in shown
    assert "[Set up a team]" in shown


@pytest.mark.parametrize("known", [True, False])
def test_a_guest_finds_their_own_and_nothing_else(friday: Friday, *, known: bool) -> None:
    teebee = friday.move_in()
    found(teebee)
    if known:
        make_guest(teebee, JACK)
        guest, words = friday.jack, "Phone calls"
    else:
        guest = friday.slack.person(friday.slack.add_person("Visitor", is_ultra_restricted=True))
        words = "Your OKRs"
    shown = opened(friday, guest, words)
    for others in ("Customers", "The company", "Logistics", "Set up a team", "[Look]", "Hannah"):
        assert others not in shown
    assert (looking.GUEST in shown) is known
    assert ("[Pause]" in shown) is known


def test_somebody_whom_slack_does_not_tell_us_of_finds_nothing_of_others(friday: Friday) -> None:
    friday.move_in()
    away = Fault(perform=False, body={"ok": False, "error": "missing_scope", "needed": "users:read"})
    friday.slack.set_faults(lambda method, _arguments: away if method == "users.info" else None)
    somebody = friday.slack.person(friday.slack.add_person("Somebody"))
    shown = opened(friday, somebody, "Your OKRs")
    assert "TeeBee" not in shown


def test_what_is_private_counts_in_nobodys_team_or_company(friday: Friday) -> None:
    teebee = friday.move_in()
    found(teebee)
    keep_secret(teebee, teebee.hannah)
    shown = opened(friday, friday.jack, "Your teams")
    assert "delicate" not in shown
    assert "Quiet" not in shown


def test_it_stays_fresh_for_whoever_has_it_open(friday: Friday) -> None:
    friday.move_in()
    opened(friday, friday.jack, "TeeBee · 0 %")
    friday.tick(10)
    home(friday, friday.jack, "3 key results wait for you")
    friday.jack.say("1 55")
    friday.settle()
    friday.tick(11)
    home(friday, friday.jack, "2 key results wait for you")
    calls = len(friday.calls("views.publish"))
    friday.tick(11)
    assert len(friday.calls("views.publish")) == calls
    assert friday.hannah.home() is None  # she has never opened hers


def test_what_others_do_shows_too(friday: Friday) -> None:
    teebee = friday.move_in()
    join(teebee, friday_person(teebee, JIM), Role.OBSERVER)
    opened(friday, friday.jim, "nothing at risk")
    friday.tick(10)
    friday.jack.say("1 55; 3 41 confidence 3")
    friday.settle()
    friday.clock.now = friday.clock.now.replace(hour=23)
    friday.okra.tick(friday.clock.now)
    home(friday, friday.jim, "1 red")


def test_days_away_change_it_without_a_tap(friday: Friday) -> None:
    friday.move_in()
    opened(friday, friday.jack, "Phone calls")
    absence.say(friday.okra.database, JACK, "until 27 Nov", friday.clock.now)
    friday.tick(9, 1)
    home(friday, friday.jack, "You are away until Friday 27 November.")


@pytest.mark.parametrize("words", HOSTILE)
def test_many_teams_of_any_name_fit(friday: Friday, words: str) -> None:
    teebee = friday.move_in()
    with teebee.database.transaction() as connection:
        for number in range(30):
            add_team(connection, teebee, f"{words} {number}", (teebee.jack, Role.LEAD), parent=teebee.team)
    friday.jack.open_home()
    home(friday, friday.jack, "Your teams")
    view = friday.jack.home()
    assert view is not None
    assert check_view({"type": "home", "blocks": view["blocks"]}) == []
    assert pings(view["blocks"], "") == []
    assert "… and 23 more: /okr company" in friday.jack.home_screen(width=4000)


@pytest.mark.parametrize("words", ["A & B <C>", "<!channel>", "Tea &amp; more"])
def test_look_finds_a_team_whatever_signs_are_in_its_name(friday: Friday, words: str) -> None:
    teebee = friday.move_in()
    with teebee.database.transaction() as connection:
        add_team(connection, teebee, words, (friday_person(teebee, JIM), Role.MEMBER))
    opened(friday, friday.jim, "[Look]")
    assert friday.jim.tap("home", label="Look").ok
    friday.until(friday.jim.view)
    assert f"{words} · 2026 Q4" in friday.jim.view_screen(width=200)


def buttons_of(actor: Actor) -> list[dict[str, Any]]:
    view = actor.home()
    assert view is not None
    rows = [one for one in view["blocks"] if one["type"] == "actions"]
    return [element for row in rows for element in row["elements"]]
