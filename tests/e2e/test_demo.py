"""The demo as a person starts it: the whole story, and going on by hand."""

import io
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.demo.clock import DemoClock
from bot.demo.go_on import GoOn
from bot.demo.play import STOPPED, exit_status, main
from bot.demo.show import excerpt
from bot.demo.stage import Stage
from bot.demo.words import moment
from bot.demo.world import BEGINS, ZONE, DemoFailed, demo_world
from tests.e2e.demo_cli import play


@dataclass(frozen=True)
class Played:
    status: int
    text: str
    errors: str
    records: list[dict[str, Any]]
    left_behind: list[str]

    def scene(self, title: str) -> str:
        """What stands between the clock that says this and the next one."""
        return next(part for part in self.text.split("\n── ") if title in part.splitlines()[0])


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """`okra demo --play --record FILE`, in a process of its own, without a terminal."""
    home, record = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("out") / "f.jsonl"
    done = play(home, "--record", str(record))
    lines = record.read_text(encoding="utf-8").splitlines() if record.exists() else []
    return Played(
        done.returncode,
        done.stdout,
        done.stderr,
        [json.loads(line) for line in lines],
        sorted(path.name for path in home.rglob("*")),
    )


def test_the_story_ends_well(played: Played) -> None:
    assert (played.status, played.errors) == (0, "")


def test_the_address_of_the_page_comes_first(played: Played) -> None:
    assert re.match(
        r"Look at it in a browser: http://127\.0\.0\.1:\d+/\n\nOkra, for two weeks\n", played.text
    )


def test_nothing_is_left_behind(played: Played) -> None:
    assert played.left_behind == []


def test_the_digest_says_what_the_story_says(played: Played) -> None:
    digest = played.scene("20 November, 16:30 in Shanghai")
    for words in (
        "TeeBee, week 8 of 13 · 2 of 2 answered",
        "Confidence 5.5 (was 6.5)",
        "pace 55 %",
        "1 RED Phone calls for support 41 → 20 a week, Jack",
        "55 pp behind · confidence 3 (was 5)",
        "In the way: dependency, Hannah",
        "2 RED Self-service renewals 9 → 50 %, Hannah",
        "Get carrier data (2nd week); Call the five that lapsed",
        "Jack: status page by Tuesday",
        "Customers who renew 55 → 70 %, Hannah",
        "Renewed online 60 → 80 %, Jack · 5 pp ahead",
    ):
        assert words in digest
    assert "last week: 3 done, 1 carried" in _unwrapped(digest)


def test_hannah_sees_her_slip_beside_the_field_and_is_asked_what_is_in_the_way(played: Played) -> None:
    scene = played.scene("20 November, 10:00 in Shanghai")
    assert "⚠ “lots” is not a number." in scene
    assert "What is in the way of KR2?" in scene
    assert "Answered at 10:04" in scene


def test_jacks_words_are_taken_kept_and_corrected(played: Played) -> None:
    scene = played.scene("14:00 in Shanghai")
    assert "40 → 14 a week" in scene
    assert "“could we talk about the hotel fair some time?”" in scene
    assert "14 → 20 a week" not in played.scene("16:30 in Shanghai")


def test_a_late_answer_changes_the_digest(played: Played) -> None:
    scene = played.scene("17:05 in Shanghai")
    assert "- Transaction amount ¥178,000" in scene
    assert "+ Transaction amount ¥186,000" in scene


def test_jim_looks_on_and_is_asked_nothing(played: Played) -> None:
    assert "TeeBee · 2026 Q4, week 8 of 13" in played.scene("07:30 for Jim in Los Angeles")
    jims = [text for text in _said_to(played, "Jim") if "check-in ·" in text]
    assert [text.split(" check-in")[0] for text in jims] == ["Design", "Reminder: Design", "Design"]


def test_each_is_asked_once_a_week_and_reminded_only_if_silent(played: Played) -> None:
    texts = [str(one["payload"]["text"]) for one in _calls(played.records, "chat.postMessage")]
    assert [_prompts(played, name) for name in ("Hannah", "Jack", "Jim")] == [8, 8, 2]
    assert sum(text.startswith("TeeBee, week") for text in texts) == 8
    assert sum(text.startswith("Design, week") for text in texts) == 2
    reminded = {name: _reminders(played, name) for name in ("Hannah", "Jack", "Jim")}
    # Hannah left out a key result in weeks 5 and 6; Jack did not answer in week 3, and only late in week 8;
    # Jim did not in week 7.
    assert reminded == {"Hannah": 2, "Jack": 2, "Jim": 1}


def test_the_meeting_decides_on_which_day_somebody_far_away_is_asked(played: Played) -> None:
    scene = played.scene("10:00 for Jim in Los Angeles")
    assert "answer by Thursday 12 November, 16:30" in scene
    assert "At his 15:00 he is reminded, once." in scene


def test_whoever_is_in_two_teams_gets_one_prompt(played: Played) -> None:
    assert "Design and TeeBee check-in · 5 key results" in played.scene("13 November, 09:00 in Shanghai")


def test_each_team_has_its_own_digest(played: Played) -> None:
    by_team = {
        team: next(text for text in _digests(played) if text.startswith(f"{team}, week 8"))
        for team in ("Design", "TeeBee")
    }
    for team, words in {
        "Design": ("portrait", "Away: Jim", "Nobody has named an action yet."),
        "TeeBee": ("Phone calls", "Self-service", "Jack: status page by Tuesday"),
    }.items():
        for one in words:
            assert {name for name, text in by_team.items() if one in text} == {team}


def test_a_late_tap_on_all_unchanged_ends_a_silence(played: Played) -> None:
    scene = played.scene("14 November, 01:00 in Shanghai")
    assert "He taps [All unchanged]" in scene
    assert "- 1 SILENT Success stories from other trades" in scene
    assert "+ Changed since 16:00: Jim answered" in scene


def test_whoever_is_away_is_passed_by(played: Played) -> None:
    scene = _unwrapped(played.scene("20 November, 02:10 in Shanghai"))
    assert "taps [Away]" in scene
    assert "to Friday 27 November, so this check-in passes you by." in scene


def test_an_action_that_is_left_open_is_carried(played: Played) -> None:
    assert "is carried into next week" in played.scene("20 November, 10:00 in Shanghai")
    assert "Get carrier data (2nd week)" in played.scene("20 November, 16:30 in Shanghai")


def test_what_is_in_the_way_travels_to_whom_it_waits_for(played: Played) -> None:
    asked = played.scene("20 November, 10:00 in Shanghai")
    assert "What is in the way of KR2?" in asked
    travelled = _unwrapped(played.scene("20 November, 14:00 in Shanghai"))
    assert "Hannah waits for you: Self-service renewals – dependency" in travelled
    assert "[Cleared] [Not mine]" in travelled


def test_a_lead_posts_the_digest_early_with_a_note(played: Played) -> None:
    scene = played.scene("20 November, 15:00 in Shanghai")
    assert "taps [Post it now]" in scene
    assert "Design, week 8 of 13 · 1 of 1 answered" in scene
    assert "Jack: Bring one portrait each, please." in scene
    assert "Away: Jim" in scene


def test_a_decision_is_taken_from_the_digest(played: Played) -> None:
    scene = _unwrapped(played.scene("20 November, 16:30 in Shanghai"))
    assert "taps [Decide]" in scene
    assert "+ Decided: Ask ten callers what they wanted to know, Jack" in scene
    assert "+ Jack: status page by Tuesday; Ask ten callers what they wanted to know" in scene


def test_every_call_was_accepted_and_everything_acknowledged(played: Played) -> None:
    calls = [one for one in played.records if one["direction"] == "to_slack"]
    assert len(calls) > 100
    assert [one for one in calls if not one["response"] or one["response"]["ok"] is not True] == []
    to_bot = [one for one in played.records if one["direction"] == "to_bot"]
    assert {one["type"] for one in to_bot} == {"events_api", "interactive", "slash_commands"}
    assert all(one["acked"] for one in to_bot)


def test_each_line_of_the_record_has_its_parts_and_no_token(played: Played) -> None:
    for one in played.records:
        assert datetime.fromisoformat(one["at"]).tzinfo is not None
        assert {"direction", "payload", "response"} <= one.keys()
        assert ("method" in one) is (one["direction"] == "to_slack")
        assert ("type" in one) is (one["direction"] == "to_bot")
        assert not re.search(r"xox[a-z]-|xapp-", json.dumps(one))


def test_it_fits_the_screen_without_colour(played: Played) -> None:
    lines = played.text.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < 290
    assert "\x1b" not in played.text


SCRIPT = """\
help
look
/okr
be Jim
look
look #design
be nobody
tap nonsense
jack:

be jack
tap nonsense
tap Change answer
look
tap Pause
fill
fill colour of KR3 = 3
fill sure KR4 = 44
fill KR3 = many
fill what drove KR3 = the new page
fill sure KR5 = 2
fill clear KR5 = Jim
fill done = KR3: Test the order form with a supplier, KR3: Put the renew button on the first screen
tap send
fill KR3 = 61%
send
send
tap Correct it
tap cancel
close
fill KR1 = 2
look #okrs
next
jack: 3 63% confidence 9
tap Rest unchanged
next
hannah: same
next
next
be jack
look
/nonsense
quit
next"""


@pytest.fixture(scope="module")
def gone_on() -> str:
    """`okra demo`, told what to do line by line, in a narrow terminal."""
    output = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(SCRIPT))
        patch.setattr(sys, "stdout", output)
        patch.setenv("COLUMNS", "40")
        assert main(play=False, record=None) == 0
    return output.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "What you can type",
        "Thursday 19 November to Friday 27 November",
        "Jack: Bring one portrait each, please.",
        "There is nobody called “nobody” here, but Hannah, Jack, Jim.",
        "What does Jack say? Write it after the colon.",
        "Jim sees no button “nonsense”. You can tap: [I am here after all], [Check in]",
        "Jack sees no button “nonsense”. You can tap: [",
        "A form is open: fill it in, and type “send” or “close”.",
        "Write it like: fill KR1 = 60%",
        "The form has no field “colour of KR3”.",
        "There is no “44” among: 0 – low",
        "⚠ “many” is not a number.",
        "The form is closed; nothing was sent.",
        "No form is open",
        "Renewed online 61 → 80 %",
        "Friday 27 November, 09:00 in Shanghai (10:00 for Jack in Tokyo)",
        "Renewed online 61 → 63 %, confidence 9",
        "Design, week 9 of 13 · 1 of 1 answered",
        "TeeBee, week 9 of 13 · 2 of 2 answered",
        "Slack says: /nonsense is not a valid command.",
        "Goodbye. Nothing of this is kept.",
    ],
)
def test_a_person_can_go_on(gone_on: str, words: str) -> None:
    after = gone_on[gone_on.index("Now you:") :]
    assert words in _unwrapped(after)


def test_the_address_is_said_again_before_a_person_goes_on(gone_on: str) -> None:
    story = _unwrapped(gone_on[: gone_on.index("Now you:")])
    assert re.search(r"Look at it in a browser: http://127\.0\.0\.1:\d+/ ?$", story)
    assert story.count("Look at it in a browser:") == 2


def test_a_narrow_terminal_is_enough(gone_on: str) -> None:
    story = gone_on[: gone_on.index("Now you:")]
    assert max(map(len, story.splitlines())) <= 40


def test_going_on_ends_with_quit(gone_on: str) -> None:
    assert gone_on.rstrip().endswith("Goodbye. Nothing of this is kept.")


def test_the_quarter_comes_to_its_end_and_the_input_too(capsys: pytest.CaptureFixture[str]) -> None:
    with Stage() as stage:
        stage.world.at(BEGINS + timedelta(days=400))
        assert stage.world.next_due() is None
        lines = iter(["next"])

        def read(_prompt: str) -> str:
            line = next(lines, None)
            if line is None:
                raise EOFError
            return line

        GoOn(stage, Console(), read).run()
    assert "Okra has nothing more to do: the quarter is over." in capsys.readouterr().out


def test_waiting_in_vain_fails_with_a_sentence() -> None:
    with demo_world(None) as world:
        with pytest.raises(DemoFailed, match=r"Nobody has seen a miracle\."):
            world.expect("a miracle", lambda: None, 0.01)
        with pytest.raises(DemoFailed, match=r"Hannah has never been asked\."):
            world.prompt("Hannah")


@pytest.mark.parametrize(
    ("problem", "status", "said"),
    [
        (DemoFailed("Nobody has seen the digest."), 1, "The demo cannot go on: Nobody has seen the digest."),
        (LookupError("There is no button"), 1, "There is no button"),
        (ValueError("a mistake"), 1, "ValueError: a mistake"),
        (KeyboardInterrupt(), STOPPED, "Stopped."),
    ],
)
def test_trouble_ends_the_demo_with_a_sentence(
    problem: BaseException, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_status(_raising(problem)) == status
    assert said in capsys.readouterr().err


def test_a_record_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(play=True, record=tmp_path) == 1
    assert "The demo cannot go on" in capsys.readouterr().err


def test_the_clock_stands_still_and_never_goes_back() -> None:
    clock = DemoClock(BEGINS)
    assert clock() == BEGINS
    clock.set(BEGINS + timedelta(hours=1))
    assert clock() == BEGINS + timedelta(hours=1)
    with pytest.raises(ValueError, match="has passed"):
        clock.set(BEGINS)
    with pytest.raises(ValueError, match="no time zone"):
        clock.set(BEGINS.replace(tzinfo=None))


def test_an_excerpt_is_cut_at_its_words_and_misses_none() -> None:
    screen = "one\ntwo\nthree\nfour"
    assert excerpt(screen, "two", "four") == "two\nthree"
    assert excerpt(screen) == screen
    with pytest.raises(LookupError, match="five"):
        excerpt(screen, "five")


def test_a_moment_is_said_in_words_of_its_zone() -> None:
    assert moment(datetime.fromisoformat("2026-11-20T02:00:00Z"), ZONE) == "Friday 20 November, 10:00"


def _raising(problem: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise problem

    return work


def _unwrapped(text: str) -> str:
    return " ".join(re.sub("[│─]", " ", text).split())


def _calls(records: list[dict[str, Any]], method: str) -> list[dict[str, Any]]:
    return [one for one in records if one.get("method") == method]


def _said_to(played: Played, name: str) -> list[str]:
    """What Okra posted to somebody, as it was posted."""
    posted = [one["payload"] for one in _calls(played.records, "chat.postMessage")]
    return [str(one["text"]) for one in posted if one["channel"] == _person(played.records, name)]


def _prompts(played: Played, name: str) -> int:
    said = _said_to(played, name)
    return sum("check-in ·" in text and not text.startswith("Reminder") for text in said)


def _reminders(played: Played, name: str) -> int:
    return sum(text.startswith("Reminder") for text in _said_to(played, name))


def _digests(played: Played) -> list[str]:
    posted = [str(one["payload"]["text"]) for one in _calls(played.records, "chat.postMessage")]
    return [text for text in posted if ", week" in text.partition("\n")[0]]


def _person(records: list[dict[str, Any]], name: str) -> str:
    """The id under which Slack knows somebody, from what it told the bot."""
    found = [one["response"]["user"] for one in _calls(records, "users.lookupByEmail")]
    return next(str(user["id"]) for user in found if user["real_name"] == name)
