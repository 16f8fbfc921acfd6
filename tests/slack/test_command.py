"""`/okr` and what may follow it, answered to the person alone."""

from typing import Any

from bot.practice import Fault, Message
from bot.practice.screen import visible_text
from bot.slack import texts
from bot.slack.texts import SLACK_AWAY
from bot.slack.texts.help import USAGE_INTRO
from bot.storage import absences, people
from tests.services.teebee import CHANNEL, JACK
from tests.slack.friday import Friday, locked, quiet


def okr(friday: Friday, actor: Any, text: str = "", **where: Any) -> Message:
    """The reply, which only its reader sees."""
    outcome = actor.command("/okr", text, **where)
    assert outcome.ok, outcome.error
    (reply,) = outcome.messages
    assert reply.only_for == actor.id
    return quiet(reply)


def okr_later(friday: Friday, actor: Any, text: str) -> Message:
    """The reply where Slack has to be asked who somebody is: it follows the acknowledgement."""
    before = {one.ts for one in actor.messages()}
    outcome = actor.command("/okr", text)
    assert outcome.ok, outcome.error
    reply: Message = friday.until(
        lambda: next((one for one in actor.messages() if one.ts not in before), None)
    )
    assert reply.only_for == actor.id
    return quiet(reply)


def test_it_shows_ones_own_with_the_buttons_to_answer(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    reply = okr(friday, friday.jack)
    assert "Your OKRs · 2026 Q4, week 8 of 13" in reply.text
    assert "3 key results wait for you, answer by 16:30" in reply.text
    assert "Phone calls" in reply.text
    assert friday.jack.tap(reply, label="All unchanged").ok
    friday.settle()
    assert "wait for you" not in okr(friday, friday.jack).text


def test_everybody_sees_everybodys(friday: Friday) -> None:
    friday.move_in()
    reply = okr(friday, friday.hannah, "@Jack", channel=CHANNEL)
    assert reply.text.startswith("Jack · 2026 Q4")
    assert "wait for you" not in reply.text
    assert "Jim · 2026 Q4" in okr(friday, friday.hannah, "@Jim").text


def test_it_shows_a_team(friday: Friday) -> None:
    friday.move_in()
    for text in ("team", "team TeeBee", "Team tee"):
        reply = okr(friday, friday.jack, text)
        assert reply.text.startswith("TeeBee · 2026 Q4")
        assert "Customers who renew" in reply.text


def test_a_team_that_is_not_there_names_those_that_are(friday: Friday) -> None:
    assert okr_later(friday, friday.jack, "team").text == texts.NO_TEAMS
    friday.move_in()
    assert "There is no team “Nowhere”" in okr(friday, friday.jack, "team Nowhere").text
    assert "TeeBee" in okr(friday, friday.jack, "team Nowhere").text


def test_help_is_the_list_of_commands(friday: Friday) -> None:
    for text in ("help", "HELP", "help me"):
        reply = okr(friday, friday.jim, text)
        assert USAGE_INTRO in reply.text
        assert "/okr pause" in reply.text


def test_anything_else_gets_usage(friday: Friday) -> None:
    nonsense = (
        "nonsense",
        "<!channel> @here",
        "@jack please",
        "قيمة 🍵",
        "x" * 3000,
    )
    for text in nonsense:
        reply = okr(friday, friday.jack, text)
        assert f"I do not know “{text[:40]}" in visible_text(list(reply.blocks), reply.text)
        assert "/okr team [name]" in reply.text


def test_pause_and_resume(friday: Friday) -> None:
    teebee = friday.move_in()
    assert okr(friday, friday.jack, "pause").text == texts.PAUSED_NOW
    friday.tick(10)
    assert friday.said_to(friday.jack) == [one for one in friday.said_to(friday.jack) if one.only_for]
    assert texts.PAUSED in okr(friday, friday.jack).text
    said = okr(friday, friday.jack, "resume").text
    assert said == "Welcome back. I ask you next on Friday 27 November at 10:00."
    with friday.okra.database.reading() as connection:
        assert not absences.is_paused(connection, teebee.jack.id)
    assert "wait for you" in okr(friday, friday.jack).text


def test_a_guest_sees_only_their_own_even_before_we_know_them(friday: Friday) -> None:
    friday.move_in()
    guest = friday.slack.person(friday.slack.add_person("Visitor", is_ultra_restricted=True))
    for text in ("team TeeBee", "@Jack"):
        reply = okr_later(friday, guest, text) if text == "team TeeBee" else okr(friday, guest, text)
        assert reply.text == texts.GUESTS_SEE_THEIRS
    assert "Your OKRs" in okr(friday, guest).text


def test_whoever_cannot_be_looked_up_is_shown_nothing_of_others(friday: Friday) -> None:
    friday.move_in()
    somebody = friday.slack.person(friday.slack.add_person("Somebody"))
    away = Fault(perform=False, body={"ok": False, "error": "missing_scope", "needed": "users:read"})
    friday.slack.set_faults(lambda method, _arguments: away if method == "users.info" else None)
    for text in ("team", "@Jack"):
        assert okr_later(friday, somebody, text).text == SLACK_AWAY
    friday.slack.set_faults(None)
    assert "Customers who renew" in okr_later(friday, somebody, "team").text
    with friday.okra.database.reading() as connection:
        met = people.by_slack_id(connection, somebody.id)
    assert met is not None
    assert met.name == "Somebody"


def test_a_locked_database_gets_a_sentence(friday: Friday) -> None:
    friday.move_in()
    with locked(friday.okra.database):
        assert okr(friday, friday.jack, "pause").text == texts.STORAGE_AWAY
        assert "Phone calls" in okr(friday, friday.jack).text
    assert friday.jack.id == JACK
