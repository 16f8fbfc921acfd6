"""Who is to clear the way, but hears nothing of it: whoever named them is told so."""

from tests.services.teebee import HANNAH, JACK, JIM
from tests.slack.friday import Friday, quiet
from tests.slack.test_blockers_flow import asked, name_in_form, newest, prompt

IS_GUEST = "{who} is a guest and sees only their own OKRs, so I cannot tell them."
NO_ACCOUNT = "Hannah has no active account here, so I cannot tell them."


def test_a_guest_is_told_nothing_of_others_and_its_author_hears_that(friday: Friday) -> None:
    teebee = asked(friday)
    friday.jim.change(is_restricted=True)
    friday.settle()
    name_in_form(friday, teebee.of(teebee.jack)[2], JIM)
    assert IS_GUEST.format(who="Jim") in quiet(prompt(friday, friday.jack)).text
    assert IS_GUEST.format(who="Jim") in friday.form(friday.jack, newest(friday, friday.jack))
    friday.tick(16, 30)
    friday.settle()
    assert friday.said_to(friday.jim) == []
    friday.jim.open_home()
    friday.settle()
    assert "Jack waits" not in friday.jim.home_screen(width=200)
    assert "cannot tell" not in friday.digest().text


def test_whoever_turns_out_to_be_a_guest_is_said_not_to_be_told(friday: Friday) -> None:
    teebee = asked(friday)
    kim = friday.slack.add_person("Kim", is_restricted=True)
    name_in_form(friday, teebee.of(teebee.jack)[2], kim)
    assert "cannot tell" not in prompt(friday, friday.jack).text
    friday.tick(10, 1)
    assert IS_GUEST.format(who="Kim") in prompt(friday, friday.jack).text


def test_the_receipt_says_that_a_guest_is_not_told(friday: Friday) -> None:
    asked(friday)
    friday.hannah.change(is_restricted=True)
    friday.settle()
    friday.jack.say("3 41 conf 2, blocked: dependency, Hannah")
    receipt = friday.heard(friday.jack, "Thank you, noted")
    assert IS_GUEST.format(who="Hannah") in quiet(receipt).text


def test_the_form_says_as_soon_as_they_are_chosen_that_somebody_is_not_told(friday: Friday) -> None:
    teebee = asked(friday)
    friday.hannah.change(deleted=True)
    friday.settle()
    calls = teebee.of(teebee.jack)[2]
    friday.form(friday.jack, newest(friday, friday.jack))
    friday.jack.choose(f"confidence:{calls}", "3")
    friday.until(lambda: f"blocker_owner:{calls}" in str(friday.jack.view()))
    friday.jack.fill(f"fix:{calls}", "status page")
    friday.jack.choose(f"blocker_owner:{calls}", HANNAH)
    friday.until(lambda: NO_ACCOUNT in friday.jack.view_screen(width=200))
    assert "status page" in friday.jack.view_screen(width=100)
    friday.jack.choose(f"blocker_owner:{calls}", JACK)
    friday.until(lambda: "cannot tell" not in friday.jack.view_screen(width=200))
    friday.jack.choose(f"blocker_owner:{calls}", HANNAH)
    assert friday.jack.submit().ok
    assert NO_ACCOUNT in prompt(friday, friday.jack).text
