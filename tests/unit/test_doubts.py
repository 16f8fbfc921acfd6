"""What a reply's words may mean where that is not clear: what is asked, and that each button says what it says."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.okr.actions import Closing
from bot.okr.measures import Move
from bot.okr.model import BlockerKind
from bot.okr.replies.blocker import ReplyBlocker
from bot.okr.replies.doubt_views import DoubtKind
from bot.okr.replies.doubts import DOUBTS_MOST, MEANINGS_MOST
from bot.okr.replies.echo import as_typed, echo
from bot.okr.replies.message import Reply, parse_reply
from bot.okr.replies.update import ReplyUpdate
from bot.okr.views import AskedKeyResult
from tests.unit.test_replies import (
    ASKED,
    CALLS,
    LINE,
    MARGIN,
    MESSAGES,
    ONE,
    RENEWED,
    SALES,
    SATISFACTION,
    SIGNED,
    THREE,
    U,
)

WHICH, MEANING, CONFIDENCE = DoubtKind
ANSWERED = replace(RENEWED, answered=True, value_before=40.0)
OF_ALL = ["1 Renewed online", "2 Renewed online", "3 Renewed online"]


@pytest.mark.parametrize(
    ("text", "asked", "kind", "labels", "words"),
    [
        ("1 1,250", THREE, MEANING, ["1,250 %", "1.25 %"], "KR1 1250 %"),
        ("KR2 1.250 7/10, better", THREE, MEANING, ["1.25 pts, confidence 7", "1,250 pts, confidence 7"], None),
        ("+1,250", (SIGNED,), MEANING, ["1,290", "41.25"], "KR1 1290"),
        ("1.250 ¥", (SALES,), MEANING, ["¥1.25", "¥1,250"], "KR1 ¥1.25"),
        ("1,250k", (SIGNED,), MEANING, ["1,250,000", "1,250"], "KR1 1,250,000"),
        ("62", THREE, WHICH, OF_ALL, "KR1 62 %"),
        ("1,250", THREE, WHICH, OF_ALL, "KR1 1,250"),
        ("done", THREE, WHICH, OF_ALL, "KR1 80 %"),
        ("on track", THREE, WHICH, OF_ALL, "KR1 on track"),
        ("62%", (*THREE, replace(RENEWED, number=4)), WHICH, ["1 Renewed online", "4 Renewed online"], "KR1 62 %"),
        ("¥62", (*THREE, replace(SALES, number=4)), None, [], ""),
        ("-1", (SATISFACTION,), MEANING, ["−1 pts", "6 pts"], "KR2 at −1 pts"),
        ("+5", (MARGIN,), MEANING, ["5 %", "2 %"], "KR1 5 %"),
        ("+5", (ANSWERED,), MEANING, ["52 %", "45 %"], "KR1 52 %"),
        ("- 5", ONE, MEANING, ["5 %", "−5 %"], "KR1 5 %"),
        ("1 250", ONE, MEANING, ["250 %", "1,250 %"], "KR1 250 %"),
        ("1 7/10", ONE, MEANING, ["confidence 7", "1 %, confidence 7"], "KR1 confidence 7"),
        ("done", ONE, MEANING, ["80 %"], "KR1 80 %"),
        ("1 62 two chains", THREE, MEANING, ["62 %"], "KR1 62 %, two chains"),
        ("1 62 7", THREE, MEANING, ["62 %, confidence 7"], "KR1 62 % confidence 7"),
        ("1 62 70", THREE, None, [], ""),
        ("1 62, 7", THREE, MEANING, ["62 %, confidence 7", "62 %"], "KR1 62 % confidence 7"),
        ("1 7/10 well, 8/10", THREE, MEANING, ["confidence 7", "confidence 8"], "KR1 confidence 7, well"),
        ("1 62; 1 63, up", THREE, MEANING, ["62 %", "63 %"], "KR1 62 %, up"),
        ("1 62; 1 same", THREE, MEANING, ["62 %", "47 %"], "KR1 62 %"),
        ("1 62 7/10; 1 63 8/10", THREE, MEANING, [f"{v} %, confidence {c}" for v in (62, 63) for c in (7, 8)], None),
        ("1 62\nsame", THREE, MEANING, ["KR2, KR3"], "KR2 unchanged\nKR3 unchanged"),
        ("1 62\nsame, waiting", THREE, None, [], ""),
        ("all same confidence 7", THREE, WHICH, [*OF_ALL, "All of them"], None),
        ("1 62 on track", THREE, CONFIDENCE, ["7", "8", "9", "10"], "KR1 confidence 7"),
        ("2 off track", (RENEWED, replace(SATISFACTION, confidence=9)), CONFIDENCE, list("0123"), "KR2 confidence 0"),
        ("KR1 47->52", THREE, MEANING, ["47 %", "52 %"], "KR1 47 %"),
        ("1 47 → 52 7/10, up", THREE, MEANING, ["47 %, confidence 7", "52 %, confidence 7"], None),
        ("KR1 conf 5 -> 7", THREE, MEANING, ["confidence 5", "confidence 7"], "KR1 confidence 5"),
        ("KR1 60?", THREE, MEANING, ["60 %"], "KR1 60 %"),
        ("1 60? conf 7", THREE, MEANING, ["60 %, confidence 7"], "KR1 60 % confidence 7"),
        ("52%, is that right?", ONE, MEANING, ["52 %"], "KR1 52 %, note “is that right?”"),
        ("all same?", THREE, None, [], ""),
        ("1 52% confidence: low", THREE, CONFIDENCE, list("0123"), "KR1 confidence 0"),
        ("1 conf high, chains", THREE, CONFIDENCE, ["7", "8", "9", "10"], "KR1 confidence 7"),
        ("1 done", THREE, MEANING, ["Action 1", "KR1"], "done 1"),
        ("1 done, thanks Jack", THREE, MEANING, ["Action 1", "KR1"], "done 1; note “thanks Jack”"),
        ("done 1, 2 8", THREE, MEANING, ["Action 1, KR2 8"], "done 1; 2 8"),
        ("done 1, 4 5", THREE, MEANING, ["Actions 1, 4, 5"], "done 1, 4, 5"),
        ("done 4; drop 4", THREE, MEANING, ["done", "drop"], "done 4"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_is_asked_about_with_what_it_may_mean(
    text: str, asked: Sequence[AskedKeyResult], kind: DoubtKind | None, labels: list[str], words: str | None
) -> None:
    doubts = parse_reply(text, asked, {1, 4, 5}).doubts
    assert [one.kind for one in doubts] == ([kind] if kind else [])
    assert [meaning.label for one in doubts for meaning in one.meanings] == labels
    if words:
        assert as_typed(doubts[0].meanings[0], asked) == words


@pytest.mark.parametrize(
    ("text", "asked", "updates"),
    [
        ("¥1,250", (SALES,), [U(1, 1250)]),
        ("1,250 ¥", (SIGNED,), [U(1, 1250)]),
        ("120,000", (SALES,), [U(1, 120_000)]),
        ("1,250,000", (SIGNED,), [U(1, 1_250_000)]),
        ("0,125", (SIGNED,), [U(1, 0.125)]),
        ("1,25", (SIGNED,), [U(1, 1.25)]),
        ("1250,375", (SIGNED,), [U(1, 1250.375)]),
        ("1.250,5", (SIGNED,), [U(1, 1250.5)]),
        ("1,250", (replace(SIGNED, value=1250),), [U(1, 1250)]),
        ("1.125", (replace(SIGNED, measure=Move(0, 1.125)),), [U(1, 1.125)]),
        ("8 pts", THREE, [U(2, 8)]),
        ("41 a week\n62% 7/10", THREE, [U(1, 62, 7), U(3, 41)]),
        ("62%\nrest same", THREE, [U(1, 62), U(2, unchanged=True), U(3, unchanged=True)]),
    ],
)
def test_where_only_one_reading_is_valid_nothing_is_asked(
    text: str, asked: Sequence[AskedKeyResult], updates: list[ReplyUpdate]
) -> None:
    assert parse_reply(text, asked) == Reply(tuple(updates))


def test_what_stands_beside_it_is_taken_and_the_doubtful_words_are_kept() -> None:
    reply = parse_reply("2 8\n62\n1 1,250, two chains\nhello", THREE)
    assert reply.updates == (U(2, 8),)
    assert reply.not_understood == ("62", "1 1,250, two chains", "hello")
    assert [doubt.kept for doubt in reply.doubts] == [("62",), ("1 1,250, two chains",)]
    assert [doubt.number for doubt in reply.doubts] == [0, 1]
    assert reply.problems == ()


def test_so_many_are_asked_about_and_the_others_said_in_words() -> None:
    reply = parse_reply("\n".join(f"KR1 1,{number}" for number in range(250, 260)), THREE)
    assert (len(reply.doubts), len(reply.problems)) == (DOUBTS_MOST, 10 - DOUBTS_MOST)
    assert len(reply.not_understood) == 10
    many = [replace(RENEWED, number=number) for number in range(1, MEANINGS_MOST + 2)]
    assert len(parse_reply("52", many[:-1]).doubts[0].meanings) == MEANINGS_MOST
    assert parse_reply("52", many).doubts == ()
    assert parse_reply("52", many).problems == ("Which one? Write “1 52” or “KR2 52”",)


@pytest.mark.parametrize("asked", [THREE, ONE])
def test_what_is_said_beside_an_action_stays_kept(asked: Sequence[AskedKeyResult]) -> None:
    (doubt,) = parse_reply("1 done, thanks Jack and carry 2", asked, {1, 2}, {"jack"}).doubts
    again = parse_reply(doubt.meanings[0].words, asked, {1, 2}, {"jack"})
    assert again == Reply(closings={1: Closing.DONE}, not_understood=("note “thanks Jack and carry 2”",))


def test_an_action_has_no_confidence() -> None:
    assert parse_reply("1 done 7/10", THREE, {1}) == Reply((U(1, 80, 7),))


@given(MESSAGES | st.text(), ASKED)
def test_each_button_says_what_it_says(text: str, asked: tuple[AskedKeyResult, ...]) -> None:
    """Its words mean just that; or they are about that key result, and what of it is asked next."""
    reply = parse_reply(text, asked, {1, 2}, {"hannah"})
    assert len(reply.doubts) <= DOUBTS_MOST
    for doubt in reply.doubts:
        assert set(doubt.kept) <= set(reply.not_understood)
        labels = [meaning.label for meaning in doubt.meanings]
        assert 0 < len(labels) == len(set(labels)) <= MEANINGS_MOST
        for meaning in doubt.meanings:
            again = parse_reply(as_typed(meaning, asked, {"hannah"}), asked, {1, 2}, {"hannah"})
            if meaning.words:
                assert again.updates or again.doubts or again.closings
            else:
                assert again == Reply(tuple(sorted(meaning.updates, key=lambda one: one.number)))


BLOCKERS = st.builds(
    ReplyBlocker,
    st.none() | st.sampled_from(list(BlockerKind)),
    st.sampled_from(["", "Jack", "@Hannah", "Hannah Lee"]),
    st.sampled_from(["", "status page, soon", "ask; then call", "fix: it"]),
).filter(lambda blocker: blocker != ReplyBlocker())
NAMES = st.sampled_from([(), ("hannah",), ("hannah", "jack", "x", "next:")])
"""First names, casefolded; a name may look like anything."""
NUMBERS = st.integers(-2_000_000, 2_000_000).map(lambda one: one / 1000)


@given(NUMBERS, st.none() | st.integers(0, 10), LINE, st.none() | BLOCKERS, st.tuples(ASKED, NAMES))
@example(62, None, "good; thanks Jack", None, (ONE, ("jack",)))
def test_what_is_in_the_way_and_numbers_that_look_like_two_parse_back_from_their_echo(
    value: float,
    confidence: int | None,
    drove: str,
    blocker: ReplyBlocker | None,
    around: tuple[tuple[AskedKeyResult, ...], tuple[str, ...]],
) -> None:
    asked, names = around
    update = U(asked[0].number, value, confidence, drove, blocker=blocker)
    assert parse_reply(echo(update, asked, names), asked, (), names) == Reply((update,))


@given(NUMBERS, LINE, LINE, st.none() | BLOCKERS, st.tuples(ASKED, NAMES))
@example(62, "good", "well; thanks Jack", None, (ONE, ("jack",)))
def test_a_note_of_several_lines_stays_a_note(
    value: float,
    line: str,
    another: str,
    blocker: ReplyBlocker | None,
    around: tuple[tuple[AskedKeyResult, ...], tuple[str, ...]],
) -> None:
    asked, names = around
    update = U(asked[0].number, value, None, f"{line}\n{another}", blocker=blocker)
    one_line = replace(update, drove=" ".join(update.drove.split()))
    assert parse_reply(echo(update, asked, names), asked, (), names) in (Reply((one_line,)), Reply((update,)))


@given(BLOCKERS, LINE, NAMES)
@example(ReplyBlocker(whose="Jack"), "we wait", ())
def test_what_is_in_the_way_is_said_without_figures_too(
    blocker: ReplyBlocker, drove: str, names: tuple[str, ...]
) -> None:
    update = U(1, drove=drove, blocker=blocker)
    assert parse_reply(echo(update, THREE, names), THREE, (), names) == Reply((update,))


@given(st.sampled_from([-1250.0, -1.25, -1.0, 0.5, 1.125, 1250.0]), st.sampled_from(["", "up ", "by +", "+"]))
def test_a_change_is_taken_or_asked_about_as_the_value_it_leads_to(by: float, way: str) -> None:
    reply = parse_reply(f"KR3 {way}{by:,}".replace("by +-", "by -").replace("+-", "-"), [CALLS])
    meant = [meaning.updates[0].value for doubt in reply.doubts for meaning in doubt.meanings]
    told = [*meant, *(update.value for update in reply.updates)]
    moved = 40 + by if way or by < 0 else by
    assert moved in told or "up -" in f"{way}{by}"


@given(st.dictionaries(st.integers(1, 9), st.sampled_from([Closing.DONE, Closing.DROPPED, Closing.KEPT])))
def test_what_becomes_of_actions_parses_back(closings: dict[int, Closing]) -> None:
    words = {Closing.DONE: "done", Closing.DROPPED: "dropped", Closing.KEPT: "keep"}
    text = "; ".join(f"{words[closing]} {number}" for number, closing in closings.items())
    assert parse_reply(text, THREE, range(1, 10)) == Reply(closings=closings)


@given(LINE, ASKED)
def test_thanks_parse_back(text: str, asked: tuple[AskedKeyResult, ...]) -> None:
    for words in parse_reply(f"thanks: {text}", asked, (), {"hannah"}).thanks:
        assert parse_reply(f"thanks: {words}", asked, (), {"hannah"}).thanks == (words,)
