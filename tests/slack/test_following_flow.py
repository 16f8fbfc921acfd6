"""Who comes into a team's channel and goes from it is followed, and what nobody owns any more is handed over."""

from dataclasses import replace
from datetime import timedelta

from bot.okr.model import Membership, OwedState, Role
from bot.practice import Message
from bot.services.okrs import okr_sending
from bot.slack import ids
from bot.slack.texts import teams as texts
from bot.storage import okrs, owing, people, rounds, teams
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, TeeBee
from tests.slack.friday import Friday, quiet
from tests.slack.test_command import okr
from tests.slack.test_setup_flow import member_names, set_up_tea

SATURDAY = FRIDAY + timedelta(days=1)


def from_channel(friday: Friday) -> TeeBee:
    """TeeBee, whose members are whoever is in #okrs."""
    teebee = friday.move_in()
    with friday.okra.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE teams SET from_channel = TRUE")
    friday.tick(9)
    friday.settle()
    return teebee


def admin_names(friday: Friday) -> set[str]:
    with friday.okra.database.reading() as connection:
        admins = people.slack_admins(connection)
        return {one.name for one in people.by_ids(connection, admins).values()}


def vacancy(friday: Friday) -> Message:
    return quiet(friday.heard(friday.hannah, "TeeBee: who takes over?"))


def test_who_joins_the_channel_joins_the_team_and_who_leaves_it_leaves(friday: Friday) -> None:
    message = set_up_tea(friday)
    friday.jim.join(CHANNEL)
    friday.settle()
    assert member_names(friday)["Jim"] is Role.MEMBER
    assert "Jim: Friday" in next(one for one in friday.said_to(friday.hannah) if one.ts == message.ts).text
    friday.again()
    friday.jack.leave(CHANNEL)
    friday.settle()
    assert member_names(friday) == {"Hannah": Role.LEAD, "Jim": Role.MEMBER}
    friday.hannah.invite(JACK, CHANNEL)
    friday.settle()
    assert member_names(friday)["Jack"] is Role.MEMBER
    friday.hannah.remove(JIM, CHANNEL)
    friday.settle()
    assert "Jim" not in member_names(friday)


def test_guests_and_bots_in_the_channel_do_not_belong_to_the_team(friday: Friday) -> None:
    set_up_tea(friday)
    friday.hannah.invite(friday.slack.add_person("Visitor", is_restricted=True), CHANNEL)
    friday.hannah.invite(friday.slack.add_person("Robot", is_bot=True), CHANNEL)
    friday.settle()
    assert set(member_names(friday)) == {"Hannah", "Jack"}


def test_who_takes_over_is_asked_no_more_once_that_is_settled_anywhere(friday: Friday) -> None:
    teebee = from_channel(friday)
    friday.jack.leave(CHANNEL)
    friday.settle()
    assert vacancy(friday).text.count("Jack has left the team.") == 3
    first, second, third = teebee.of(teebee.jack)
    database, now, why = friday.okra.database, friday.clock(), "Jack has left us"
    okr_sending.hand_over(database, HANNAH, 0, first, owner=HANNAH, delegate=None, reason=why, now=now)
    okr_sending.drop(database, HANNAH, 0, second, reason=why, now=now)
    friday.okra.wake_senders()
    friday.settle()
    assert vacancy(friday).text.count("Jack has left the team.") == 1
    home = next(one.objective_id for one in teebee.key_results if one.id == third)
    okr_sending.drop(database, HANNAH, home, 0, reason=why, now=now)
    friday.okra.wake_senders()
    friday.settle()
    friday.heard(friday.hannah, texts.NOTHING_VACANT.format(team="TeeBee"))


def test_a_team_chosen_by_name_does_not_follow_its_channel(friday: Friday) -> None:
    friday.move_in()
    friday.jim.join(CHANNEL)
    friday.jack.leave(CHANNEL)
    friday.settle()
    friday.tick(9, day=SATURDAY)
    assert member_names(friday, "TeeBee") == {"Hannah": Role.LEAD, "Jack": Role.MEMBER}


def test_who_has_left_is_asked_nothing_and_their_lead_hands_over(friday: Friday) -> None:
    teebee = from_channel(friday)
    friday.tick(10)
    friday.settle()
    friday.heard(friday.jack, "3 key results")
    friday.jack.leave(CHANNEL)
    friday.settle()
    with friday.okra.database.reading() as connection:
        (round_,) = rounds.newest(connection, teebee.team.id)
        of_jack = [one for one in owing.in_round(connection, round_.id) if one.person_id == teebee.jack.id]
    assert {one.state for one in of_jack} == {OwedState.AWAY}
    message = vacancy(friday)
    assert message.text.count("Jack has left the team.") == 3
    form = friday.form(friday.hannah, message, ids.HAND_OVER_VACANT)
    assert "Jack has left" in form
    for nobody in (friday.slack.bot_user_id, "USLACKBOT"):
        friday.hannah.choose(ids.NEW_OWNER, nobody)
        assert "no active account" in friday.hannah.submit().errors[ids.NEW_OWNER]
    friday.hannah.choose(ids.NEW_OWNER, HANNAH)
    friday.hannah.fill(ids.WHY_HANDED_OVER, "  ")
    assert friday.hannah.submit().errors == {ids.WHY_HANDED_OVER: texts.NO_REASON}
    friday.hannah.fill(ids.WHY_HANDED_OVER, "Jack has left us")
    assert friday.hannah.submit().ok
    assert "Hannah owns it now" in friday.hannah.view_screen(width=100)
    friday.hannah.close(everything=True)
    friday.settle()
    taken = of_jack[0].key_result_id
    with friday.okra.database.reading() as connection:
        moved = next(one for one in owing.in_round(connection, round_.id) if one.key_result_id == taken)
    assert (moved.person_id, moved.state) == (teebee.hannah.id, OwedState.WAITING)
    assert vacancy(friday).text.count("Jack has left the team.") == 2
    assert "Jack has left us" in digest_text(friday)
    opened = friday.forge(friday.hannah, vacancy(friday), ids.HAND_OVER_VACANT, str(taken))
    assert opened.acked
    friday.until(friday.hannah.view)
    assert "Hannah owns that key result now" in friday.hannah.view_screen(width=100)


def digest_text(friday: Friday) -> str:
    friday.tick(16, 30)
    friday.settle()
    return "\n".join(one.text for one in friday.hannah.messages(CHANNEL) if one.from_bot)


def test_each_vacancy_is_told_once_and_all_of_a_week_in_one_message(friday: Friday) -> None:
    teebee = from_channel(friday)
    friday.jack.leave(CHANNEL)
    friday.settle()
    first = vacancy(friday)
    with friday.okra.database.transaction() as connection:
        known = okrs.key_results_by_ids(connection, teebee.of(teebee.hannah))
        mine = next(iter(known.values()))
        jim = people.by_slack_id(connection, JIM)
        assert jim is not None
        okrs.save_key_result(connection, replace(mine, owner_id=jim.id))
    friday.jim.change(deleted=True)
    friday.settle()
    assert vacancy(friday).ts == first.ts
    assert "Jim has no active account here any more." in vacancy(friday).text
    for day in (SATURDAY, FRIDAY + timedelta(days=7)):
        friday.tick(9, day=day)
        friday.settle()
    told = [one for one in friday.said_to(friday.hannah) if "who takes over?" in one.text]
    assert len(told) == 1


def test_others_who_tap_or_forge_it_hand_nothing_over(friday: Friday) -> None:
    teebee = from_channel(friday)
    friday.jack.change(deleted=True)
    friday.settle()
    message = vacancy(friday)
    with friday.okra.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.hannah.id, Role.MEMBER))
    friday.form(friday.hannah, message, ids.HAND_OVER_VACANT)
    assert "You cannot change this key result." in friday.hannah.view_screen(width=100)
    friday.hannah.close(everything=True)
    for value in ("0", "x", "99999999999", "4711"):
        assert friday.forge(friday.hannah, message, ids.HAND_OVER_VACANT, value).acked
        friday.until(friday.hannah.view)
        assert "You cannot change this key result." in friday.hannah.view_screen(width=100)
        friday.hannah.close(everything=True)


def test_a_lead_who_leaves_goes_only_where_another_one_stays(friday: Friday) -> None:
    set_up_tea(friday)
    boss = friday.slack.person(friday.slack.add_person("Boss", is_owner=True))
    assert boss.command("/okr", "team").ok
    friday.until(lambda: "Boss" in admin_names(friday))
    friday.hannah.leave(CHANNEL)
    friday.settle()
    assert member_names(friday)["Hannah"] is Role.LEAD
    said = friday.heard(boss, "Hannah has left the channel of Tea and was its only lead. Who leads it now?")
    assert friday.form(boss, said, ids.CHANGE_TEAM)
    boss.choose("team_leads:0", [HANNAH, JACK])
    assert boss.submit().ok
    friday.settle()
    friday.hannah.join(CHANNEL)
    friday.settle()
    friday.hannah.leave(CHANNEL)
    friday.settle()
    assert "Hannah" not in member_names(friday)
    friday.heard(friday.jack, "Hannah has left the channel of Tea, so Hannah does not lead it any more.")


def test_the_leads_hear_once_that_okra_is_out_of_their_channel(friday: Friday) -> None:
    friday.move_in()
    friday.hannah.remove(friday.slack.bot_user_id, CHANNEL)
    friday.settle()
    said = quiet(friday.heard(friday.hannah, "I am not in the channel of TeeBee any more"))
    assert "/invite @Okra" in said.text
    friday.tick(9)
    friday.tick(9, day=SATURDAY)
    friday.settle()
    assert len([one for one in friday.said_to(friday.hannah) if "the channel of TeeBee" in one.text]) == 1
    friday.hannah.invite(friday.slack.bot_user_id, CHANNEL)
    friday.settle()
    assert friday.heard(friday.hannah, "I am in the channel of TeeBee again.").ts == said.ts


def test_the_daily_look_mends_what_no_event_told(friday: Friday) -> None:
    set_up_tea(friday)
    friday.slack.change_channel(CHANNEL, members=(HANNAH, JIM, friday.slack.bot_user_id))
    friday.tick(11)
    assert "Jim" not in member_names(friday)
    friday.tick(9, day=SATURDAY)
    assert member_names(friday) == {"Hannah": Role.LEAD, "Jim": Role.MEMBER}
    asked = len(friday.calls("conversations.members"))
    friday.tick(12, day=SATURDAY)
    assert len(friday.calls("conversations.members")) == asked


def test_admins_are_slacks_own_and_those_whom_they_name(friday: Friday) -> None:
    friday.move_in()
    assert texts.NO_ADMINS in okr(friday, friday.jack, "admins").text
    assert "You cannot name an admin." in okr(friday, friday.jack, "admins @Jack").text
    friday.hannah.change(is_owner=True)
    friday.settle()
    named = okr(friday, friday.hannah, "admins @Jack")
    assert "Jack is an admin now." in named.text
    assert "Hannah: an admin of this workspace" in named.text
    assert texts.NAMED_BEFORE.format(who="Jack") in okr(friday, friday.hannah, "admins @Jack").text
    assert okr(friday, friday.hannah, "admins Jack").text == texts.WHO_IS_ADMIN
    assert friday.hannah.tap(named, label=texts.UNNAME).ok
    friday.heard(friday.hannah, "Jack is not an admin any more.")
    assert friday.forge(friday.hannah, named, ids.UNNAME_ADMIN, "1").acked
    friday.heard(friday.hannah, texts.NOT_NAMED.format(who="Hannah"))
    assert "Hannah: an admin" in okr(friday, friday.hannah, "admins").text
