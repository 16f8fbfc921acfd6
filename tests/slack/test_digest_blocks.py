"""The digest: the agenda in one message, whatever does not fit whole in its thread."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.okr.digest.agenda import Decided, Digest, NextAction, OwnedStanding, TalkItem, Thanks
from bot.okr.digest.people import PersonActions
from bot.okr.digest.since import Moved, Since
from bot.okr.health import Disagreement, Health, Standing
from bot.okr.measures import Move
from bot.okr.model import BlockerKind, Change, KeyResult, Update
from bot.slack import ids
from bot.slack.blocks.digest.messages import digest, messages, pages
from tests.slack.samples import (
    FRIDAY,
    HOSTILE,
    button_texts,
    check,
    digest_view,
    renewals,
    said,
    standing,
    talk_item,
)

CHANGE = Change(
    datetime(2026, 11, 18, 9, 0, tzinfo=UTC),
    "Hannah",
    "Phone calls",
    "target",
    "25",
    "20",
    "the old one counted twice",
)


PHONE = KeyResult(3, 1, "Phone calls", 1, Move(60.0, 20.0), "a week")
MOVED = Moved(PHONE, (44, 5), (41, 3))
SINCE = Since(datetime(2026, 11, 20, 16, 30, tzinfo=UTC), ("Jack",), (MOVED,))
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def lines(view: Digest) -> list[str]:
    assert pages(view) == (2 if view.since and len(view.since.moved) > 8 else 1)
    shown = digest(view)
    check(shown)
    return said(shown).splitlines()


def everything(view: Digest) -> str:
    """All pages, each of which must hold up by itself."""
    shown = messages(view)
    for one in shown:
        check(one)
        assert len(one.blocks) <= 50
    return "\n".join(said(one) for one in shown)


def titled(title: str, number: int) -> Standing:
    key_result = KeyResult(number, 1, title, 1, Move(40.0, 70.0), "%")
    return renewals(key_result=key_result, update=Update(number, FRIDAY, 55.0, 7))


def forty_people(title: str, why: str) -> Digest:
    """Forty people with three key results each: 60 to talk about, 60 on track."""
    people = tuple(f"Person {number} of TeeBee" for number in range(1, 41))
    titles = [f"{number} {title}" for number in range(1, 121)]
    talk = tuple(
        talk_item(
            standing=replace(titled(one, number), health=Health.RED),
            owner=people[number % 40],
            why=why,
            fix=why,
        )
        for number, one in enumerate(titles[:60])
    )
    return digest_view(
        waiting_for=people[:20],
        away=people[20:],
        talk=talk,
        on_track=tuple(
            OwnedStanding(titled(one, number), people[number % 40])
            for number, one in enumerate(titles[60:90])
        ),
        not_judged=tuple(
            OwnedStanding(replace(titled(one, number), health=Health.AWAY), people[number % 40])
            for number, one in enumerate(titles[90:])
        ),
        actions=tuple(
            PersonActions(person, tuple(NextAction(f"{person} does {n} {title}"[:300], n) for n in (1, 2, 3)))
            for person in people
        ),
        changes=(replace(CHANGE, subject=title, reason=why),) * 30,
    )


def test_the_digest_is_the_agenda_of_the_meeting() -> None:
    assert lines(digest_view()) == [
        "TeeBee, week 8 of 13 · 2 of 2 answered",
        "Confidence 5.5 (was 6.5) · progress 38 %, pace 55 % · last week: 3 done, 1 carried",
        "TO TALK ABOUT",
        "1 RED Phone calls 41 → 20 a week, Jack",
        "55 pp behind · confidence 3 (was 5) · trend 40: a miss",
        "Why: order status only by phone · In the way: dependency, Hannah · Fix: status page Tuesday",
        "NEXT WEEK",
        "Hannah: carrier data (2nd week); call the five that lapsed",
        "Jack: status page",
        "ON TRACK",
        "Renewals 55 → 70 %, Hannah · 5 pp behind · trend 67",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked": 0, "answered": 0}, "nobody was asked"),
        ({"waiting_for": ("Jack",)}, "Waiting for Jack"),
        ({"waiting_for": ("Jack", "Hannah"), "away": ("Jim",)}, "Waiting for Jack and Hannah · away: Jim"),
        ({"away": ("Jim",)}, "Away: Jim"),
        ({"confidence": None}, "No confidence yet · progress"),
        ({"confidence_before": None}, "Confidence 5.5 · progress"),
        ({"confidence_before": 5.5}, "Confidence 5.5 · progress"),
        ({"progress": None}, "no progress yet, pace 55 %"),
        ({"progress_before": 31}, "progress 38 % (was 31 %), pace 55 %"),
        ({"progress_before": 38}, "progress 38 %, pace 55 %"),
        ({"done": 0, "carried": 0, "dropped": 2}, "last week: 0 done, 0 carried, 2 dropped"),
        ({"note": "one idea\neach", "note_by": "Hannah"}, "answered\nHannah: one idea\neach\nConfidence"),
        (
            {"since": SINCE},
            "Changed since 16:30: Jack answered · Phone calls 44 → 41 a week, confidence 5 → 3",
        ),
        (
            {"since": replace(SINCE, answered=(), moved=(replace(MOVED, before=None),))},
            "16:30: Phone calls: 41 a week",
        ),
        ({"since": replace(SINCE, at=MONDAY, moved=())}, "since Monday 23 November at 09:00: Jack answered"),
        ({"since": replace(SINCE, moved=(MOVED,) * 20)}, "… and 13 more"),
        (
            {"actions": (PersonActions("Jack", (), ("price list", "samples"), ("the fair",)),)},
            "Jack: no action yet · done: price list; samples · dropped: the fair",
        ),
        (
            {"thanks": (Thanks("Jack", "Hannah", "for the carrier list"), Thanks("Jim", "", "a good week"))},
            "THANKS\nJack thanks Hannah for the carrier list\nJim says thanks: a good week",
        ),
        ({"thanks": (Thanks("Jack", "Hannah", ""),)}, "THANKS\nJack thanks Hannah"),
        ({"talk": (talk_item(edited=True),)}, "trend 40: a miss · edited"),
        ({"on_track": (OwnedStanding(renewals(), "Hannah", edited=True),)}, "trend 67 · edited"),
        ({"talk": ()}, "Nothing is red, yellow or silent this week."),
        ({"actions": ()}, "Nobody has named an action yet."),
        ({"changes": (CHANGE,)}, "CHANGED\nPhone calls: target 25 → 20 (Hannah: the old one counted twice)"),
        ({"changes": (replace(CHANGE, before=""),)}, "Phone calls: target – → 20 (Hannah"),
        ({"changes": (replace(CHANGE, after=""),)}, "Phone calls: target 25 → – (Hannah"),
        (
            {"changes": (replace(CHANGE, by_name=""),)},
            "Phone calls: target 25 → 20 (the old one counted twice)",
        ),
        ({"changes": (replace(CHANGE, reason=""),)}, "Phone calls: target 25 → 20 (Hannah)"),
        ({"changes": (replace(CHANGE, by_name="", reason=""),)}, "CHANGED\nPhone calls: target 25 → 20"),
    ],
)
def test_the_digest_says_in_words(changes: dict[str, Any], words: str) -> None:
    assert words in "\n".join(lines(digest_view(**changes)))


def test_a_first_week_has_no_last_week() -> None:
    assert "last week" not in "\n".join(lines(digest_view(done=0, carried=0)))


def test_a_digest_without_anything_on_track_leaves_that_out() -> None:
    assert "ON TRACK" not in lines(digest_view(on_track=()))


SALES = standing(
    key_result=KeyResult(9, 1, "Sales", 1, Move(0.0, 250_000.0), "¥"),
    update=Update(9, FRIDAY, 120_000.0, 7),
    health=Health.YELLOW,
    gap=22,
    confidence_before=7,
    disagreement=Disagreement.CONFIDENT_BUT_BEHIND,
    forecast=193_456.7,
)


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (SALES, "1 YELLOW Sales ¥120,000 → ¥250,000, Jack"),
        (SALES, "22 pp behind · confidence 7 · confident, but behind · trend ¥193,000"),
        (standing(health=Health.SILENT, weeks_silent=2), "1 SILENT Phone calls 41 → 20 a week, Jack"),
        (standing(health=Health.SILENT, weeks_silent=2), "no update for 2 weeks · 55 pp behind"),
        (standing(health=Health.SILENT, weeks_silent=1), "no update for 1 week ·"),
        (
            standing(health=Health.SILENT, weeks_silent=3, update=None),
            "Phone calls → 20 a week, Jack\nno update for 3 weeks",
        ),
        (
            standing(health=Health.NO_DATA, update=None),
            "1 NO UPDATE YET Phone calls → 20 a week, Jack\nno update yet",
        ),
        (
            standing(gap=-12, disagreement=Disagreement.DOUBTFUL_BUT_AHEAD, forecast=None),
            "12 pp ahead · confidence 3 (was 5) · doubtful, but ahead",
        ),
        (standing(health=Health.AWAY, underlying=Health.YELLOW), "1 AWAY, YELLOW BEFORE"),
    ],
)
def test_an_item_says_how_it_stands_in_words(shown: Standing, words: str) -> None:
    assert words in "\n".join(lines(digest_view(talk=(talk_item(standing=shown),))))


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (talk_item(why="", fix=""), "In the way: dependency, Hannah"),
        (talk_item(why="", fix="", blocker_owner=None), "In the way: dependency"),
        (talk_item(why="", fix="", blocker_kind=None), "To clear the way: Hannah"),
        (talk_item(why="", blocker_kind=None, blocker_owner=None), "Fix: status page Tuesday"),
        (talk_item(why=" ", fix="", blocker_kind=None, blocker_owner=None), "NEXT WEEK"),
        (talk_item(blocker_kind=BlockerKind.PRIORITY), "In the way: priority conflict, Hannah"),
    ],
)
def test_an_item_says_only_what_was_said(item: TalkItem, words: str) -> None:
    shown = lines(digest_view(talk=(item,)))
    assert words in shown[5]


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (renewals(gap=-3, forecast=None), "Renewals 55 → 70 %, Hannah · 3 pp ahead"),
        (renewals(gap=0, forecast=None), "Renewals 55 → 70 %, Hannah · on pace"),
    ],
)
def test_a_line_on_track_says_how_far(shown: Standing, words: str) -> None:
    assert lines(digest_view(on_track=(OwnedStanding(shown, "Hannah"),)))[-1] == words


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (renewals(health=Health.AWAY, forecast=None), "Renewals 55 → 70 %, Hannah · away · 5 pp behind"),
        (renewals(health=Health.NO_DATA, update=None), "Renewals → 70 %, Hannah · no update yet"),
    ],
)
def test_what_nobody_could_judge_stands_apart_from_what_is_on_track(shown: Standing, words: str) -> None:
    said_of = lines(digest_view(not_judged=(OwnedStanding(shown, "Hannah"),)))
    assert said_of[-2:] == ["AWAY OR NEW", words]
    assert said_of[-4] == "ON TRACK"


@pytest.mark.parametrize(
    ("start", "target", "forecast", "words"),
    [
        (40.0, 70.0, 67.24, "trend 67"),
        (5.0, 8.0, 7.234, "trend 7.2"),
        (0.0, 0.5, 0.4567, "trend 0.46"),
        (0.0, 100.0, 66.6, "trend 67"),
        (0.0, 20_000.0, 12_345.0, "trend 12,300"),
    ],
)
def test_a_trend_does_not_feign_precision(start: float, target: float, forecast: float, words: str) -> None:
    shown = renewals(key_result=KeyResult(1, 1, "R", 1, Move(start, target), "pts"), forecast=forecast)
    assert lines(digest_view(on_track=(OwnedStanding(shown, "Hannah"),)))[-1].endswith(words)


def test_the_sixth_item_and_those_after_it_are_in_the_thread() -> None:
    view = digest_view(
        talk=tuple(talk_item(standing=titled(f"Number {number}", number)) for number in range(1, 8))
    )
    assert pages(view) == 2
    first, second = digest(view), digest(view, 1)
    check(first)
    check(second)
    assert "… and 2 more in the thread" in said(first)
    assert "Number 5" in said(first)
    assert "Number 6" not in said(first)
    assert said(second).splitlines()[:3] == [
        "TeeBee, week 8 of 13 · more (1 of 1)",
        "TO TALK ABOUT",
        "6 GREEN Number 6 55 → 70 %, Jack",
    ]
    assert "Number 1" not in said(second)


def test_a_long_note_is_cut_short_in_the_channel_and_whole_in_the_thread() -> None:
    why = " ".join(f"word{number}" for number in range(400))
    view = digest_view(talk=(talk_item(why=why), talk_item()))
    first, thread = said(digest(view)), said(digest(view, 1))
    assert why not in first
    assert "What is left out or cut short here stands whole in the thread." in first
    assert why in thread
    assert "2 RED" not in thread


@pytest.mark.parametrize("title", ["Renewals " * 33, *HOSTILE])
def test_forty_people_and_120_key_results_lose_nothing(title: str) -> None:
    view = forty_people(title, title)
    words = everything(view)
    for number in range(1, 121):
        assert f"{number} " in words
    for person in range(1, 41):
        assert f"Person {person} of TeeBee" in words


def test_a_large_team_with_short_titles_is_wholly_told() -> None:
    view = forty_people("Renewals", "two chains signed")
    words = everything(view)
    for number in range(1, 121):
        assert f" {number} Renewals 55 → 70 %" in words or f"\n{number} Renewals 55 → 70 %" in words
    for person in range(1, 41):
        assert f"Person {person} of TeeBee does 3 Renewals (3rd week)" in words
    first = said(digest(view))
    headings = ("TO TALK ABOUT", "NEXT WEEK", "ON TRACK", "AWAY OR NEW", "CHANGED")
    order = [first.index(heading) for heading in headings]
    assert order == sorted(order)
    assert "NOT ANSWERED" in words


def test_a_team_of_emoji_and_right_to_left_names_keeps_its_numbers_in_place() -> None:
    view = digest_view(
        team="فريق الشاي", waiting_for=("ليلى",), talk=(talk_item(standing=standing(), owner="ليلى"),)
    )
    shown = lines(view)
    assert shown[0] == "\u2068فريق الشاي\u2069, week 8 of 13 · 2 of 2 answered"
    assert shown[4] == "1 RED Phone calls 41 → 20 a week, \u2068ليلى\u2069"


def test_a_page_that_is_not_needed_any_more_says_so() -> None:
    gone = digest(digest_view(), 1)
    check(gone)
    assert said(gone) == "Nothing more here; all of it stands above."


def decide_values(view: Digest) -> list[list[str]]:
    """What the buttons of each page say they are about."""
    rows = [[block for block in one.blocks if block["type"] == "actions"] for one in messages(view)]
    return [[row["elements"][0]["value"] for row in page] for page in rows]


def test_what_was_decided_stands_below_its_item_also_when_it_is_on_track_again() -> None:
    decided = (Decided("status page", "Jack"), Decided("@channel <!here>", "Hannah"))
    shown = lines(
        digest_view(
            talk=(talk_item(decided=decided),),
            on_track=(OwnedStanding(renewals(), "Hannah", decided=decided[:1]),),
        )
    )
    below = shown.index(
        "Why: order status only by phone · In the way: dependency, Hannah · Fix: status page Tuesday"
    )
    assert shown[below + 1 : below + 3] == ["Decided: status page, Jack", "Decided: @channel <!here>, Hannah"]
    assert shown[-1] == "Decided: status page, Jack"


def test_each_item_to_talk_about_has_its_button_once_while_it_can_be_decided() -> None:
    items = tuple(talk_item(standing=replace(titled("Renewals", n), health=Health.RED)) for n in range(1, 9))
    view = digest_view(talk=items, decide_in=12)
    everything(view)
    assert decide_values(view) == [[f"12-{n}" for n in range(1, 6)], [f"12-{n}" for n in range(6, 9)]]
    assert button_texts(digest(view)) == ["Decide"] * 5
    assert decide_values(replace(view, decide_in=None)) == [[], []]
    assert ids.read_decide_value("12-6") == (12, 6)


def test_forty_people_with_decisions_keep_every_button_and_every_word() -> None:
    view = forty_people("Customers who renew", "x " * 1400)
    decided = tuple(Decided(f"decision {n} " + "y" * 280, "Jack") for n in range(1, 13))
    talk = tuple(replace(item, decided=decided) for item in view.talk)
    view = replace(view, talk=talk, decide_in=7)
    shown = everything(view)
    assert sum(len(page) for page in decide_values(view)) == len(talk)
    assert shown.count("decision 12 ") >= len(talk)


def test_those_with_an_action_are_pinged_once_where_the_team_wants_it() -> None:
    long = "carrier data " * 20
    actions = (
        PersonActions("Hannah", (NextAction(long, 1),), pinged="U0HANNAH01"),
        PersonActions("Jack", (NextAction("status page", 1),)),
    )
    check(digest(digest_view(actions=actions)), "U0HANNAH01")
    crowd = replace(forty_people("Customers who renew", "x " * 1400), actions=actions)
    first, *thread = messages(crowd)
    check(first, "U0HANNAH01")
    for one in thread:
        check(one)
    assert long.strip() in "\n".join(said(one) for one in thread)


def test_forty_people_with_a_note_thanks_and_changes_lose_no_word() -> None:
    crowd = replace(
        forty_people("Customers who renew", "x " * 1400),
        note="one idea each " * 70,
        note_by="Hannah",
        since=replace(SINCE, moved=tuple(replace(MOVED, now=(n, 3)) for n in range(1, 121))),
        thanks=tuple(Thanks("Jack", "Hannah", f"thing {n}. " + "y " * 400) for n in range(1, 41)),
        decide_in=1,
    )
    shown = everything(crowd)
    assert ("one idea each " * 70).strip() in shown
    assert "44 → 120 a week" in shown
    assert all(f"thing {n}. " in shown for n in range(1, 41))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_type_into_notes_decisions_and_thanks_stays_as_typed(words: str) -> None:
    view = digest_view(
        note=words,
        note_by=words,
        thanks=(Thanks(words, words, words),),
        talk=(talk_item(decided=(Decided(words, words),)),),
        since=replace(
            SINCE, answered=(words,), moved=(replace(MOVED, key_result=replace(PHONE, title=words)),)
        ),
        actions=(PersonActions(words, (), (words,), (words,)),),
    )
    everything(view)
