"""Looking things up with `/okr`: what each kind of reader gets, pages, words typed wrongly."""

from dataclasses import replace
from datetime import date
from typing import NoReturn

import pytest

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Objective
from bot.practice import Actor, Fault, Message
from bot.practice.errors import SlackError
from bot.practice.limits import check_blocks, check_view
from bot.slack import ids, texts
from bot.slack.commands import COMMANDS
from bot.slack.texts import looking
from bot.slack.texts.help import USAGE
from bot.storage import okr_cycles, okrs, people
from tests.services.company import found, keep_secret, quarter_before, say
from tests.services.teebee import CHANNEL, FRIDAY, JACK, TeeBee, at
from tests.slack.friday import Friday, locked, quiet
from tests.slack.samples import HOSTILE, button_texts, words_of
from tests.slack.test_command import okr, okr_later

SEES_ALL = ("Hannah", "Jack", "Jim", "an observer")
ALL_PHRASES = {
    "": "Your OKRs",
    "@Jack": "Jack · 2026 Q4",
    "team TeeBee": "TeeBee · 2026 Q4",
    "company": "The company · 2026 Q4, week 8 of 13, pace 55 %",
    "at risk": "At risk · 2026 Q4",
    "at risk logistics": "At risk: Logistics",
    "waiting": "Not answered yet",
    "history phone calls": "Phone calls → 20 a week",
    "history @Jack 2": "Satisfaction → 8 pts",
    "last quarter TeeBee": "TeeBee · 2026 Q3, ended on 30 September 2026",
    "last cycle @Jack": "Jack · 2026 Q3",
    "search phone": "Search: phone",
    "help": "/okr search words",
}
"""What everybody in the workspace gets."""
GUESTS_PHRASES = {
    "": "Your OKRs",
    "team TeeBee": texts.GUESTS_SEE_THEIRS,
    "@Jack": texts.GUESTS_SEE_THEIRS,
    "company": texts.GUESTS_SEE_THEIRS,
    "at risk": texts.GUESTS_SEE_THEIRS,
    "waiting": texts.GUESTS_SEE_THEIRS,
    "history": texts.NO_HISTORY,
    "history phone calls": "No key result that you can see is called “phone calls”",
    "history @Jack": texts.GUESTS_SEE_THEIRS,
    "last quarter": "I know of no cycle of Visitor before this one.",
    "last quarter TeeBee": texts.GUESTS_SEE_THEIRS,
    "search phone": "I found nothing called “phone” that you can see.",
    "help": "/okr search words",
}


def tapped(friday: Friday, actor: Actor, message: Message, label: str) -> Message:
    """The message as the tap leaves it."""
    before = message.blocks
    assert actor.tap(message, label=label).ok
    after: Message = friday.until(
        lambda: next((one for one in actor.messages() if one.ts == message.ts and one.blocks != before), None)
    )
    return quiet(after)


def beside(friday: Friday, actor: Actor, words: str, channel: str | None = CHANNEL) -> Message:
    """What only they are told there."""
    said: Message = friday.until(
        lambda: next(
            (one for one in actor.messages(channel) if one.only_for == actor.id and words in one.text), None
        )
    )
    return quiet(said)


def settled_company(friday: Friday) -> TeeBee:
    teebee = friday.move_in()
    here = found(teebee)
    quarter_before(teebee)
    say(teebee, here.secret, 1, 2)
    friday.tick(10)
    return teebee


@pytest.fixture
def visitor(friday: Friday) -> Actor:
    return friday.slack.person(friday.slack.add_person("Visitor", is_restricted=True))


def test_what_everybody_gets(friday: Friday) -> None:
    settled_company(friday)
    for reader in (friday.hannah, friday.jim):
        for text, words in ALL_PHRASES.items():
            reply = okr(friday, reader, text)
            assert words in reply.text, text
            assert check_blocks(list(reply.blocks), "message") == []
            if reader is friday.hannah:  # it is Jim's
                assert "Quiet talks" not in reply.text


def test_between_two_cycles_the_next_one_is_shown_with_its_first_day(friday: Friday) -> None:
    teebee = friday.move_in()
    with friday.okra.database.transaction() as connection:
        coming = okr_cycles.add(connection, Cycle(0, "2027 Q1", date(2027, 1, 4), date(2027, 3, 31)))
        aim = Objective(0, teebee.team.id, coming.id, "Grow", teebee.hannah.id)
        okrs.add_objective(connection, aim)
    friday.clock.now = at(10, day=date(2027, 1, 2))
    for text in ("", "team", "company", "at risk", "tree"):
        assert "begins on 4 January" in okr(friday, friday.hannah, text).text, text
    assert looking.NOT_AT_RISK_YET in okr(friday, friday.hannah, "at risk").text
    friday.hannah.open_home()
    friday.until(lambda: "begins on 4 January" in friday.hannah.home_screen(width=200))


@pytest.mark.parametrize("kind", ["is_restricted", "is_ultra_restricted", "is_stranger"])
def test_what_guests_and_externals_get(friday: Friday, kind: str) -> None:
    settled_company(friday)
    guest = friday.slack.person(friday.slack.add_person("Visitor"))
    guest.change(**{kind: True})
    assert okr_later(friday, guest, "company").text == texts.GUESTS_SEE_THEIRS
    for text, words in GUESTS_PHRASES.items():
        reply = okr(friday, guest, text)
        assert words in reply.text, text
        assert ids.SHARE not in repr(reply.blocks)


def test_somebody_whom_slack_does_not_tell_us_of_sees_nothing_of_others(friday: Friday) -> None:
    settled_company(friday)
    somebody = friday.slack.person(friday.slack.add_person("Somebody"))
    away = Fault(perform=False, body={"ok": False, "error": "missing_scope", "needed": "users:read"})
    friday.slack.set_faults(lambda method, _arguments: away if method == "users.info" else None)
    for text in ("company", "at risk", "waiting", "history phone", "last quarter TeeBee", "search phone"):
        assert okr_later(friday, somebody, text).text == texts.SLACK_AWAY


def test_an_owner_sees_what_is_private_and_says_so_to_nobody(friday: Friday) -> None:
    settled_company(friday)
    assert "Quiet talks" in okr(friday, friday.jim, "search quiet").text
    assert "Quiet talks" in okr(friday, friday.jim, "at risk").text
    for text in ("search quiet", "at risk", "history quiet talks", "company"):
        assert "1 %" not in okr(friday, friday.jack, text).text
        assert "Quiet talks →" not in okr(friday, friday.jack, text).text


def test_where_there_is_nothing_each_says_what_to_do(friday: Friday) -> None:
    assert okr_later(friday, friday.jim, "at risk").text.startswith("At risk\nNo cycle is running")
    for text, words in (
        ("company", "No cycle is running"),
        ("waiting", looking.NO_ROUND),
        ("search", looking.WHAT_TO_SEARCH),
        ("search tea", "I found nothing called “tea”"),
        ("last quarter", "I know of no cycle of Jim before this one."),
        ("at risk Nowhere", texts.NO_TEAMS),
    ):
        assert words in okr(friday, friday.jim, text).text
    friday.move_in()
    assert "Nothing is red, silent or yellow among 6 key results." in okr(friday, friday.jack, "at risk").text
    assert "TeeBee has no check-in running" in okr(friday, friday.jack, "waiting tee").text
    assert "There is no team “Nowhere”. There is TeeBee." in okr(friday, friday.jack, "waiting Nowhere").text


def test_the_company_says_how_each_team_is_doing(friday: Friday) -> None:
    teebee = settled_company(friday)
    say(teebee, teebee.of(teebee.jack)[2], 41, 3)
    reply = okr(friday, friday.jack, "company")
    assert "Be the tea that restaurants trust · 0 % · committed · Hannah · Tea Company" in reply.text
    assert "– TeeBee · 0 % · 1 red" in reply.text
    assert "– Logistics · 0 % · nothing at risk" in reply.text
    assert "░░░░░░░░░░" in "".join(words_of(reply.blocks))


def test_what_is_at_risk_says_what_is_in_the_way(friday: Friday) -> None:
    teebee = settled_company(friday)
    friday.clock.now = at(11)
    friday.jack.say("3 41 confidence 3, blocked: dependency, Hannah; fix: status page")
    friday.settle()
    shown = okr(friday, friday.jim, "at risk").text
    assert "1 RED Phone calls 41 → 20 a week, Jack, TeeBee" in shown
    assert "In the way: dependency, Hannah · Fix: status page" in shown
    assert "RED Phone calls 41 → 20 a week, Jack\n" in okr(friday, friday.jim, "at risk TeeBee").text
    assert teebee.team.name == "TeeBee"


def test_who_has_not_answered_is_named_without_a_ping(friday: Friday) -> None:
    settled_company(friday)
    assert okr(friday, friday.jack, "waiting").text == (
        "Not answered yet\n"
        "TeeBee, Friday 20 November · 0 of 2 answered\n"
        "• Hannah, until 16:30\n"
        "• Jack, until 16:30"
    )
    friday.tick(16, 30)
    assert "the digest is out; late answers are welcome" in okr(friday, friday.jack, "waiting").text


def test_how_the_quarter_before_ended(friday: Friday) -> None:
    settled_company(friday)
    assert okr(friday, friday.hannah, "last quarter TeeBee").text == (
        "TeeBee · 2026 Q3, ended on 30 September 2026 · 40 %\n"
        "Learn what suppliers need · 40 % · Jack\n"
        "• Talks 20 → 50 %, Jack · 40 % of the way · confidence 6\n"
        "A stand at the fair · dropped · Hannah\n"
        "• Visitors → 100 %, Hannah · dropped · no update"
    )


def test_anybodys_history_by_words_ones_own_first(friday: Friday) -> None:
    teebee = settled_company(friday)
    say(teebee, teebee.of(teebee.jack)[2], 41, 3)
    shown = okr(friday, friday.hannah, "history phone calls")
    assert "Phone calls → 20 a week, Jack" in shown.text
    assert "20 November: 41 a week, confidence 3" in shown.text
    assert friday.hannah.tap(shown, label="Picture").ok
    picture = friday.until(lambda: [one for one in friday.said_to(friday.hannah) if one.files])
    assert "Phone calls" in picture[0].files[0].title
    with teebee.database.transaction() as connection:
        known = okrs.key_results_by_ids(connection, [teebee.of(teebee.hannah)[0]]).popitem()[1]
        okrs.save_key_result(connection, replace(known, title="Phone calls for renewals"))
    own = okr(friday, friday.hannah, "history phone").text
    assert "1 Phone calls for renewals → 70 %" in own
    assert "41 a week" not in own


def test_others_see_neither_silence_nor_actions_in_a_history(friday: Friday) -> None:
    settled_company(friday)
    friday.clock.now = at(11)
    friday.jack.say("1 52, two chains signed; next: call five")
    friday.settle()
    friday.tick(16, 30)
    friday.tick(10, day=FRIDAY.replace(day=27))
    mine, theirs = (okr(friday, who, "history @Jack") for who in (friday.jack, friday.hannah))
    assert "Your last weeks" in mine.text
    assert "no answer" in mine.text
    assert "call five" in mine.text
    assert "The last weeks of Jack" in theirs.text
    assert "52 %, confidence 5 · two chains signed" in theirs.text
    assert "no answer" not in theirs.text
    assert "call five" not in theirs.text


def test_a_persons_number_is_that_of_what_one_sees(friday: Friday) -> None:
    teebee = settled_company(friday)
    keep_secret(teebee, teebee.jack)
    assert "4 Quiet talks" in okr(friday, friday.jack, "history").text
    assert "Quiet talks" not in okr(friday, friday.hannah, "history @Jack").text
    assert "None of Jack’s is called “9”. These are:" in okr(friday, friday.hannah, "history @Jack 9").text


# --- words typed wrongly -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "button", "words"),
    [
        ("tema TeeBee", "/okr team TeeBee", "TeeBee · 2026 Q4"),
        ("atrisk", "/okr at risk", "At risk · 2026 Q4"),
        ("wating", "/okr waiting", "Not answered yet"),
        ("hlep", "/okr help", "/okr search words"),
        ("pause please", "/okr pause", texts.PAUSED_NOW),
        ("dashboard", "Search for it", "I found nothing called “dashboard”"),
    ],
)
def test_the_nearest_command_is_offered_and_runs(friday: Friday, typed: str, button: str, words: str) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, typed)
    assert f"I do not know “{typed}”" in reply.text
    assert button in button_texts_of(reply)
    assert words in tapped(friday, friday.jack, reply, button).text


def test_a_button_opens_what_opens_a_form(friday: Friday) -> None:
    friday.move_in()
    friday.tick(10)
    reply = okr(friday, friday.hannah, "digset")
    assert friday.hannah.tap(reply, label="/okr digest").ok
    friday.until(friday.hannah.view)
    assert "The digest goes to" in friday.hannah.view_screen(width=100)


def test_a_button_runs_as_whoever_taps_it_whatever_it_says(friday: Friday, visitor: Actor) -> None:
    settled_company(friday)
    reply = okr(friday, visitor, "wating")
    forged = friday.forge(visitor, reply, "run:0", "0 team TeeBee")
    assert forged.acked
    beside(friday, visitor, texts.GUESTS_SEE_THEIRS, None)
    for value in (None, "", "x", "999999999999 team", "-1 team"):
        reply = okr(friday, visitor, "wating")
        assert friday.forge(visitor, reply, "run:0", value).acked
        beside(friday, visitor, "Your OKRs", None)


def test_while_the_database_is_away_a_button_says_so(friday: Friday) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "pause please")
    with locked(friday.okra.database):
        assert texts.STORAGE_AWAY in tapped(friday, friday.jack, reply, "/okr pause").text


def test_help_lists_all_that_is_there() -> None:
    listed = " ".join(f"{command} {meaning}" for _, group in USAGE for command, meaning in group)
    for command in COMMANDS:
        if command.words == ("help",):
            continue
        assert any(f"/okr {words}".strip() in listed for words in command.words), command.words


# --- pages ---------------------------------------------------------------------------------------------


def many(teebee: TeeBee, number: int, title: str = "Key result") -> None:
    """So many more key results of Jack's."""
    with teebee.database.transaction() as connection:
        objective = teebee.key_results[-1].objective_id
        for place in range(number):
            okrs.add_key_result(
                connection,
                KeyResult(0, objective, f"{title} {place}", teebee.jack.id, Move(0, 10), "", 10 + place),
            )


def button_texts_of(message: Message) -> list[str]:
    return button_texts(message)  # type: ignore[arg-type]


def test_sixty_key_results_stand_on_pages_and_none_is_lost(friday: Friday) -> None:
    many(friday.move_in(), 54, "A longer title of a key result")
    page = okr(friday, friday.jim, "team TeeBee")
    shown = [page]
    while "More" in button_texts_of(page):
        page = tapped(friday, friday.jim, page, "More")
        shown.append(page)
    said = "\n".join(one.text for one in shown)
    assert all(f"A longer title of a key result {number} " in said for number in range(54))
    assert len(shown) >= 2
    assert page.text.startswith("TeeBee · 2026 Q4, week 8 of 13, pace 55 %\n")
    assert f"Page {len(shown)} of {len(shown)}" in page.text
    assert [one.ts for one in friday.jim.messages()] == [page.ts]  # each took the place of the one before
    assert "Customers who renew" in tapped(friday, friday.jim, page, "Back").text


def test_three_hundred_hits_stand_on_pages(friday: Friday) -> None:
    many(friday.move_in(), 300, "Renewals")
    page = okr(friday, friday.jack, "search renewals")
    assert "301 hits" in page.text  # with the one that was there
    pages = 1
    while "More" in button_texts_of(page):
        page = tapped(friday, friday.jack, page, "More")
        pages += 1
    assert f"Page {pages} of {pages}" in page.text


def test_a_page_is_drawn_for_whoever_taps_as_things_are_now(friday: Friday) -> None:
    teebee = friday.move_in()
    many(teebee, 54, "A longer title of a key result")
    page = okr(friday, friday.jim, "team TeeBee")
    with teebee.database.transaction() as connection:
        jim = people.by_slack_id(connection, friday.jim.id)
        assert jim is not None
    friday.jim.change(is_restricted=True)
    friday.settle()
    assert tapped(friday, friday.jim, page, "More").text == texts.GUESTS_SEE_THEIRS


def test_a_page_that_is_not_there_any_more_is_the_last_one(friday: Friday) -> None:
    friday.move_in()
    page = okr(friday, friday.jim, "wating")
    assert friday.forge(friday.jim, page, "run:0", "99 team TeeBee", to_action=ids.PAGE_MORE).acked
    beside(friday, friday.jim, "TeeBee · 2026 Q4", None)


def test_where_slack_does_not_take_the_page_one_is_asked_to_type_again(friday: Friday) -> None:
    many(friday.move_in(), 54, "A longer title of a key result")
    page = okr(friday, friday.jim, "team TeeBee")
    friday.slack.world.answers.use = refuse  # type: ignore[method-assign]
    assert friday.jim.tap(page, label="More").ok
    friday.until(friday.jim.view)
    assert "Please type it again: /okr team TeeBee" in friday.jim.view_screen(width=200)


def refuse(key: str) -> NoReturn:
    raise SlackError("used_url")


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_names_hold_every_answer_fits_and_pings_nobody(friday: Friday, words: str) -> None:
    teebee = settled_company(friday)
    with teebee.database.transaction() as connection:
        for one in okrs.key_results_by_ids(connection, [each.id for each in teebee.key_results]).values():
            okrs.save_key_result(connection, replace(one, title=f"{words} {one.id}", unit=words[:30]))
    for text in ("team TeeBee", "company", "at risk", "history", "search e", f"search {words}", f"{words} x"):
        reply = okr(friday, friday.jack, text)
        assert len(reply.text) <= 4000
        assert check_blocks(list(reply.blocks), "message") == []
    assert friday.jack.id == JACK


def test_from_home_a_team_opens_beside_it_and_turns_its_pages_there(friday: Friday) -> None:
    many(friday.move_in(), 54, "A longer title of a key result")
    friday.jack.open_home()
    friday.until(lambda: "Look" in friday.jack.home_screen(width=200))
    assert friday.jack.tap("home", label="Look").ok
    view = friday.until(friday.jack.view)
    assert check_view({**view, "type": "modal"}) is not None
    assert "TeeBee · 2026 Q4" in friday.jack.view_screen(width=200)
    assert "Share" not in friday.jack.view_screen(width=200)
    assert friday.jack.tap("view", label="More").ok
    friday.until(lambda: "Page 2 of" in friday.jack.view_screen(width=200))
