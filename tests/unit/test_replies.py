import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.okr.actions import Closing
from bot.okr.defaults import ACTION_LONGEST
from bot.okr.measures import Move
from bot.okr.model import BlockerKind
from bot.okr.replies.blocker import ReplyBlocker
from bot.okr.replies.echo import echo
from bot.okr.replies.message import Reply, parse_reply
from bot.okr.replies.update import ReplyUpdate
from bot.okr.views import AskedKeyResult


def asked_for(number: int, unit: str, value: float, start: float, target: float) -> AskedKeyResult:
    return AskedKeyResult(number, number, "Renewed online", unit, Move(start, target), value, 5)


RENEWED = asked_for(1, "%", 47, 40, 80)
SATISFACTION = asked_for(2, "pts", 7, 6, 8)
CALLS = asked_for(3, "a week", 40, 60, 20)
SALES = asked_for(1, "¥", 120_000, 100_000, 250_000)
SIGNED = asked_for(1, "", 40, 0, 100)
MARGIN = asked_for(1, "%", -3, -10, 10)
THREE = (RENEWED, SATISFACTION, CALLS)
ONE = (RENEWED,)
LATER = tuple(replace(kr, number=kr.number + 3) for kr in THREE)

U = ReplyUpdate
B = ReplyBlocker
DEPENDS = B(BlockerKind.DEPENDENCY, "Jack")


@pytest.mark.parametrize(
    ("text", "updates"),
    [
        ("KR1 62% confidence 7, two chains signed", [U(1, 62, 7, "two chains signed")]),
        ("1 52%", [U(1, 52)]),
        ("kr 1: 62", [U(1, 62)]),
        ("#1 62", [U(1, 62)]),
        ("Key result 1 62", [U(1, 62)]),
        ("*KR1* 62 %", [U(1, 62)]),
        ("`1 62`", [U(1, 62)]),
        ("> 1 62", [U(1, 62)]),
        ("1️⃣ 62", [U(1, 62)]),
        ("（1) 62", []),
        ("(1) 62", [U(1, 62)]),
        ("٢ ٨", [U(2, 8)]),
        ("ＫＲ1 62", []),
        ("\u202bKR1\u00a062\u200f%\u202c", [U(1, 62)]),
        ("KR1\u200b 6\u200b2", [U(1, 62)]),
        ("KR1 is 62%", [U(1, 62)]),
        ("KR1 = 62", [U(1, 62)]),
        ("KR1 - 62", [U(1, 62)]),
        ("KR1 → 62", [U(1, 62)]),
        ("KR1 up to 62", [U(1, 62)]),
        ("KR1 62\n2: 7\n3) 41", [U(1, 62), U(2, 7), U(3, 41)]),
        ("- 1 62\n- 2 8", [U(1, 62), U(2, 8)]),
        ("1. 62\r\n2. 8", [U(1, 62), U(2, 8)]),
        ("KR2 8; KR1 62; 3 41", [U(1, 62), U(2, 8), U(3, 41)]),
        ("KR1 62 KR2 8", [U(1, 62), U(2, 8)]),
        ("KR1 62 and KR2 8", [U(1, 62), U(2, 8)]),
        ("1 62 and 2 8", [U(1, 62), U(2, 8)]),
        ("1 62, 2 same, 3 41", [U(1, 62), U(2, unchanged=True), U(3, 41)]),
        ("1 62%,2 8,3 41", [U(1, 62)]),
        ("1 62, rest same", [U(1, 62), U(2, unchanged=True), U(3, unchanged=True)]),
        ("1 62\nthe others are unchanged", [U(1, 62), U(2, unchanged=True), U(3, unchanged=True)]),
        ("same", [U(n, unchanged=True) for n in (1, 2, 3)]),
        ("No change", [U(n, unchanged=True) for n in (1, 2, 3)]),
        ("all unchanged", [U(n, unchanged=True) for n in (1, 2, 3)]),
        ("same as last week!", [U(n, unchanged=True) for n in (1, 2, 3)]),
        ("KR1 no change, waiting for the carrier", [U(1, drove="waiting for the carrier", unchanged=True)]),
        ("KR2 same confidence 8", [U(2, 7, 8)]),
        ("KR1 confidence 7", [U(1, confidence=7)]),
        ("KR1 conf 7", [U(1, confidence=7)]),
        ("KR1 conf: 7/10", [U(1, confidence=7)]),
        ("KR1 conf7", [U(1, confidence=7)]),
        ("KR1 confidence is 7", [U(1, confidence=7)]),
        ("1 c7", [U(1, confidence=7)]),
        ("1 62 c7", [U(1, 62, 7)]),
        ("2 7/10", [U(2, confidence=7)]),
        ("2 7 7 / 10", [U(2, 7, 7)]),
        ("1 62% (confidence 7)", [U(1, 62, 7)]),
        ("1 confidence 7, 62%", [U(1, 62, 7)]),
        ("1 62%, two chains signed, confidence 7", [U(1, 62, 7, "two chains signed")]),
        ("1 62%, signed confidence 7, more, to come", [U(1, 62, 7, "signed, more, to come")]),
        ("1 62%, at 8/10 stores, 7/10", [U(1, 62, 7, "at 8/10 stores")]),
        ("1 62% 7/10, confidence 7", [U(1, 62, 7)]),
        ("1: 62%; confidence 7; two chains; one left", [U(1, 62, 7, "two chains; one left")]),
        ("1 62% two chains", [U(1, 62, drove="two chains")]),
        ("1 62%, *two* chains `x` 🎉", [U(1, 62, drove="*two* chains `x` 🎉")]),
        ("1 62% 👍", [U(1, 62, drove="👍")]),
        ("1 62% ❤\ufe0f, 2 8", [U(1, 62, drove="❤\ufe0f"), U(2, 8)]),
        ("1 62!", [U(1, 62)]),
        ("1 62% c7, at c8, c8.5 too", [U(1, 62, 7, "at c8, c8.5 too")]),
        ("3 41 per week, KR2 depends on this", [U(3, 41, drove="KR2 depends on this")]),
        ("3 41, 2 new chains", [U(3, 41, drove="2 new chains")]),
        ("3 41, 15 calls about the same", [U(3, 41, drove="15 calls about the same")]),
        ("1 1 250", [U(1, 1250)]),
        ("2 +1", [U(2, 8)]),
        ("1 +5", [U(1, 52)]),
        ("1 +0.1", [U(1, 47.1)]),
        ("2 up 1", [U(2, 8)]),
        ("2 down by 1", [U(2, 6)]),
        ("2 by −1", [U(2, 6)]),
        ("2 at -1", [U(2, -1)]),
        (
            "1 30 confidence 3, late, blocked: dependency, Jack; fix: status page, soon",
            [U(1, 30, 3, "late", blocker=B(BlockerKind.DEPENDENCY, "Jack", "status page, soon"))],
        ),
        ("KR2 blocked: external", [U(2, blocker=B(BlockerKind.EXTERNAL))]),
        (
            "2 same, blocked by: waiting for the new API, @Hannah",
            [U(2, unchanged=True, drove="waiting for the new API", blocker=B(whose="@Hannah"))],
        ),
        ("2 7, conf 2, blocked: Hannah & Jim", [U(2, 7, 2, blocker=B(whose="Hannah & Jim"))]),
        ("2 7, conf 2, blocked: no data at all", [U(2, 7, 2, drove="blocked: no data at all")]),
        (
            "2 7, late, blocked: dependency, Hannah, no data at all, conf 2; fix: ask",
            [U(2, 7, 2, "late, no data at all", blocker=B(BlockerKind.DEPENDENCY, "Hannah", "ask"))],
        ),
        ("1 62, nobody is blocked: ", [U(1, 62, drove="nobody is")]),
        ("KR1 done", [U(1, 80)]),
        ("2 done, 3 reached!", [U(2, 8), U(3, 20)]),
        ("KR3 is done", [U(3, 20)]),
        ("KR1 is now at risk", [U(1, confidence=5)]),
        ("KR1 is unchanged", [U(1, unchanged=True)]),
        ("KR1 done confidence 9, at last", [U(1, 80, 9, "at last")]),
        ("KR2 7.5 on track 8/10", [U(2, 7.5, 8)]),
        ("1 62, at risk", [U(1, 62, 5)]),
        ("1 at risk, two chains left", [U(1, confidence=5, drove="two chains left")]),
        ("1 62, at risk of nothing", [U(1, 62, drove="at risk of nothing")]),
        ("1 62% on track", [U(1, 62)]),
        ("1 62; 1 62; KR1 7/10", [U(1, 62, 7)]),
        ("1 62, note “next: 2 8, 3 41”", [U(1, 62, drove="next: 2 8, 3 41")]),
    ],
)
def test_an_answer_about_several_key_results_is_understood(text: str, updates: list[ReplyUpdate]) -> None:
    assert list(parse_reply(text, THREE).updates) == updates


@pytest.mark.parametrize(
    ("text", "kr", "update"),
    [
        ("62", RENEWED, U(1, 62)),
        ("62% 7/10, two chains", RENEWED, U(1, 62, 7, "two chains")),
        ("62, two chains signed", RENEWED, U(1, 62, drove="two chains signed")),
        ("62. 2 chains signed", RENEWED, U(1, 62, drove="2 chains signed")),
        ("62% 3 chains signed", RENEWED, U(1, 62, drove="3 chains signed")),
        ("62\n7/10\ntwo chains, 3 to go\nmore", RENEWED, U(1, 62, 7, "two chains, 3 to go; more")),
        ("what a week\n62%", RENEWED, U(1, 62, drove="what a week")),
        ("62\n2 chains", RENEWED, U(1, 62, drove="2 chains")),
        ("same\n2 chains", RENEWED, U(1, drove="2 chains", unchanged=True)),
        ("conf 7 62%", RENEWED, U(1, 62, 7)),
        ("1", RENEWED, U(1, 1)),
        ("1, a slow start", RENEWED, U(1, 1, drove="a slow start")),
        ("1 62", RENEWED, U(1, 62)),
        ("1: 62", RENEWED, U(1, 62)),
        ("1 same", RENEWED, U(1, unchanged=True)),
        ("• 62", RENEWED, U(1, 62)),
        ("- 62, signed", RENEWED, U(1, 62, drove="signed")),
        ("all the same", RENEWED, U(1, unchanged=True)),
        ("rest same, waiting", RENEWED, U(1, drove="waiting", unchanged=True)),
        ("7/10", RENEWED, U(1, confidence=7)),
        ("+5", RENEWED, U(1, 52)),
        ("by -5", RENEWED, U(1, 42)),
        ("-5", MARGIN, U(1, -5)),
        ("at 5", MARGIN, U(1, 5)),
        ("up 5", MARGIN, U(1, 2)),
        ("¥250k, Q4 campaign", SALES, U(1, 250_000, drove="Q4 campaign")),
        ("250k 8/10", SALES, U(1, 250_000, 8)),
        ("+5k", SALES, U(1, 125_000)),
        ("62 confidence 7", SIGNED, U(1, 62, 7)),
        ("62 000", SIGNED, U(1, 62_000)),
    ],
)
def test_with_one_key_result_asked_for_its_number_need_not_be_said(
    text: str, kr: AskedKeyResult, update: ReplyUpdate
) -> None:
    assert parse_reply(text, [kr]) == Reply((update,))


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("1 62", None),
        ("next: call the five that lapsed", ("call the five that lapsed",)),
        ("1 62, two chains; next: a; b; ", ("a", "b")),
        ("1 62%, next: a", ("a",)),
        ("1 62 next: a", ("a",)),
        ("1 62. Next steps: a, b", ("a, b",)),
        ("1 62\nNEXT WEEK: a\nb\n\nc", ("a", "b", "c")),
        ("next week’s plan: a", ("a",)),
        (
            "next:\n- call five\n• status page\n1. mail",
            ("call five", "status page", "mail"),
        ),
        ("next:\n* x\n2) y\n[ ] z", ("x", "y", "z")),
        ("next: -5% churn", ("-5% churn",)),
        ("next: none", ()),
        ("next: nothing", ()),
        ("Next week: -", ()),
        ("next: a\nKR2 8", ("a",)),
        ("next: a\n2 8\nnext: b", ("a", "b")),
        ("next: a\nnext: b", ("a", "b")),
        ("next: 2 calls a week; 2 8", ("2 calls a week",)),
        ("next: 3 calls", ("3 calls",)),
        ("next: KR2 needs a lead", ("KR2 needs a lead",)),
    ],
)
def test_next_weeks_actions_are_understood(text: str, actions: tuple[str, ...] | None) -> None:
    reply = parse_reply(text, THREE)
    assert reply.actions == actions
    assert reply.problems == ()


def test_a_key_result_ends_the_actions() -> None:
    assert parse_reply("next: a\nKR2 8, good", THREE).updates == (U(2, 8, drove="good"),)


@pytest.mark.parametrize("between", ["\n", "; "])
def test_thanks_end_the_actions(between: str) -> None:
    reply = parse_reply(f"next: a; b{between}thanks Hannah for the data", THREE, names={"hannah"})
    assert (reply.actions, reply.thanks) == (("a", "b"), ("Hannah for the data",))
    assert parse_reply(f"next: a{between}thanks to nobody we know", THREE).actions == (
        "a",
        "thanks to nobody we know",
    )


@pytest.mark.parametrize(
    ("text", "updates", "kept"),
    [
        ("3 41 conf 2\nblocked: dependency, Jack", [U(3, 41, 2, blocker=DEPENDS)], ()),
        ("3 41 conf 2\n- in the way: dependency, Jack\n2 8", [U(2, 8), U(3, 41, 2, blocker=DEPENDS)], ()),
        ("1 52\n3 41\nnext: a\nblocked: dependency, Jack", [U(1, 52), U(3, 41, blocker=DEPENDS)], ()),
        ("3 41; next: a; blocked: dependency, Jack", [U(3, 41, blocker=DEPENDS)], ()),
        ("1 52; 3 41\nblocked: dependency", [U(1, 52), U(3, 41)], ("blocked: dependency",)),
        ("next: a\nblocked: dependency", [], ("blocked: dependency",)),
    ],
)
def test_what_is_in_the_way_belongs_to_the_line_above(
    text: str, updates: list[ReplyUpdate], kept: tuple[str, ...]
) -> None:
    reply = parse_reply(text, THREE)
    assert (list(reply.updates), reply.not_understood) == (updates, kept)
    assert reply.actions == (("a",) if "next" in text else None)


def test_with_one_key_result_it_is_what_is_in_its_way() -> None:
    reply = parse_reply("next: a\nblocked: dependency, Jack", ONE)
    assert (reply.updates, reply.actions) == ((U(1, blocker=DEPENDS),), ("a",))


def test_a_line_about_earlier_actions_ends_the_new_ones() -> None:
    reply = parse_reply("next: drop 2\nb\ndone 1 3\ndrop 2", THREE, open_actions=[1, 2, 3])
    assert reply.actions == ("drop 2", "b")
    assert reply.closings == {1: Closing.DONE, 3: Closing.DONE, 2: Closing.DROPPED}


def test_what_becomes_of_actions_may_be_said_after_their_numbers() -> None:
    reply = parse_reply("action 1 done; 2 dropped\n3, 4 carried; 1 62", THREE, open_actions=[1, 2, 3, 4])
    done, dropped, kept = Closing.DONE, Closing.DROPPED, Closing.KEPT
    assert (reply.closings, reply.updates) == ({1: done, 2: dropped, 3: kept, 4: kept}, (U(1, 62),))
    assert parse_reply("2 dropped", THREE).not_understood == ("2 dropped",)


def sentences(reply: Reply) -> tuple[str, ...]:
    """What is said of what cannot be taken, with buttons or without."""
    return (*reply.problems, *(doubt.sentence for doubt in reply.doubts))


NAMED = "you are asked for KR1 to KR3"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("62", "Which one? Write “1 62” or “KR2 62”"),
        ("62 7/10", "Which one? Write “1 62 7/10” or “KR2 62 7/10”"),
        ("62, and a note that is rather long", "Which one? Write “1 62” or “KR2 62”"),
        ("2", "Which one? Write “KR1 2” or “KR2 2”"),
        ("confidence 7", "Which one? Write “1 confidence 7” or “KR2 confidence 7”"),
        ("same, confidence 7", "Which one? Write “1 same, confidence 7” or “KR2 same, confidence 7”"),
        ("62 000", "Which one? Write “1 62 000” or “KR2 62 000”"),
        ("+5", "Which one? Write “1 +5” or “KR2 +5”"),
        ("1 1,250", "KR1: “1,250” can be read in two ways. Write “KR1 1250” or “KR1 1.25”"),
        ("KR9 62", f"There is no KR9; {NAMED}"),
        ("9 62", f"There is no KR9; {NAMED}"),
        ("9: 62", f"There is no KR9; {NAMED}"),
        ("9 same", f"There is no KR9; {NAMED}"),
        ("KR1 lots", "KR1: I found no number in “lots”. Write it like “KR1 47 %”, or “KR1 same”"),
        ("KR1", "KR1: I found no number. Write it like “KR1 47 %”, or “KR1 same”"),
        (
            "KR1 same problem as ever",
            "KR1: I found no number in “same problem as ever”. Write it like “KR1 47 %”, or “KR1 same”",
        ),
        ("KR1 confidence 11", "KR1: 11 is not a confidence: it goes from 0 to 10"),
        ("KR1 confidence 70%", "KR1: “70%” is not a confidence: it is a whole number from 0 to 10"),
        ("KR1 $62", "KR1: “$62” is in $, but this is counted in %"),
        ("KR2 up 5%", "KR2: “5%” is in %, but this is counted in pts"),
        ("1 1e999", "KR1: “1e999” is too large a number"),
        ("1 1.2.3", "KR1: “1.2.3” is not a number I can read"),
        ("1 62 two chains", "KR1: is 62 its value? Then put a comma after it: “KR1 62, two chains”"),
        ("1 2 chains signed", "KR1: is 2 its value? Then put a comma after it: “KR1 2, chains signed”"),
        ("1 62 7", "KR1: I cannot tell where “62” ends. Put a comma, or a line for each key result"),
        ("1 62,2 8", "KR1: I cannot tell where “62,2” ends. Put a comma, or a line for each key result"),
        ("1 62% 2 8", "KR1: I cannot tell where “62%” ends. Put a comma, or a line for each key result"),
        ("1 62 +5", "KR1: I cannot tell where “62” ends. Put a comma, or a line for each key result"),
        ("1 62, 7", "KR1: what is “7”? Write the value first, then “confidence 7”"),
        ("1 7/10 well, 8/10", "KR1: two confidences, 7 and 8/10"),
        ("1 62; 1 63", "KR1: you wrote both 62 % and 63 %. Write the one that counts"),
        ("1 7/10\n1 8/10", "KR1: you wrote both confidence 7 and confidence 8. Write the one that counts"),
        ("1 62; 1 same", "KR1: you wrote both 62 % and “same”. Write the one that counts"),
        (
            "2 -1",
            "KR2: “-1” could be a value or a change. Write “KR2 down 1” for 1 less, “KR2 at −1” for the value",
        ),
        ("1 62\nsame", "Which ones are the same? Write “rest same”, or name them: “KR2 same”"),
        ("1 62; 2 8; 3 41; rest same", "Every key result is named already, so there is no rest"),
        ("all same confidence 7", "Which one is the confidence for? Write it beside each key result"),
        (
            "1 62% on track",
            "KR1: “on track” is a confidence from 7 to 10; it was 5. Which is it now? Write “KR1 confidence 10”, say",
        ),
        ("done", "Which one? Write “1 done” or “KR2 done”"),
        ("1,2,3 done", "Which ones? Write “done 1,2,3” for actions, “KR1 done” for a key result"),
        ("1 is 52 now", "KR1: is 52 its value? Then put a comma after it: “KR1 52, now”"),
        ("next:", "I found no action after “next:”. Write “next: none” if there is none"),
    ],
)
def test_what_is_recognised_but_cannot_be_taken_is_asked_about(text: str, problem: str) -> None:
    assert sentences(parse_reply(text, THREE)) == (problem,)


@pytest.mark.parametrize(
    ("text", "kr", "problem"),
    [
        (
            "1 250",
            RENEWED,
            "“1 250” can be read in two ways. Write “KR1 250” if 1 names the key result, “KR1 1 250” if it is part of the value",
        ),
        (
            "1 7/10",
            RENEWED,
            "“1 7/10” can be read in two ways. Write “KR1 7/10” if 1 names the key result, “KR1 1 7/10” if it is part of the value",
        ),
        ("2 62", RENEWED, "KR1: I cannot tell where “2” ends. Put a comma, or a line for each key result"),
        ("2: 62", RENEWED, "There is no KR2; you are asked for KR1"),
        ("62, 7", RENEWED, "KR1: what is “7”? Write the value first, then “confidence 7”"),
        (
            "2 chains signed",
            RENEWED,
            "KR1: is 2 its value? Then put a comma after it: “KR1 2, chains signed”",
        ),
        (
            "-5",
            RENEWED,
            "KR1: “-5” could be a value or a change. Write “KR1 down 5” for 5 less, “KR1 at −5” for the value",
        ),
        (
            "+5",
            MARGIN,
            "KR1: “+5” could be a value or a change. Write “KR1 up 5” for 5 more, “KR1 at 5” for the value",
        ),
        ("- 5", RENEWED, "KR1: is the dash a minus? Write “KR1 5”, or “KR1 at −5”"),
        (
            "+5",
            replace(RENEWED, answered=True),
            "KR1: it has an answer already, 47 %. Write the new value instead of a change",
        ),
        ("+1e308", replace(SIGNED, value=1.7e308), "KR1: that makes too large a number"),
        ("done", RENEWED, "Has KR1 reached its target? Then write “KR1 done”"),
        ("24.12.2025", RENEWED, "KR1: “24.12.2025” is not a number I can read"),
    ],
)
def test_with_one_key_result_too_nothing_is_guessed(text: str, kr: AskedKeyResult, problem: str) -> None:
    reply = parse_reply(text, [kr])
    assert replace(reply, doubts=(), problems=()) == Reply((), None, (text,))
    assert sentences(reply) == (problem,)


def test_words_that_say_nothing_about_key_results_are_kept_as_typed() -> None:
    text = "Thanks! 👍\n  12 customers told us  \n10:30 with Hannah\n1 62\n<!channel> \u200fשלום"
    reply = parse_reply(text, THREE)
    assert reply.not_understood == (
        "Thanks! 👍",
        "12 customers told us",
        "10:30 with Hannah",
        "<!channel> \u200fשלום",
    )
    assert reply.updates == (U(1, 62),)
    assert reply.problems == ()


def test_a_wrong_confidence_does_not_lose_the_rest() -> None:
    reply = parse_reply("KR1 62% confidence 11, two chains", THREE)
    assert reply.updates == (U(1, 62, drove="two chains"),)
    assert reply.problems == ("KR1: 11 is not a confidence: it goes from 0 to 10",)


def test_a_note_beside_same_for_all_belongs_to_none_of_them_and_is_kept() -> None:
    reply = parse_reply("no change, waiting", THREE)
    assert [update.drove for update in reply.updates] == ["", "", ""]
    assert reply.not_understood == ("waiting",)


def test_contradicting_answers_are_all_kept_in_their_order() -> None:
    reply = parse_reply("1 62\nhello\n1 63\n2 8", THREE)
    assert reply.not_understood == ("1 62", "hello", "1 63")
    assert reply.updates == (U(2, 8),)


def test_the_numbers_may_start_anywhere() -> None:
    assert parse_reply("4 62, 5 same, KR6 41", LATER).updates == (U(4, 62), U(5, unchanged=True), U(6, 41))
    assert parse_reply("1 62", LATER).problems == ("There is no KR1; you are asked for KR4 to KR6",)
    two = (LATER[0], LATER[2])
    assert parse_reply("5 62", two).problems == ("There is no KR5; you are asked for KR4 and KR6",)


def test_where_nothing_is_asked_actions_are_taken_and_the_rest_is_kept() -> None:
    reply = parse_reply("62\nKR1 62, KR2 8\nall same\nnext: a", [])
    assert reply.updates == ()
    assert reply.actions == ("a",)
    assert reply.not_understood == ("62", "KR1 62, KR2 8", "all same")
    assert reply.problems == ("There is no KR1; nothing is asked of you now",)


@pytest.mark.parametrize("text", ["", "   ", "\n\t\r\n", "\u200b\u200f"])
def test_a_blank_text_says_nothing(text: str) -> None:
    assert parse_reply(text, THREE) == Reply()


def test_more_actions_than_a_check_in_takes_are_kept() -> None:
    reply = parse_reply("next: a; b\nc\nd; e", THREE)
    assert (reply.actions, reply.not_understood) == (("a", "b", "c"), ("d", "e"))
    assert reply.problems == ("Up to 3 actions, please: I took the first ones",)


def test_an_action_that_is_too_long_is_kept_and_changes_no_others() -> None:
    longest = "x" * ACTION_LONGEST
    assert parse_reply(f"next: {longest}", THREE).actions == (longest,)
    reply = parse_reply(f"next: {longest}x", THREE)
    assert (reply.actions, reply.not_understood) == (None, (f"{longest}x",))
    assert reply.problems == (f"An action has up to 300 characters; “{'x' * 39}…” has 301",)
    assert parse_reply(f"next: {longest}x; a", THREE).actions == ("a",)


def test_more_parts_than_any_check_in_has_are_kept_unread() -> None:
    reply = parse_reply("hello\n" * 200 + "1 62\nnext: a", THREE)
    assert len(reply.not_understood) == 201
    assert reply.not_understood[-1] == "1 62"
    assert reply.actions == ("a",)


@pytest.mark.parametrize(
    ("update", "asked", "words"),
    [
        (U(1, 62, 7, "two chains signed"), THREE, "KR1 62 % confidence 7, two chains signed"),
        (U(3, 41.125), THREE, "KR3 41.1250 a week"),
        (U(3, 1250), THREE, "KR3 1250 a week"),
        (U(3, 1250), [replace(CALLS, value=1250)], "KR3 1,250 a week"),
        (U(2, unchanged=True), THREE, "KR2 unchanged"),
        (
            U(2, 6, 3, "late", blocker=B(BlockerKind.PRIORITY, "Jack", "ask")),
            THREE,
            "KR2 6 pts confidence 3, late, blocked: priority conflict, Jack; fix: ask",
        ),
        (U(1, confidence=7), THREE, "KR1 confidence 7"),
        (U(1, -5), [MARGIN], "KR1 at −5 %"),
        (U(1, 250_000), [SALES], "KR1 ¥250,000"),
        (U(1, 62, drove="good; next: 5"), THREE, "KR1 62 %, note “good; next: 5”"),
        (U(1, 62, drove="a\n2 8"), THREE, "KR1 62 %, a 2 8"),
        (U(1, 62), [replace(RENEWED, unit="; next: x")], "KR1 62"),
    ],
)
def test_an_update_is_echoed_in_words(
    update: ReplyUpdate, asked: Sequence[AskedKeyResult], words: str
) -> None:
    assert echo(update, asked) == words
    if "\n" not in update.drove:
        assert parse_reply(words, asked).updates == (update,)


FRAGMENTS = [
    *(
        "KR1",
        "kr 2:",
        "#3",
        "1",
        "2",
        "3.",
        "9",
        "62%",
        "62",
        "8 pts",
        "41 a week",
        "1,250",
        "+5",
        "-5",
        "up 5",
    ),
    *("7/10", "confidence 7", "conf: 11", "c7", "same", "no change", "rest same", "all unchanged", "next:"),
    *(
        "next week: none",
        "two chains signed",
        "note “",
        "”",
        "(",
        ")",
        ",",
        ";",
        "\n",
        ".",
        " ",
        "👍",
        "–",
        "is",
    ),
    *(
        "at",
        "and",
        "done 1 3",
        "drop",
        "done",
        "keep 2",
        "thanks Hannah for the data",
        "thanks:",
        "on track",
        "at risk",
        "- ",
        "* ",
        "\u200f",
        "٦٢",
        "hello",
        "confidence",
        "\N{NO-BREAK SPACE}",
        "?",
        "¥",
        "`",
        "/10",
    ),
]
MESSAGES = st.lists(st.sampled_from(FRAGMENTS), max_size=12).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)
ASKED = st.sampled_from([THREE, ONE, LATER, (SALES,), (SIGNED,), (MARGIN, *LATER)])
OUR_WORDS = """
    kr krs key result confidence confident conf level c same unchanged no change changes changed nothing not has
    still the as before last week time again this all both everything rest other others remaining else is are
    was now at up down to by currently stands and next steps step actions action plans plan s note none nil n a
    of on per an in each every pts points percent pct k m mn mio mln million thousand b bn billion e x
    weeks kn done finished completed drop dropped keep kept carry carried
    reached achieved track risk trouble off blocked in the way fix resource dependency clarity priority
    conflict external thanks thank you to
"""


def letters(text: str) -> set[str]:
    return {word for word in re.findall(r"[^\W\d_]+", text.lower()) if word not in OUR_WORDS.split()}


@given(st.text() | MESSAGES, ASKED)
@example("KR1 62, two chains; hello next: call\nworld", THREE)
def test_every_word_of_any_text_ends_up_somewhere(text: str, asked: tuple[AskedKeyResult, ...]) -> None:
    reply = parse_reply(text, asked, {1, 2}, {"hannah"})
    drove = [update.drove for update in reply.updates]
    blockers = [one.blocker for one in reply.updates if one.blocker]
    drove += [f"{one.whose} {one.fix}" for one in blockers]
    somewhere = "\n".join(
        [*drove, *(reply.actions or ()), *reply.not_understood, *reply.problems, *reply.thanks]
    )
    assert letters(text) <= letters(somewhere)
    if letters(text) or re.search(r"\d", text):
        assert reply != Reply()


@given(st.text() | MESSAGES, ASKED)
def test_what_is_kept_is_exactly_what_was_typed(text: str, asked: tuple[AskedKeyResult, ...]) -> None:
    reply = parse_reply(text, asked, {1, 2}, {"hannah"})
    kept = [*reply.not_understood, *(reply.actions or ())]
    assert [words for words in kept if words not in text] == []
    numbers = {kr.number for kr in asked}
    assert {update.number for update in reply.updates} <= numbers
    assert all(update.confidence is None or 0 <= update.confidence <= 10 for update in reply.updates)


@given(MESSAGES | st.text(), ASKED, st.sampled_from([(), ("hannah", "jack")]))
def test_what_is_echoed_parses_back_to_the_same_update(
    text: str, asked: tuple[AskedKeyResult, ...], names: tuple[str, ...]
) -> None:
    for update in parse_reply(text, asked, (), names).updates:
        assert parse_reply(echo(update, asked, names), asked, (), names) == Reply((update,))


LINE = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"], exclude_characters="\ufe0f\u20e3")
).map(str.strip) | (MESSAGES.map(lambda words: " ".join(words.split()).strip("\u200f ")))


@given(
    st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000).map(float),
    st.none() | st.integers(0, 10),
    LINE,
    ASKED,
)
def test_an_update_made_in_a_form_parses_back_from_its_echo(
    value: float, confidence: int | None, drove: str, asked: tuple[AskedKeyResult, ...]
) -> None:
    update = U(asked[0].number, value, confidence, drove)
    assert parse_reply(echo(update, asked), asked) == Reply((update,))


@pytest.mark.parametrize(
    "fragment",
    ["KR1 62 ", "1 62, ", "next: ;1 62; ", "1\n", " ", ", ", "confidence ", "9", "note “", "”", "1 000 "],
)
def test_ten_thousand_characters_are_answered_too(fragment: str) -> None:
    text = (fragment * 10_000)[:10_000]
    for asked in (THREE, ONE):
        reply = parse_reply(text, asked)
        assert (reply == Reply()) == (fragment in {" ", ", "})
