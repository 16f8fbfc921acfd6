"""`/okr digest` over the real App: preview, note, pings, the early post, and who gets what instead."""

from typing import Any

from bot.okr.model import CheckInTimes, Membership, Role, Team
from bot.practice import Fault
from bot.practice.screen import pings
from bot.slack import ids, texts
from bot.storage import teams
from tests.services.teebee import CHANNEL, HANNAH, JACK, TeeBee, at, week_later
from tests.slack.friday import Friday, locked, quiet


def asked(friday: Friday) -> TeeBee:
    teebee = friday.move_in()
    friday.tick(10)
    return teebee


def open_preview(friday: Friday, actor: Any, text: str = "digest") -> str:
    assert actor.command("/okr", text).ok
    friday.until(actor.view)
    return " ".join(str(actor.view_screen(width=200)).split())


def reply(actor: Any, text: str = "digest") -> Any:
    outcome = actor.command("/okr", text)
    assert outcome.ok, outcome.error
    (said,) = outcome.messages
    assert said.only_for == actor.id
    return quiet(said)


def digests(friday: Friday) -> list[Any]:
    return [one for one in friday.hannah.messages(CHANNEL) if not one.is_reply]


def test_a_lead_looks_at_the_digest_adds_a_note_and_posts_it_early(friday: Friday) -> None:
    asked(friday)
    shown = open_preview(friday, friday.hannah)
    assert "on Friday 20 November at 16:30" in shown
    assert "0 of 2 answered" in shown
    assert digests(friday) == []
    friday.hannah.fill("note:1", "Bring <!channel> one idea each")
    assert friday.hannah.tap(action_id=ids.POST_NOW).ok
    friday.until(lambda: "on its way" in friday.hannah.view_screen(width=200))
    friday.settle()
    friday.tick(12)
    (posted,) = digests(friday)
    assert quiet(posted).text.splitlines()[1] == "Hannah: Bring &lt;!channel&gt; one idea each"
    friday.tick(15)
    assert friday.said_to(friday.jack)[-1].text.startswith("Reminder")
    friday.tick(16, 30)
    assert [one.ts for one in digests(friday)] == [posted.ts]
    friday.jack.tap(friday.said_to(friday.jack)[0], action_id=ids.ALL_UNCHANGED)
    friday.settle()
    assert "Changed since 10:00: Jack answered" in friday.digest().text


def test_two_leads_who_post_at_the_same_time_post_it_once(friday: Friday) -> None:
    teebee = asked(friday)
    with friday.okra.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.jack.id, Role.LEAD))
    for lead in (friday.hannah, friday.jack):
        open_preview(friday, lead)
    for lead, said in ((friday.hannah, texts.POSTED_NOW), (friday.jack, texts.POSTED_BEFORE)):
        assert lead.tap(action_id=ids.POST_NOW).ok
        friday.until(lambda lead=lead, said=said: said in " ".join(lead.view_screen(width=300).split()))
    friday.settle()
    friday.tick(12)
    assert len(digests(friday)) == 1


def test_the_digest_pings_those_with_an_action_once_the_lead_wants_it(friday: Friday) -> None:
    asked(friday)
    friday.hannah.say("KR1 56%; next: carrier data")
    friday.settle()
    open_preview(friday, friday.hannah)
    friday.hannah.choose("pings:1", [ids.PINGS])
    assert friday.hannah.submit().ok
    friday.tick(16, 30)
    posted = friday.digest()
    assert pings(list(posted.blocks), posted.text) == [f"<@{HANNAH}>"]
    assert "Hannah: carrier data" in posted.text
    shown = open_preview(friday, friday.hannah)
    assert texts.POST_NOW not in shown
    friday.hannah.choose("pings:1", [])
    friday.hannah.fill("note:1", "Room 5 today")
    assert friday.hannah.submit().ok
    friday.settle()
    assert quiet(friday.digest()).text.splitlines()[1] == "Hannah: Room 5 today"


def test_whoever_leads_nothing_is_told_so_and_may_not_post_by_a_forged_button(friday: Friday) -> None:
    asked(friday)
    assert reply(friday.jack).text == texts.LEADS_ONLY
    assert reply(friday.jim, "DIGEST TeeBee").text == texts.LEADS_ONLY
    prompt = friday.said_to(friday.jack)[0]
    for forged in ("1", "99", "x"):
        tapped = friday.forge(friday.jack, prompt, ids.CHECK_IN_OPEN, forged, to_action=ids.POST_NOW)
        assert tapped.acked
        friday.until(friday.jack.view)
        assert texts.LEADS_ONLY in " ".join(friday.jack.view_screen(width=200).split())
        friday.jack.close()
    friday.tick(12)
    assert digests(friday) == []


def test_whoever_leads_several_teams_chooses_one_or_names_it(friday: Friday) -> None:
    teebee = asked(friday)
    with friday.okra.database.transaction() as connection:
        other = teams.add(
            connection, Team(0, "Tea <b> & Co", CHANNEL, "UTC", CheckInTimes(), started_at=at(9))
        )
        teams.set_role(connection, Membership(other.id, teebee.hannah.id, Role.LEAD))
    for name in ("Nowhere", "T"):
        assert reply(friday.hannah, f"digest {name}").text == texts.NOT_LED.format(name=name)
    choice = reply(friday.hannah, "digest")
    assert choice.text == texts.WHICH_DIGEST
    assert friday.hannah.tap(choice, label="TeeBee").ok
    friday.until(friday.hannah.view)
    assert "0 of 2 answered" in friday.hannah.view_screen(width=200)
    friday.hannah.close()
    assert "has no check-in running" in open_preview(friday, friday.hannah, "digest tea <b")
    friday.hannah.close()
    assert friday.forge(friday.hannah, choice, "preview:1", "99").acked
    friday.until(friday.hannah.view)
    assert texts.LEADS_ONLY in " ".join(friday.hannah.view_screen(width=200).split())


def test_a_preview_that_was_open_when_the_next_round_began_changes_nothing(friday: Friday) -> None:
    asked(friday)
    open_preview(friday, friday.hannah)
    friday.hannah.fill("note:1", "too late")
    with locked(friday.okra.database):
        assert friday.hannah.submit().errors == {"note:1": texts.STORAGE_AWAY}
    next_friday = week_later(at(10)).date()
    friday.tick(10, day=next_friday)
    assert friday.hannah.submit().errors == {"note:1": texts.NO_DIGEST_NOW.format(team="TeeBee")}
    friday.tick(16, 30, day=next_friday)
    assert "too late" not in friday.digest().text


def test_a_preview_that_slack_does_not_open_is_answered_in_words(friday: Friday) -> None:
    asked(friday)
    expired = Fault(perform=False, body={"ok": False, "error": "expired_trigger_id"})
    friday.slack.set_faults(lambda method, _arguments: expired if method == "views.open" else None)
    assert friday.hannah.command("/okr", "digest").ok
    friday.heard(friday.hannah, texts.NOT_OPENED)
    assert friday.hannah.id != JACK
