"""A new team's whole quarter in Slack: no file, no shell, nothing but what its people type and tap."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.slack import ids
from bot.slack import texts as common
from bot.slack.texts import alignment, drafts, looking, teams, writing
from tests.e2e.whole_quarter import Quarter
from tests.services.teebee import CHANNEL, FRIDAY, JACK, JIM, at
from tests.slack.friday import friday_on

UED = "C0UED00001"
THURSDAY, NEW_YEAR, MONDAY = date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)
"""The second is a Friday, and the first day of the quarter that they draft."""
SECRET = "Agree the sale of the old store"
SECRETS = re.compile(r"the old store|Bids")


@pytest.fixture
def quarter(database_url: str) -> Iterator[Quarter]:
    with friday_on(database_url) as friday:
        friday.slack.add_channel("ued", id=UED, members=[JIM, JACK])
        yield Quarter(friday)


def test_a_new_company_goes_through_a_whole_quarter_in_slack(quarter: Quarter) -> None:
    teams_are_set_up(quarter)
    a_quarter_is_drafted(quarter)
    the_draft_is_talked_about(quarter)
    everybody_commits(quarter)
    teams_are_aligned(quarter)
    the_quarter_starts(quarter)
    the_first_week_is_answered(quarter)
    the_quarter_changes(quarter)
    everybody_sees_it(quarter)


def teams_are_set_up(quarter: Quarter) -> None:
    hannah, jim = quarter.hannah, quarter.jim
    assert "You can set up the first one" in quarter.home(hannah)
    assert "/okr draft" in quarter.says(hannah, "").text
    quarter.tapped(hannah, "home", teams.SET_UP_BUTTON, teams.SET_UP_INTRO)
    hannah.fill(teams.NAME, "TeeBee")
    hannah.choose(teams.CHANNEL, CHANNEL)
    quarter.submits(hannah, "Hannah: Friday at 10:00 (Shanghai time)")
    quarter.opens(jim, "setup", teams.SET_UP_INTRO, channel=UED)
    jim.fill(teams.NAME, "UED")
    jim.choose(teams.MEETING_DAY, "4")
    jim.choose(teams.MEETING_AT, "17:00")
    assert jim.suggest(teams.ZONE, "shanghai").texts == ["Asia/Shanghai"]
    jim.choose(teams.ZONE, "Asia/Shanghai")
    jim.suggest(teams.PARENT, "tee")
    jim.choose(teams.PARENT, "TeeBee")
    quarter.submits(jim, teams.SAVED_TITLE)
    jim.join(CHANNEL)
    quarter.tick(9, 10, day=FRIDAY)
    week = quarter.heard(hannah, "TeeBee: how the week looks").text
    assert "Jim: Friday at 10:00 (Los Angeles time)" in week  # who has joined the channel belongs to it
    assert "on Monday at 09:00 (Shanghai time)" in week
    assert teams.NOT_STARTED in week
    week = quarter.heard(jim, "UED: how the week looks").text
    assert "Jack: Thursday at 10:00 (Shanghai time)" in week
    assert "on Friday at 16:00 (Shanghai time)" in week
    assert quarter.friday.said_to(quarter.jack) == []


def a_quarter_is_drafted(quarter: Quarter) -> None:
    hannah, jack, jim = quarter.people
    quarter.opens(hannah, "draft", "TeeBee drafts its next cycle")
    quarter.submits(hannah, "TeeBee · draft for 2027 Q1")
    quarter.writes_objective(hannah, "Be the tea that restaurants love", kind="committed", theme="business")
    quarter.adds_key_result(
        hannah,
        "Renewed online",
        start="30 %",
        target="80 %",
        checkpoints="2027-02-12: 45",
        indicator="result",
        weight="2",
    )
    quarter.adds_key_result(hannah, "Taste scores", "at_least", low="8 pts", owner=JACK)
    quarter.adds_key_result(
        hannah, "Complaints", "at_most", high="5 a week", owner=JIM, every="4", indicator="process"
    )
    quarter.adds_key_result(hannah, "Warmth of the store", "within", low="2", high="8 °C", delegate=JACK)
    steps = "Lease signed by 2027-01-29\nDoors open x3 by 2027-03-19"
    shown = quarter.adds_key_result(hannah, "New shop", "milestone", steps=steps, owner=JACK)
    assert "1 Renewed online 30 → 80 %, Hannah" in shown
    assert "2 Taste scores keep at least 8 pts, Jack" in shown
    assert "3 Complaints keep at most 5 a week, Jim" in shown
    assert "4 Warmth of the store keep 2 °C to 8 °C, Hannah" in shown
    assert "5 New shop: 2 steps, Jack" in shown
    quarter.writes_objective(hannah, "Make ordering easy for restaurants")
    quarter.adds_key_result(hannah, "Orders by phone", start="40", target="20 a week", owner=JACK)
    quarter.writes_objective(hannah, SECRET, private="private", readers=[JACK])
    quarter.adds_key_result(hannah, "Bids", start="0", target="3")
    quarter.writes_objective(jack, "Learn to taste tea", whose="own")
    quarter.adds_key_result(jack, "Teas told apart", start="5", target="20 teas")
    quarter.opens(jim, "draft UED", "UED drafts its next cycle")
    quarter.submits(jim, "UED · draft for 2027 Q1")
    quarter.writes_objective(jim, "Nobody needs help with our order pages", place="UED, 2027 Q1")
    quarter.adds_key_result(jim, "Orders without a call", start="30 %", target="60 %", owner=JACK)
    assert f"{SECRET} · aspirational objective · Hannah · private" in quarter.opens(hannah, "draft", "Teas")
    assert SECRET not in quarter.opens(jim, "draft TeeBee", "Teas told apart")


def the_draft_is_talked_about(quarter: Quarter) -> None:
    hannah, jack, jim = quarter.people
    posted = quarter.shares_draft(hannah, "TeeBee", CHANNEL)
    assert SECRET not in posted.text
    assert "0 of 7 key results committed" in posted.text
    asked = quarter.heard(jack, "Hannah shared TeeBee’s draft for 2027 Q1 with you.").text
    assert "Taste scores keep at least 8 pts" in asked
    assert "Complaints" not in asked
    quarter.tapped(jim, posted, drafts.BUTTON_COMMENT, drafts.YOUR_COMMENT)
    jim.choose(drafts.ABOUT, "Renewed online")
    jim.fill(drafts.YOUR_COMMENT, "Is 80 % within reach?")
    quarter.submits(jim)
    for title in ("Chefs who recommend us", "Flyers handed out"):
        quarter.proposes_key_result(jim, posted, "Be the tea that restaurants love", title)
    for title, label, word in (
        ("Chefs who recommend us", drafts.BUTTON_ACCEPT, "Good idea"),
        ("Flyers handed out", drafts.BUTTON_DECLINE, "We count guests, not paper"),
    ):
        quarter.tapped(hannah, quarter.heard(hannah, title), label, drafts.WORD_HINT)
        hannah.fill(ids.PROPOSAL_WORD, word)
        quarter.submits(hannah)
        assert title in quarter.heard(jim, f"“{word}”").text
    text = quarter.posted(jack, CHANNEL, "draft for 2027 Q1").text
    assert "Hannah · not committed yet\n“Is 80 % within reach?” Jim" in text
    assert (
        "Chefs who recommend us 0 → 12, Jim · not committed yet\nproposed by Jim, accepted by Hannah" in text
    )
    assert "Flyers" not in text
    shown = quarter.opens(jack, "draft TeeBee", drafts.DECLINED)
    assert "declined by Hannah: “We count guests, not paper”" in shown


def everybody_commits(quarter: Quarter) -> None:
    hannah, jack, jim = quarter.people
    posted = quarter.posted(hannah, CHANNEL, "draft for 2027 Q1")
    for actor, confidence in ((hannah, 7), (jack, 6), (jim, 8)):
        quarter.commits(actor, posted, confidence)
    text = quarter.posted(hannah, CHANNEL, "draft for 2027 Q1").text
    assert "8 of 8 key results committed" in text
    assert "New shop: 2 steps, Jack · committed, confidence 6/10" in text
    assert "Bids" not in text
    assert f"{SECRET} · aspirational objective" in quarter.opens(jack, "draft TeeBee", "9 of 9 key results")


def teams_are_aligned(quarter: Quarter) -> None:
    jim = quarter.jim
    quarter.opens(jim, "align order pages", alignment.SUPPORTS_WHAT)
    assert jim.suggest(alignment.SUPPORTS_WHAT, "sale").texts == []  # is private
    assert jim.suggest(alignment.SUPPORTS_WHAT, "renewed").texts == ["Renewed online"]
    jim.choose(alignment.SUPPORTS_WHAT, "Renewed online")
    jim.suggest(alignment.SERVES_WHAT, "ordering")
    jim.choose(alignment.SERVES_WHAT, ["Make ordering easy for restaurants"])
    quarter.submits(jim, "supports “Renewed online” and “Make ordering easy for restaurants” now")
    jim.close(everything=True)
    reply = quarter.says(jim, "needs without a call")
    assert jim.tap(reply, action_id=ids.NEEDS, choice="Orders without a call · UED").ok
    quarter.shows(jim, alignment.NEEDS_WHAT)
    jim.suggest(alignment.NEEDS_WHAT, "renewed")
    jim.choose(alignment.NEEDS_WHAT, "Renewed online")
    quarter.submits(jim, "I ask Hannah")


def the_quarter_starts(quarter: Quarter) -> None:
    hannah, jack, jim = quarter.people
    quarter.commits(jack, quarter.shares_draft(jim, "UED", UED), 6)
    for lead, team, channel in ((hannah, "TeeBee", CHANNEL), (jim, "UED", UED)):
        assert lead.tap(quarter.heard(lead, f"{team}: how the week looks"), label=teams.START).ok
        assert "has set me up" in quarter.posted(lead, channel, f"Weekly check-ins for {team}").text
        quarter.opens(lead, f"draft {team}", "draft for 2027 Q1")
        shown = quarter.tapped(lead, None, drafts.BUTTON_START, drafts.START_READY)
        assert "{" not in shown
        quarter.submits(lead, "2027 Q1 has started. From 1 January 2027 on I ask for")
        assert f"Started by {'Hannah' if lead is hannah else 'Jim'}" in (
            quarter.posted(lead, channel, f"{team} · OKRs for 2027 Q1").text
        )
    assert "TeeBee has started 2027 Q1" in quarter.heard(jack, "TeeBee has started").text


def the_first_week_is_answered(quarter: Quarter) -> None:
    hannah, jack, jim = quarter.people
    quarter.tick(10, day=THURSDAY)
    assert "1 Orders without a call 30 → 60 %, confidence 6/10" in quarter.heard(jack, "UED check-in").text
    quarter.tick(10, day=NEW_YEAR)
    prompt = quarter.heard(jack, "UED and TeeBee check-in · 5 key results")
    assert "3 New shop: 0 % of 2 steps" in prompt.text
    quarter.tapped(jack, prompt, common.CHECK_IN, "Where is KR1 now?")
    for number, value in (("KR1", "36"), ("KR2", "8.4"), ("KR4", "38"), ("KR5", "7")):
        jack.fill(f"Where is {number} now?", value)
    jack.choose("Which steps of KR3 are done?", ["Lease signed"])
    jack.fill("What will you do next week?", "KR4: show the order status on the page")
    quarter.submits(jack)
    assert "3 New shop: 25 % of 2 steps" in quarter.heard(jack, "thank you").text
    prompt = quarter.heard(hannah, "TeeBee check-in · 3 key results")
    assert "Jim counts on you: Orders without a call (UED) needs Renewed online" in prompt.text
    assert hannah.tap(prompt, label=alignment.CONFIRM).ok
    hannah.say("1 34%\n2 5\n3 1")
    assert "2 Warmth of the store 5 °C, confidence 7" in quarter.heard(hannah, "That is everything").text
    quarter.tick(16, day=NEW_YEAR)
    assert "Orders without a call 36 → 60 %, Jack" in quarter.posted(jim, UED, "UED, week 1 of 13").text
    quarter.tick(2, 30, day=NEW_YEAR + timedelta(days=1))  # 10:30 on Friday at Jim's
    assert "Orders without a call can count on Renewed online" in quarter.heard(jim, "check-in").text
    jim.say("1 4\n2 3")
    quarter.heard(jim, "That is everything")
    quarter.tick(9, day=MONDAY)
    digest = quarter.posted(jack, CHANNEL, "TeeBee, week 1 of 13 · 3 of 3 answered").text
    for words in (
        "Renewed online 34 → 80 %, Hannah",
        "YELLOW New shop: 25 % of 2 steps, Jack",
        "Complaints 4 a week, keep at most 5 a week, Jim",
        "Warmth of the store 5 °C, keep 2 °C to 8 °C, Hannah",
        "Chefs who recommend us 3 → 12, Jim",
        "Teas told apart 7 → 20 teas, Jack",
        "show the order status on the page",
    ):
        assert words in digest
    assert "Bids" not in quarter.everything_in(jack, CHANNEL)


def the_quarter_changes(quarter: Quarter) -> None:
    hannah, jack, jim = quarter.people
    quarter.tick(11, day=MONDAY)
    quarter.opens(jack, "edit orders by phone", writing.WHY)
    jack.fill(writing.TARGET, "10")
    jack.fill(writing.WHY, "the new pages work")
    quarter.submits(jack, "Orders by phone 40 → 10 a week, Jack")
    quarter.opens(hannah, "hand over taste scores", writing.NEW_OWNER)
    hannah.choose(writing.NEW_OWNER, JIM)
    hannah.fill(writing.WHY, "Jim is in the kitchens")
    quarter.submits(hannah, "Taste scores keep at least 8 pts, Jim")
    for where, text in (
        ("/okr changes", quarter.says(jim, "changes TeeBee").text),
        ("digest", next_digest(quarter)),
    ):
        assert "Orders by phone: target 20 a week → 10 a week" in text, where
        assert "the new pages work" in text, where
        assert "Taste scores: owner Jack → Jim" in text, where
    assert "Taste scores 8.4 pts" in quarter.heard(jim, "TeeBee check-in · 3 key results").text


def next_digest(quarter: Quarter) -> str:
    """Of the second week, in which everybody says that nothing has changed."""
    quarter.tick(10, day=NEW_YEAR + timedelta(days=7))
    for actor in (quarter.hannah, quarter.jack):
        assert actor.tap(quarter.heard(actor, "check-in · "), label=common.ALL_UNCHANGED).ok
    quarter.tick(2, 30, day=NEW_YEAR + timedelta(days=8))
    quarter.tick(9, day=MONDAY + timedelta(days=7))
    return quarter.posted(quarter.jack, CHANNEL, "TeeBee, week 2 of 13 · 2 of 3 answered").text


def everybody_sees_it(quarter: Quarter) -> None:
    jim = quarter.jim
    for command, words in (
        ("", "Chefs who recommend us 3 → 12 · silent"),
        ("@Hannah", "Renewed online 34 → 80 %"),
        ("team TeeBee", "Learn to taste tea"),
        ("team UED", "Orders without a call 36 → 60 %, Jack"),
        ("company", "– UED · 20 % · "),
        ("at risk", "SILENT Chefs who recommend us 3 → 12, Jim"),
        ("waiting TeeBee", "2 of 3 answered · the digest is out; late answers are welcome\n• Jim"),
        ("tree", "supports “Be the tea that restaurants love” and “Make ordering easy for restaurants”"),
        ("needs", "Orders without a call needs Renewed online, TeeBee · confirmed"),
        ("history taste", "1 January: 8.4 pts, confidence 6 · by Jack"),
        ("search order", "Objective: Nobody needs help with our order pages · Jim · UED · 2027 Q1"),
        ("search sale", "I found nothing"),
        ("last quarter TeeBee", "I know of no cycle of TeeBee before this one."),
    ):
        text = quarter.says(jim, command, channel=CHANNEL).text
        assert words in text, command
        assert not SECRETS.search(text), command
    assert "Learn to taste tea" not in quarter.says(jim, "company").text  # is Jack's own
    assert SECRET in quarter.says(quarter.jack, "team TeeBee").text  # may see it
    for command, title in (("tree", "OKR tree, "), ("history taste", "Taste scores")):
        (picture,) = quarter.picture(jim, command)
        assert title in picture.title
        assert picture.content.startswith(b"\x89PNG")
        assert not SECRETS.search(picture.alt_txt)
    home = quarter.home(jim)
    for words in ("3 key results wait for you", "The company · 2027 Q1, week 2 of 13", "UED · 20 %"):
        assert words in home
    assert not SECRETS.search(home)
    reply = quarter.says(jim, "company", channel=CHANNEL)
    assert jim.tap(reply, label=looking.SHARE).ok
    assert "Shared by Jim" in quarter.posted(quarter.hannah, CHANNEL, "The company · 2027 Q1").text
    over = NEW_YEAR + timedelta(days=101)
    quarter.friday.clock.now = at(12, day=over)
    text = quarter.says(jim, "last quarter TeeBee").text
    assert "TeeBee · 2027 Q1, ended on 31 March 2027" in text
    assert "Renewed online" in text
