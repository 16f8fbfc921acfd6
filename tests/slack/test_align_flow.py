"""Aligning in Slack: choosing by typing, one level up, without loops, and who supports what."""

from dataclasses import replace
from typing import Any

import pytest

from bot.okr.model import Membership, Objective, OkrSet, Role, Supported
from bot.practice import Message
from bot.services.alignment import aligning
from bot.slack import ids
from bot.slack import texts as every_text
from bot.slack.texts import alignment as texts
from bot.storage import changes, okr_cycles, okrs, people, teams
from tests.services.teebee import HANNAH, JACK, at
from tests.services.zenith import Zenith, zenith
from tests.slack.friday import Friday, locked, quiet
from tests.slack.test_command import okr


def aligned_company(friday: Friday) -> Zenith:
    return zenith(friday.move_in())


def form(friday: Friday, actor: Any, words: str) -> str:
    """Opens the form for the objective with these words in its title."""
    outcome = actor.command("/okr", f"align {words}")
    assert outcome.ok, outcome.error
    friday.until(actor.view)
    return str(actor.view_screen(width=100))


def field(what: str, objective: Objective) -> str:
    return ids.field(what, objective.id)


def said(friday: Friday, actor: Any) -> str:
    """What the form has become."""
    friday.until(lambda: "callback_id" not in actor.view() or not actor.view()["callback_id"])
    return str(actor.view_screen(width=200))


def meant(actor: Any) -> str:
    """Which objective the form is about."""
    return str(actor.view()["private_metadata"])


def recorded(company: Zenith) -> list[tuple[str, str, str, str, str]]:
    with company.database.reading() as connection:
        every = changes.of_team(connection, company.teebee.team.id, None, at(23))
    return [(one.by_name, one.field, one.before, one.after, one.reason) for one in every]


def choose(friday: Friday, actor: Any, what: str, objective: Objective, typed: str, *choice: str) -> None:
    found = actor.suggest(field(what, objective), typed)
    assert found.problems == ()
    actor.choose(field(what, objective), list(choice) if what == ids.SERVES else choice[0])


def test_an_objective_is_aligned_by_typing_and_the_change_is_kept(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    shown = form(friday, friday.hannah, "prove")
    assert "Prove our tea’s value to restaurant suppliers" in shown
    found = friday.hannah.suggest(field(ids.PARENT, value), "LOVE")
    assert found.problems == ()
    assert found.texts == ["Be the tea people love"]
    everything = friday.hannah.suggest(field(ids.PARENT, value), "").texts
    assert everything == ["Be the tea people love", "People who recommend us"]
    friday.hannah.choose(field(ids.PARENT, value), "People who recommend us")
    choose(friday, friday.hannah, ids.SERVES, value, "screens", "Screens that people understand")
    friday.hannah.fill(field(ids.REASON, value), "the company’s aim is new")
    assert friday.hannah.submit().ok
    assert "supports “People who recommend us” and “Screens that people understand” now" in said(
        friday, friday.hannah
    )
    saved = company.value()
    assert saved.parent == Supported(company.loved.id, company.loved.key_results[0].id)
    assert saved.serves == {company.screens.id}
    assert recorded(company) == [
        ("Hannah", "supports", "none", "People who recommend us", "the company’s aim is new"),
        ("Hannah", "serves", "none", "Screens that people understand", "the company’s aim is new"),
    ]


def test_it_is_taken_back_the_same_way(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    company.aligned(value, parent=Supported(company.loved.id), serves=frozenset({company.screens.id}))
    assert "Be the tea people love" in form(friday, friday.hannah, "prove")
    friday.hannah.choose(field(ids.PARENT, value), None)
    friday.hannah.choose(field(ids.SERVES, value), [])
    friday.hannah.fill(field(ids.REASON, value), "no more")
    assert friday.hannah.submit().ok
    assert "supports nothing now" in said(friday, friday.hannah)
    assert (company.value().parent, company.value().serves) == (None, frozenset())


def test_nothing_changed_is_nothing_recorded(friday: Friday) -> None:
    company = aligned_company(friday)
    form(friday, friday.hannah, "prove")
    friday.hannah.fill(field(ids.REASON, company.value()), "just looking")
    assert friday.hannah.submit().ok
    assert "supports nothing now" in said(friday, friday.hannah)
    assert recorded(company) == []


def test_several_that_fit_are_offered_and_only_ones_own(friday: Friday) -> None:
    company = aligned_company(friday)
    reply = okr(friday, friday.hannah, "align")
    assert texts.WHICH_OBJECTIVE in reply.text
    options = [one["text"]["text"] for one in reply.blocks[1]["elements"][0]["options"]]
    assert options == [
        "Prove our tea’s value to restaurant suppliers · TeeBee",
        "Make ordering online easy for suppliers · TeeBee",
    ]
    assert friday.hannah.tap(reply, action_id=ids.ALIGN, choice=options[1]).ok
    friday.until(friday.hannah.view)
    assert str(company.online().id) == meant(friday.hannah)
    jacks = okr(friday, friday.jack, "align nothing like it")
    assert "None of the objectives that you can change has “nothing like it”" in jacks.text
    form(friday, friday.jack, "")
    assert str(company.online().id) == meant(friday.jack)


def test_whoever_may_change_nothing_is_told_who_may(friday: Friday) -> None:
    friday.move_in()
    assert okr(friday, friday.jim, "align").text == texts.NOTHING_TO_ALIGN


def refused(friday: Friday, actor: Any, objective: Objective, what: str = ids.PARENT) -> str:
    assert not actor.submit().ok
    return str(actor.view_errors()[field(what, objective)])


def test_a_circle_is_refused_with_the_way_round(friday: Friday) -> None:
    company = aligned_company(friday)
    value, online = company.value(), company.online()
    company.aligned(company.screens, parent=None, serves=frozenset({online.id}))
    company.aligned(online, serves=frozenset({value.id}))
    form(friday, friday.hannah, "prove")
    choose(friday, friday.hannah, ids.SERVES, value, "screens", "Screens that people understand")
    friday.hannah.fill(field(ids.REASON, value), "why not")
    message = refused(friday, friday.hannah, value)
    assert "“Screens that people understand” leads to “Make ordering online easy for suppliers”" in message
    assert company.value().serves == frozenset()


def test_what_has_been_dropped_meanwhile_is_said(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    form(friday, friday.hannah, "prove")
    choose(friday, friday.hannah, ids.PARENT, value, "", "Be the tea people love")
    friday.hannah.fill(field(ids.REASON, value), "why not")
    with company.database.transaction() as connection:
        okrs.drop_objective(connection, company.loved.id, at(9))
    assert refused(friday, friday.hannah, value) == texts.NOT_ALIGNED[aligning.WhyNot.GONE]
    assert company.value().parent is None


def test_what_it_supported_and_has_been_dropped_is_named_in_the_form(friday: Friday) -> None:
    company = aligned_company(friday)
    company.aligned(company.value(), parent=Supported(company.loved.id, company.loved.key_results[0].id))
    with company.database.transaction() as connection:
        okrs.drop_key_result(connection, company.loved.key_results[0].id, at(9))
    assert "It supported “People who recommend us”; that has been dropped" in form(
        friday, friday.hannah, "prove"
    )


def test_a_started_cycle_takes_a_reason_and_a_draft_does_not(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    form(friday, friday.hannah, "prove")
    assert field(ids.REASON, value) in str(friday.hannah.view())
    friday.hannah.close()
    with company.database.transaction() as connection:
        cycle = okr_cycles.everything(connection)[0]
        okr_cycles.begin_draft(connection, company.teebee.team.id, cycle.id)
        assert okr_cycles.set_of(connection, company.teebee.team.id, cycle.id) == OkrSet(
            company.teebee.team.id, cycle.id
        )
    form(friday, friday.hannah, "prove")
    assert field(ids.REASON, value) not in str(friday.hannah.view())
    choose(friday, friday.hannah, ids.PARENT, value, "", "Be the tea people love")
    assert friday.hannah.submit().ok
    assert "now" in said(friday, friday.hannah)
    assert company.value().parent == Supported(company.loved.id)
    assert recorded(company) == []


def test_whoever_aligned_it_meanwhile_is_not_overwritten(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    form(friday, friday.hannah, "prove")
    choose(friday, friday.hannah, ids.PARENT, value, "", "Be the tea people love")
    friday.hannah.fill(field(ids.REASON, value), "mine")
    company.aligned(value, parent=Supported(company.loved.id, company.loved.key_results[0].id))
    assert friday.hannah.submit().ok
    assert texts.NOT_ALIGNED[aligning.WhyNot.CHANGED_MEANWHILE] in said(friday, friday.hannah)
    assert company.value().parent == Supported(company.loved.id, company.loved.key_results[0].id)


def test_rights_are_asked_again_when_the_form_comes_back(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    form(friday, friday.hannah, "prove")
    choose(friday, friday.hannah, ids.PARENT, value, "", "Be the tea people love")
    friday.hannah.fill(field(ids.REASON, value), "mine")
    with company.database.transaction() as connection:
        teams.set_role(
            connection, Membership(company.teebee.team.id, company.teebee.hannah.id, Role.OBSERVER)
        )
        okrs.save_objective(connection, replace(value, owner_id=company.teebee.jack.id))
    assert friday.hannah.submit().ok
    assert "You cannot change this objective. Jack can." in said(friday, friday.hannah)
    assert company.value().parent is None


@pytest.mark.parametrize("value", ["999999", "0", "-3", "99999999999", "x", ""])
def test_a_forged_objective_opens_nothing(friday: Friday, value: str) -> None:
    aligned_company(friday)
    reply = okr(friday, friday.hannah, "align")
    friday.forge(friday.hannah, reply, ids.ALIGN, value)
    friday.until(friday.hannah.view)
    assert texts.NOT_ALIGNED[aligning.WhyNot.NO_SUCH] in friday.hannah.view_screen(width=200)


def test_somebody_elses_objective_is_not_aligned_by_a_forged_menu(friday: Friday) -> None:
    company = aligned_company(friday)
    reply = okr(friday, friday.hannah, "align")
    friday.forge(friday.hannah, reply, ids.ALIGN, str(company.loved.id))
    friday.until(friday.hannah.view)
    assert "You cannot change this objective. Jim can." in friday.hannah.view_screen(width=200)


def test_the_form_stays_open_while_nothing_can_be_written(friday: Friday) -> None:
    company = aligned_company(friday)
    value = company.value()
    form(friday, friday.hannah, "prove")
    choose(friday, friday.hannah, ids.PARENT, value, "", "Be the tea people love")
    friday.hannah.fill(field(ids.REASON, value), "mine")
    with locked(company.database):
        assert refused(friday, friday.hannah, value) == every_text.STORAGE_AWAY
    assert friday.hannah.submit().ok
    said(friday, friday.hannah)
    assert company.value().parent == Supported(company.loved.id)


def test_the_company_supports_nothing_but_may_serve(friday: Friday) -> None:
    company = aligned_company(friday)
    shown = form(friday, friday.jim, "love")
    assert texts.AT_THE_TOP in shown
    assert field(ids.PARENT, company.loved) not in str(friday.jim.view())
    assert friday.jim.suggest(field(ids.SERVES, company.loved), "prove").texts == [
        "Prove our tea’s value to restaurant suppliers"
    ]


def test_ones_own_supports_the_teams(friday: Friday) -> None:
    company = aligned_company(friday)
    own = company.add(company.teebee.team, "Learn to taste", company.teebee.jack, "Teas known", personal=True)
    form(friday, friday.jack, "taste")
    offered = friday.jack.suggest(field(ids.PARENT, own), "").texts
    assert offered[0] == "Prove our tea’s value to restaurant suppliers"
    assert "Be the tea people love" not in offered


def test_at_most_a_hundred_are_offered(friday: Friday) -> None:
    company = aligned_company(friday)
    with company.database.transaction() as connection:
        jim = people.by_ids(connection, [company.jim.id])[company.jim.id]
    company.add(company.company, "Everything", jim, *(f"Measure {number}" for number in range(130)))
    form(friday, friday.hannah, "prove")
    found = friday.hannah.suggest(field(ids.PARENT, company.value()), "")
    assert (len(found.options), found.problems) == (100, ())


def test_who_supports_it_is_listed_with_both_figures(friday: Friday) -> None:
    company = aligned_company(friday)
    company.aligned(company.value(), parent=Supported(company.loved.id))
    reply = okr(friday, friday.jack, "tree")
    assert friday.jack.tap(reply, action_id=ids.SUPPORTERS, choice=str(company.loved.id)).ok
    shown = latest(friday, friday.jack, "Who supports Be the tea people love")
    assert "Screens that people understand · UED, Jim" in shown.text
    assert "through “People who recommend us”" in shown.text
    assert "Prove our tea’s value to restaurant suppliers · TeeBee, Hannah" in shown.text
    assert "Itself 0 %; its supporters’ mean" in shown.text
    assert "Align" not in str(shown.blocks)
    reply = okr(friday, friday.jim, "tree")
    assert friday.jim.tap(reply, action_id=ids.SUPPORTERS, choice=str(company.loved.id)).ok
    assert friday.jim.tap(latest(friday, friday.jim, "Who supports"), label="Align").ok
    friday.until(friday.jim.view)
    assert meant(friday.jim) == str(company.loved.id)


def latest(friday: Friday, actor: Any, words: str) -> Message:
    found: Message = friday.until(
        lambda: next((one for one in reversed(actor.messages()) if words in one.text), None)
    )
    return quiet(found)


def test_people_who_are_no_more_align_nothing(friday: Friday) -> None:
    company = aligned_company(friday)
    assert aligning.mine(company.database, "U0NOBODY01", "", at(9)) == []
    assert [one.title for one in aligning.mine(company.database, JACK, "", at(9))] == [
        "Make ordering online easy for suppliers"
    ]
    assert len(aligning.mine(company.database, HANNAH, "", at(9))) == 2
