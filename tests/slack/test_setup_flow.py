"""A team is set up, changed and started in Slack, by one form; nobody is asked before a lead says so."""

from datetime import time, timedelta

from bot.okr.model import MONDAY, Meeting, Membership, Role
from bot.practice import Actor, Message
from bot.practice.world import Envelope
from bot.services.teams.team_fields import Why
from bot.slack import ids
from bot.slack import texts as shared
from bot.slack.texts import teams as texts
from bot.storage import people, rounds, teams
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_command import okr, okr_later

NAME = "team_name:0"


def setup(friday: Friday, actor: Actor, text: str = "setup", channel: str | None = CHANNEL) -> str:
    """The form that opens, as it is drawn."""
    assert actor.command("/okr", text, channel=channel).ok
    friday.until(actor.view)
    return actor.view_screen(width=100)


def member_names(friday: Friday, name: str = "Tea") -> dict[str, Role]:
    with friday.okra.database.reading() as connection:
        team = next(one for one in teams.everything(connection) if one.name == name)
        roles = teams.memberships_of(connection, team.id)
        known = people.by_ids(connection, [one.person_id for one in roles])
    return {known[one.person_id].name: one.role for one in roles}


def team_names(friday: Friday) -> list[str]:
    with friday.okra.database.reading() as connection:
        return [one.name for one in teams.everything(connection)]


def set_up_tea(friday: Friday) -> Message:
    """Hannah's team of everybody in the channel; the message that says how its week looks."""
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea")
    assert friday.hannah.submit().ok
    friday.tick(9)
    friday.settle()
    return quiet(friday.heard(friday.hannah, "Tea: how the week looks"))


def test_one_form_makes_a_team_and_says_when_everybody_is_asked(friday: Friday) -> None:
    form = setup(friday, friday.hannah)
    assert texts.SET_UP_INTRO in form
    assert "Asia/Shanghai" in form
    friday.jim.join(CHANNEL)
    friday.hannah.fill(NAME, "  Tea ")
    assert friday.hannah.submit().ok
    assert "Hannah: Friday at 10:00 (Shanghai time)" in friday.hannah.view_screen(width=100)
    friday.tick(9)
    friday.settle()
    said = quiet(friday.heard(friday.hannah, "Tea: how the week looks"))
    assert "Hannah and Jack: Friday at 10:00 (Shanghai time)" in said.text
    assert "Jim: Friday at 10:00 (Los Angeles time)" in said.text
    assert "The digest comes on Monday at 09:00 (Shanghai time)" in said.text
    assert texts.STILL_LOOKING not in said.text
    assert texts.NOT_STARTED in said.text
    assert member_names(friday) == {"Hannah": Role.LEAD, "Jack": Role.MEMBER, "Jim": Role.MEMBER}
    assert [one for one in friday.said_to(friday.jack) if not one.only_for] == []  # nobody else is written to


def test_a_meeting_moves_the_days_and_the_digest_before_it(friday: Friday) -> None:
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea")
    friday.hannah.choose("who_belongs:0", "people")
    friday.hannah.choose("team_members:0", [JIM])
    friday.hannah.choose("team_observers:0", [JACK, JIM])
    friday.hannah.choose("meeting_day:0", "4")
    friday.hannah.choose("meeting_at:0", "17:30")
    assert friday.hannah.submit().ok
    said = friday.heard(friday.hannah, "Tea: how the week looks")
    assert "Jim: Thursday at 10:00 (Los Angeles time)" in said.text
    assert "Hannah: Friday at 10:00 (Shanghai time)" in said.text
    assert "The digest comes on Friday at 16:30 (Shanghai time)" in said.text
    assert "an hour before the meeting" in said.text
    assert "Jack: nothing is asked" in said.text
    assert member_names(friday) == {"Hannah": Role.LEAD, "Jim": Role.MEMBER, "Jack": Role.OBSERVER}


def test_sent_twice_it_makes_one_team(friday: Friday) -> None:
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea")
    assert friday.hannah.submit().ok
    once_more(friday)
    friday.hannah.close(everything=True)
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea")
    assert friday.hannah.submit().ok  # and so does another form that says the same
    friday.settle()
    assert team_names(friday) == ["Tea"]
    assert len([one for one in friday.said_to(friday.hannah) if "how the week looks" in one.text]) == 1


def once_more(friday: Friday) -> None:
    """The last form arrives once more, as after a double click."""
    sent = [one["payload"] for one in friday.slack.records if one.get("type") == "interactive"]
    envelope = Envelope("interactive", sent[-1], answerable=True)
    friday.slack.world.send(envelope)
    friday.until(lambda: envelope.acked)
    assert (envelope.answer or {}).get("response_action") != "errors"


def test_each_mistake_is_a_sentence_beside_its_field_and_nothing_is_written(friday: Friday) -> None:
    friday.move_in()
    friday.slack.add_channel("outside", id="C0OUTSIDE1", members=[HANNAH], bot_is_member=False)
    bot = friday.slack.bot_user_id
    setup(friday, friday.hannah)
    friday.hannah.choose("team_leads:0", [])
    assert set(friday.hannah.submit().errors) == {NAME, "team_leads:0"}  # Slack's client holds it back
    friday.hannah.fill(NAME, "   ")
    friday.hannah.choose("team_leads:0", [HANNAH])
    friday.hannah.choose("meeting_day:0", "0")
    assert friday.hannah.submit().errors == {
        NAME: texts.PROBLEMS[Why.EMPTY_NAME],
        "meeting_at:0": texts.PROBLEMS[Why.NO_TIME],
    }
    friday.hannah.fill(NAME, "x" * 2000)
    friday.hannah.choose("team_leads:0", [bot])
    friday.hannah.choose("team_channel:0", "C0OUTSIDE1")
    friday.hannah.choose("team_members:0", [JACK])
    friday.hannah.choose("meeting_day:0", "none")
    friday.hannah.choose("meeting_at:0", "10:00")
    assert friday.hannah.submit().errors == {
        NAME: "That is too long: 2000 characters of at most 80.",
        "team_channel:0": texts.PROBLEMS[Why.BOT_OUTSIDE],
        "team_leads:0": texts.PROBLEMS[Why.NOT_HERE],
        "team_members:0": texts.PROBLEMS[Why.TWO_WAYS],
        "meeting_day:0": texts.PROBLEMS[Why.NO_DAY],
    }
    friday.hannah.choose("team_members:0", [])
    friday.hannah.choose("meeting_at:0", None)
    friday.hannah.choose("team_leads:0", [HANNAH])
    friday.hannah.choose("team_channel:0", CHANNEL)
    friday.hannah.fill(NAME, "teebee")
    with locked(friday.okra.database):
        assert friday.hannah.submit().errors == {NAME: shared.STORAGE_AWAY}
    assert friday.hannah.submit().errors == {
        NAME: "There is a team “TeeBee” already. Which other name would fit?"
    }
    assert team_names(friday) == ["TeeBee"]


def test_forged_fields_are_refused_or_left_out(friday: Friday) -> None:
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea <!channel>")
    view = friday.slack.world.workspace.top_view(HANNAH)
    assert view is not None
    view.values["team_zone:0"]["team_zone:0"]["selected_option"] = {"value": "Mars/Olympus"}
    view.values["team_parent:0"]["team_parent:0"]["selected_option"] = {"value": "4711"}
    view.values["check_in_day:0"]["check_in_day:0"]["selected_option"] = {"value": "9"}
    view.values["team_leads:0"]["team_leads:0"]["selected_users"] = [HANNAH, "x", 7, None]
    view.values["team_channel:0"]["team_channel:0"]["selected_conversation"] = "D0FORGED01"
    assert friday.hannah.submit().errors == {
        "team_zone:0": "I know no time zone “Mars/Olympus”. Type a city and choose one that I offer.",
        "team_parent:0": texts.PROBLEMS[Why.UNKNOWN_PARENT],
        "check_in_day:0": texts.PROBLEMS[Why.NO_CHECK_IN_DAY],
        "team_channel:0": texts.PROBLEMS[Why.NO_CHANNEL],
    }
    assert team_names(friday) == []


def test_zones_and_teams_are_found_by_typing(friday: Friday) -> None:
    friday.move_in()
    setup(friday, friday.hannah)
    assert friday.hannah.suggest("team_zone:0", "los an").texts == ["America/Los Angeles"]
    assert friday.hannah.suggest("team_zone:0", "london").texts[0] == "Europe/London"
    assert friday.hannah.suggest("team_zone:0", "nowhere").texts == []
    assert friday.hannah.suggest("team_parent:0", "").texts == ["None", "TeeBee"]
    friday.hannah.choose("team_parent:0", "TeeBee")
    friday.hannah.fill(NAME, "Leaves")
    friday.hannah.choose("who_belongs:0", "people")
    assert friday.hannah.submit().ok
    friday.hannah.close(everything=True)
    assert "TeeBee" in setup(friday, friday.hannah, "setup Leaves")
    friday.hannah.close(everything=True)
    setup(friday, friday.hannah, "setup TeeBee")
    assert friday.hannah.suggest("team_parent:0", "").texts == ["None"]  # neither itself nor one below it
    view = friday.slack.world.workspace.top_view(HANNAH)
    assert view is not None
    view.values["team_parent:0"]["team_parent:0"]["selected_option"] = {"value": "2"}
    assert friday.hannah.submit().errors == {
        "team_parent:0": "Leaves stands below this team, so it cannot stand above it as well."
    }


def test_bots_and_deactivated_people_are_left_out_and_it_says_so(friday: Friday) -> None:
    gone = friday.slack.add_person("Gone", deleted=True)
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea")
    friday.hannah.choose("who_belongs:0", "people")
    friday.hannah.choose("team_members:0", [friday.slack.bot_user_id, gone, JACK])
    friday.hannah.choose("team_observers:0", [HANNAH, JACK])  # lead and member win
    assert friday.hannah.submit().ok
    said = friday.heard(friday.hannah, "Tea: how the week looks").text
    assert "Left out, because they have no active account here or are bots:" in said
    assert "Gone" in said
    assert member_names(friday) == {"Hannah": Role.LEAD, "Jack": Role.MEMBER}


def test_guests_set_up_nothing_and_lead_nothing(friday: Friday) -> None:
    guest = friday.slack.person(friday.slack.add_person("Visitor", is_restricted=True))
    assert okr_later(friday, guest, "setup").text == "You cannot set up a team. Nothing was changed."
    setup(friday, friday.hannah)
    friday.hannah.fill(NAME, "Tea")
    friday.hannah.choose("team_leads:0", [HANNAH, guest.id])
    assert friday.hannah.submit().errors == {
        "team_leads:0": "Visitor is a guest here, and guests cannot lead a team. Who else does?"
    }


def test_nobody_is_asked_before_a_lead_starts_and_the_channel_hears_who_did(friday: Friday) -> None:
    message = set_up_tea(friday)
    friday.tick(10)
    assert not [one for one in friday.said_to(friday.jack) if not one.only_for]
    assert friday.hannah.tap(message, label=texts.START).ok
    friday.settle()
    assert texts.RUNNING in friday.heard(friday.hannah, "Tea: how the week looks").text
    (posted,) = [one for one in friday.hannah.messages(CHANNEL) if one.from_bot and not one.only_for]
    assert quiet(posted).text.startswith("Weekly check-ins for Tea\nHannah has set me up to post here.")
    newest = friday.said_to(friday.hannah)[-1]
    friday.forge(friday.hannah, newest, ids.CHANGE_TEAM, "1", to_action=ids.START_CHECK_INS)
    friday.heard(friday.hannah, texts.STARTED_ALREADY)
    assert len([one for one in friday.hannah.messages(CHANNEL) if one.from_bot and not one.only_for]) == 1


def refusals(friday: Friday) -> int:
    """How often Jack was told that he cannot start; it comes after the acknowledgement."""
    return sum("You cannot start this team’s check-ins." in one.text for one in friday.said_to(friday.jack))


def test_only_leads_start_and_only_leads_and_admins_change(friday: Friday) -> None:
    friday.move_in(started_at=None)
    setup(friday, friday.jack)
    friday.jack.fill(NAME, "Tea")
    friday.jack.choose("who_belongs:0", "people")
    friday.jack.choose("team_leads:0", [HANNAH])
    assert friday.jack.submit().ok
    friday.jack.close(everything=True)
    message = friday.heard(friday.jack, "Tea: how the week looks")
    assert texts.LEADS_START in message.text
    for count, value in enumerate(("1", "2", "0", "99999999999", "x"), start=1):
        friday.forge(friday.jack, message, ids.CHANGE_TEAM, value, to_action=ids.START_CHECK_INS)
        friday.until(lambda count=count: refusals(friday) == count)
    assert "You cannot change this team. Hannah can." in okr(friday, friday.jack, "setup TeeBee").text
    with friday.okra.database.reading() as connection:
        assert {one.started_at for one in teams.everything(connection)} == {None}
    friday.jack.change(is_admin=True)
    friday.settle()
    assert "TeeBee" in setup(friday, friday.jack, "setup TeeBee")


def test_a_form_whose_author_leads_no_more_changes_nothing(friday: Friday) -> None:
    teebee = friday.move_in()
    setup(friday, friday.hannah, "setup TeeBee")
    friday.hannah.fill(NAME, "Mine")
    with friday.okra.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.jack.id, Role.LEAD))
        teams.set_role(connection, Membership(teebee.team.id, teebee.hannah.id, Role.MEMBER))
    assert friday.hannah.submit().errors == {
        NAME: "You cannot change this team. Jack can. Nothing was changed."
    }
    assert team_names(friday) == ["TeeBee"]


def test_the_last_lead_stays_and_a_changed_team_keeps_its_history(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    setup(friday, friday.hannah, "setup TeeBee")
    friday.hannah.choose("team_leads:0", [])
    assert set(friday.hannah.submit().errors) == {"team_leads:0"}  # Slack's client holds it back
    friday.hannah.choose("team_leads:0", [friday.slack.bot_user_id])
    assert friday.hannah.submit().errors == {"team_leads:0": texts.PROBLEMS[Why.NOT_HERE]}
    friday.hannah.choose("team_leads:0", [HANNAH])
    friday.hannah.fill(NAME, "TeeBee Ltd")
    friday.hannah.choose("check_in_day:0", str(MONDAY))
    friday.hannah.choose("meeting_day:0", "2")
    friday.hannah.choose("meeting_at:0", "15:00")
    assert friday.hannah.submit().ok
    friday.hannah.close(everything=True)
    with friday.okra.database.reading() as connection:
        changed = teams.by_id(connection, teebee.team.id)
    assert (changed.name, changed.check_in.meeting) == ("TeeBee Ltd", Meeting(2, time(15)))
    assert changed.check_in.digest is None
    assert changed.started_at == teebee.team.started_at
    assert "Customers who renew" in okr(friday, friday.jack, "team TeeBee Ltd").text
    friday.tick(10, day=FRIDAY + timedelta(days=3))  # the Monday of the week after
    with friday.okra.database.reading() as connection:
        newest = rounds.newest(connection, teebee.team.id)
    assert [one.date for one in newest] == [FRIDAY + timedelta(days=3), FRIDAY]


def test_who_edits_at_the_same_time_sees_what_changed_and_decides(friday: Friday) -> None:
    teebee = friday.move_in()
    with friday.okra.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.jack.id, Role.LEAD))
    for actor in (friday.hannah, friday.jack):
        setup(friday, actor, "setup TeeBee")
    friday.jack.fill(NAME, "Jacks")
    friday.jack.choose("team_observers:0", [JIM])
    assert friday.jack.submit().ok
    friday.hannah.fill(NAME, "Hannahs")
    assert friday.hannah.submit().ok
    form = friday.hannah.view_screen(width=120)
    assert "Somebody else has changed its name and its observers since you opened this." in form
    assert "Its name, as saved now: Jacks." in form
    assert "Hannahs" in form
    assert team_names(friday) == ["Jacks"]
    assert friday.hannah.submit().ok
    assert team_names(friday) == ["Hannahs"]
    assert member_names(friday, "Hannahs") == {"Hannah": Role.LEAD, "Jack": Role.LEAD, "Jim": Role.OBSERVER}


def test_an_empty_home_offers_to_set_up_a_team(friday: Friday) -> None:
    friday.jim.open_home()
    friday.until(friday.jim.home)
    assert friday.jim.tap("home", label=texts.SET_UP_BUTTON).ok
    friday.until(friday.jim.view)
    assert texts.SET_UP_INTRO in friday.jim.view_screen(width=100)
