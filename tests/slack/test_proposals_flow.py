"""Proposals for a draft: from the button to what became of them, and what goes wrong."""

from dataclasses import replace
from typing import Any

from bot.okr.measures import Move
from bot.okr.model import ProposalOutcome
from bot.practice import Message
from bot.services.drafting.draft_sets import WhyNot
from bot.slack import ids
from bot.slack import texts as common
from bot.slack.texts import drafts as texts
from bot.slack.texts import writing
from bot.storage import okrs, proposals
from tests.services.drafted import draft_of
from tests.services.teebee import CHANNEL, HANNAH, JACK, JIM, TeeBee
from tests.slack.drafting import in_channel, opened, said_instead, share, shown, tapped
from tests.slack.friday import Friday, locked, quiet


def at(what: str) -> str:
    """The field of a form that was not drawn anew."""
    return ids.field(what, 0)


def shared(friday: Friday) -> tuple[TeeBee, int, Message]:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    return teebee, cycle, share(friday)


def choose(friday: Friday, actor: Any, posted: Message, what: str, title: str) -> None:
    """Opens the form in which that is proposed."""
    tapped(friday, actor, posted, ids.DRAFT_PROPOSE, texts.PROPOSE_WHAT)
    actor.choose(ids.PROPOSED, what)
    assert actor.submit().ok
    shown(friday, actor, title)


def propose_a_key_result(friday: Friday, actor: Any, posted: Message, words: str = "Hotel chains") -> None:
    (aim,) = {
        one["value"]
        for one in options(friday, posted, actor)
        if one["value"].startswith("n") and one["value"] != "new"
    }
    choose(friday, actor, posted, aim, texts.PROPOSE_KEY_RESULT)
    actor.fill(at(ids.OKR_TITLE), words)
    actor.fill(at(ids.OKR_START), "0")
    actor.fill(at(ids.OKR_TARGET), "3")
    actor.fill(ids.PROPOSE_WHY, "Two have asked <!here>")
    assert actor.submit().ok
    shown(friday, actor, texts.PROPOSED_NOW[:12])
    actor.close(everything=True)
    friday.settle()


def options(friday: Friday, posted: Message, actor: Any) -> list[dict[str, Any]]:
    tapped(friday, actor, posted, ids.DRAFT_PROPOSE, texts.PROPOSE_WHAT)
    (menu,) = [one["element"] for one in actor.view()["blocks"] if one["block_id"] == ids.PROPOSED]
    actor.close(everything=True)
    return [one for group in menu["option_groups"] for one in group["options"]]


def kept(friday: Friday, teebee: TeeBee, cycle: int) -> list[Any]:
    with friday.okra.database.reading() as connection:
        return proposals.of_set(connection, teebee.team.id, cycle)


def test_a_key_result_that_somebody_proposes_is_accepted_with_a_word(friday: Friday) -> None:
    teebee, cycle, posted = shared(friday)
    propose_a_key_result(friday, friday.jack, posted)
    assert "1 proposal open" in in_channel(friday).text
    asked = quiet(friday.said_to(friday.hannah)[-1])
    assert "TeeBee’s draft for 2027 Q1 waits for you." in asked.text
    assert "A key result for Hotels ask for our tea by name: Hotel chains · 0 → 3 · Jack" in asked.text
    assert "Proposed by Jack: “Two have asked &lt;!here&gt;”" in asked.text
    tapped(friday, friday.hannah, asked, ids.PROPOSAL_ACCEPT, texts.ACCEPT_TITLE)
    friday.hannah.fill(ids.PROPOSAL_WORD, "Good idea")
    assert friday.hannah.submit().ok
    friday.settle()
    text = in_channel(friday).text
    assert "• Hotel chains 0 → 3, Jack · not committed yet\nproposed by Jack, accepted by Hannah" in text
    assert "proposal open" not in text
    heard = quiet(friday.heard(friday.jack, "Hannah has accepted what you proposed"))
    assert "“Good idea”" in heard.text
    assert "Hotel chains" in [one for one in friday.said_to(friday.jack) if "commit to" in one.text][-1].text
    (one,) = kept(friday, teebee, cycle)
    assert (one.by_id, one.answered_by_id, one.answer) == (teebee.jack.id, teebee.hannah.id, "Good idea")
    assert "proposed by Jack, accepted by Hannah" in opened(friday, friday.hannah, "edit ask for our tea")


def test_one_that_is_declined_is_kept_with_the_word(friday: Friday) -> None:
    teebee, cycle, posted = shared(friday)
    propose_a_key_result(friday, friday.jack, posted)
    asked = friday.said_to(friday.hannah)[-1]
    tapped(friday, friday.hannah, asked, ids.PROPOSAL_DECLINE, texts.DECLINE_TITLE)
    friday.hannah.fill(ids.PROPOSAL_WORD, "  ")
    friday.hannah.submit()
    friday.hannah.fill(ids.PROPOSAL_WORD, "Next quarter, please")
    assert friday.hannah.submit().ok
    friday.settle()
    assert "Hotel chains" not in in_channel(friday).text
    assert "“Next quarter, please”" in friday.heard(friday.jack, "has declined").text
    text = opened(friday, friday.jim, "draft tee")
    assert "DECLINED" in text
    assert "declined by Hannah: “Next quarter, please”" in text
    (one,) = kept(friday, teebee, cycle)
    assert one.outcome is ProposalOutcome.DECLINED


def test_an_objective_is_the_leads_to_decide_and_ones_own_change_needs_nobody(friday: Friday) -> None:
    teebee, cycle, posted = shared(friday)
    choose(friday, friday.jack, posted, "new", texts.PROPOSE_OBJECTIVE)
    friday.jack.fill(at(ids.OKR_TITLE), "Restaurants cook with our tea")
    assert friday.jack.submit().ok
    friday.settle()
    asked = friday.said_to(friday.hannah)[-1]
    assert "A new objective: Restaurants cook with our tea · aspirational · Jack" in asked.text
    friday.jack.close(everything=True)
    choose(friday, friday.jack, posted, "Change “Orders without a call”", texts.PROPOSE_CHANGE)
    friday.jack.fill(at(ids.OKR_TARGET), "75")
    assert friday.jack.submit().ok
    shown(friday, friday.jack, texts.PROPOSED_AND_DONE)
    friday.settle()
    text = in_channel(friday).text
    assert "Orders without a call 30 → 75 %" in text
    assert "proposed by Jack, accepted by Jack" in text
    assert [one.outcome for one in kept(friday, teebee, cycle)] == [None, ProposalOutcome.ACCEPTED]


def test_a_change_keeps_what_others_have_changed_since_and_shows_what_it_would_be(friday: Friday) -> None:
    teebee, _, posted = shared(friday)
    choose(friday, friday.hannah, posted, "Change “Orders without a call”", texts.PROPOSE_CHANGE)
    friday.hannah.fill(at(ids.OKR_TITLE), "Orders without any call")
    assert friday.hannah.submit().ok
    friday.settle()
    asked = friday.said_to(friday.jack)[-1]
    assert "title: Orders without a call → Orders without any call" in asked.text
    tapped(friday, friday.jack, asked, ids.PROPOSAL_ACCEPT, "any call")
    key_result = next(iter(teebee_draft(friday, "Orders without a call")))
    with friday.okra.database.transaction() as connection:
        known = okrs.key_results_by_ids(connection, [key_result])[key_result]
        okrs.save_key_result(connection, replace(known, measure=Move(30, 90)))
    assert friday.jack.submit().ok
    text = shown(friday, friday.jack, texts.CANNOT[WhyNot.CHANGED])
    assert texts.CHANGED_SINCE_PROPOSED in text
    assert friday.jack.submit().ok
    friday.settle()
    assert "Orders without any call 30 → 90 %" in in_channel(friday).text
    assert teebee.team.name == "TeeBee"


def teebee_draft(friday: Friday, title: str) -> list[int]:
    with friday.okra.database.reading() as connection:
        every = okrs.of_cycles(connection, [2], drafts=True)
    return [one.id for each in every for one in each.key_results if one.title == title]


def test_what_cannot_be_is_said_beside_its_field_before_anybody_is_asked(friday: Friday) -> None:
    teebee, cycle, posted = shared(friday)
    (aim,) = [one["value"] for one in options(friday, posted, friday.jack) if one["value"][1:].isdigit()][:1]
    choose(friday, friday.jack, posted, aim, texts.PROPOSE_KEY_RESULT)
    friday.jack.fill(at(ids.OKR_TITLE), "hotels that  REORDER")
    friday.jack.fill(at(ids.OKR_START), "4")
    friday.jack.fill(at(ids.OKR_TARGET), "4")
    refused = friday.jack.submit()
    assert "has to move" in refused.errors[at(ids.OKR_TARGET)]
    friday.jack.fill(at(ids.OKR_TARGET), "5")
    assert friday.jack.submit().errors == {at(ids.OKR_TITLE): writing.TITLE_TAKEN}
    friday.jack.choose(at(ids.OKR_OWNER), "USLACKBOT")
    assert at(ids.OKR_OWNER) in friday.jack.submit().errors
    friday.jack.close(everything=True)
    choose(friday, friday.jack, posted, "Change “Hotels that reorder”", texts.PROPOSE_CHANGE)
    assert friday.jack.submit().errors == {at(ids.OKR_TITLE): texts.NOTHING_NEW}
    friday.jack.close(everything=True)
    choose(friday, friday.jack, posted, "new", texts.PROPOSE_OBJECTIVE)
    friday.jack.fill(at(ids.OKR_TITLE), "Something secret")
    friday.jack.choose(at(ids.OKR_PRIVATE), ["private"])
    assert friday.jack.submit().errors == {at(ids.OKR_TITLE): texts.SEEN_BY_ALL}
    friday.jack.choose(at(ids.OKR_PRIVATE), [])
    with locked(friday.okra.database):
        assert friday.jack.submit().errors == {at(ids.OKR_TITLE): common.STORAGE_AWAY}
    assert kept(friday, teebee, cycle) == []


def test_the_fields_of_a_proposed_key_result_follow_how_it_is_measured(friday: Friday) -> None:
    _, _, posted = shared(friday)
    aim = next(one["value"] for one in options(friday, posted, friday.jack) if one["value"][1:].isdigit())
    choose(friday, friday.jack, posted, aim, texts.PROPOSE_KEY_RESULT)
    friday.jack.fill(at(ids.OKR_TITLE), "Answers the same day")
    friday.jack.choose(at(ids.OKR_MEASURE), "at_least")
    friday.until(lambda: at(ids.OKR_LOW) in str(friday.jack.view()))
    friday.jack.fill(at(ids.OKR_LOW), "95 %")
    friday.jack.fill(ids.PROPOSE_WHY, "They wait for days")
    assert friday.jack.submit().ok
    friday.settle()
    assert "Answers the same day · at least 95 %" in friday.said_to(friday.hannah)[-1].text


def test_old_forged_and_late_buttons_get_a_sentence(friday: Friday) -> None:
    teebee, cycle, posted = shared(friday)
    propose_a_key_result(friday, friday.jack, posted)
    (one,) = kept(friday, teebee, cycle)
    friday.slack.change_channel(CHANNEL, members=(HANNAH, JACK, JIM))
    accept = ids.PROPOSAL_ACCEPT
    for person in (friday.jack, friday.jim):
        said = said_instead(friday, person, posted, accept, str(one.id))
        assert "You cannot decide about this proposal. Hannah can." in said
    for forged in ("", "0", "99", "x", "99999999999", "2147483648"):
        assert texts.CANNOT[WhyNot.NO_SUCH] in said_instead(friday, friday.hannah, posted, accept, forged)
    asked = friday.said_to(friday.hannah)[-1]
    tapped(friday, friday.hannah, asked, accept, texts.ACCEPT_TITLE)
    assert friday.hannah.submit().ok
    assert friday.hannah.view() is None
    friday.settle()
    again = texts.cannot(WhyNot.DECIDED, "", "", "Hannah")
    assert again in said_instead(friday, friday.hannah, posted, accept, str(one.id))
    assert again in said_instead(friday, friday.hannah, posted, ids.PROPOSAL_DECLINE, str(one.id))
    assert len(teebee_draft(friday, "Hotel chains")) == 1


def test_what_it_is_about_may_be_gone_or_started_when_somebody_decides(friday: Friday) -> None:
    teebee, cycle, posted = shared(friday)
    choose(friday, friday.jack, posted, "Change “Hotels that reorder”", texts.PROPOSE_CHANGE)
    friday.jack.fill(at(ids.OKR_TARGET), "25")
    assert friday.jack.submit().ok
    friday.jack.close(everything=True)
    propose_a_key_result(friday, friday.jack, posted)
    change, new = kept(friday, teebee, cycle)
    asked = friday.said_to(friday.hannah)[-1]
    tapped(friday, friday.hannah, asked, ids.PROPOSAL_ACCEPT, texts.ACCEPT_TITLE)
    teebee.drop(change.key_result_id)
    assert friday.hannah.submit().ok
    shown(friday, friday.hannah, texts.CANNOT[WhyNot.GONE])
    friday.hannah.close(everything=True)
    opened(friday, friday.hannah, "draft")
    friday.hannah.close(everything=True)
    with friday.okra.database.transaction() as connection:
        known = okrs.whole(connection, [new.objective_id])[new.objective_id]
        okrs.add_key_result(connection, replace(known.key_results[0], title="Hotel chains", position=7))
    tapped(friday, friday.hannah, posted, ids.DRAFT, "PROPOSED")
    tapped(friday, friday.hannah, None, ids.PROPOSAL_ACCEPT, texts.ACCEPT_TITLE)
    assert friday.hannah.submit().ok
    shown(friday, friday.hannah, writing.TITLE_TAKEN)
    friday.hannah.close(everything=True)
    opened(friday, friday.hannah, "start", "1 proposal still waits for an answer")
    assert friday.hannah.submit().ok
    started = texts.cannot(WhyNot.STARTED, "TeeBee", "2027 Q1", "")
    friday.hannah.close(everything=True)
    assert started in said_instead(friday, friday.hannah, posted, ids.PROPOSAL_ACCEPT, str(new.id))
    friday.settle()
    assert [one.outcome for one in kept(friday, teebee, cycle)] == [None, None]


def test_before_a_draft_is_shared_nobody_gets_a_message_about_it(friday: Friday) -> None:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    opened(friday, friday.jim, "draft tee")
    tapped(friday, friday.jim, None, ids.DRAFT_PROPOSE, texts.PROPOSE_WHAT)
    friday.jim.choose(ids.PROPOSED, "Change “Orders without a call”")
    assert friday.jim.submit().ok
    shown(friday, friday.jim, texts.PROPOSE_CHANGE)
    friday.jim.fill(at(ids.OKR_TARGET), "80")
    assert friday.jim.submit().ok
    friday.settle()
    assert friday.said_to(friday.jack) == friday.said_to(friday.hannah) == []
    assert len(kept(friday, teebee, cycle)) == 1
    share(friday)
    (asked,) = friday.said_to(friday.jack)
    assert "target: 60 % → 80 %" in asked.text
    assert "Yours to commit to" in asked.text
