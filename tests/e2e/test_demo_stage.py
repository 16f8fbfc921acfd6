"""The demo's stage: who moves the clock and when, the quarter that plays by itself, and beginning anew."""

import http.client
import io
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from rich.console import Console

from bot.demo.go_on import GoOn
from bot.demo.history import Form, Words
from bot.demo.moves import next_friday
from bot.demo.play import DISTURBED, STOPPED, play_among_people
from bot.demo.quarter import Turn, take
from bot.demo.show import Show
from bot.demo.stage import ANEW, MOVING, STORY, Stage
from bot.demo.words import OVER
from bot.demo.world import BEGINS, CHANNEL, DESIGN, ZONE, DemoFailed, World
from bot.practice.ids import stamp_time
from tests.e2e.demo_cli import START, environment

WITHIN_SECONDS = 120.0
STORY_ENDS = datetime(2026, 11, 20, 23, 30, tzinfo=ZONE)


def test_the_address_comes_before_the_story_and_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    demo = subprocess.Popen(
        [sys.executable, "-c", START, "demo"],
        env=environment(tmp_path),
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert demo.stdout
    first = demo.stdout.readline()
    assert first.startswith("Look at it in a browser: http://127.0.0.1:")
    assert _answers(first.split()[-1])
    demo.send_signal(signal.SIGINT)
    more, errors = demo.communicate(timeout=WITHIN_SECONDS)
    assert (demo.returncode, errors) == (STOPPED, "\nStopped.\n")
    assert "Now come weeks 7 and 8" not in more
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def moved() -> Iterator[dict[str, Any]]:
    """What each move says in the first weeks, and from the story to the cycle's end; the stage as it is then."""
    with Stage(pause=0) as stage:
        said: dict[str, Any] = {"next": [stage.move("next"), stage.move("next")]}
        said["friday"] = stage.move("friday")
        said["week"] = stage.move("week")
        said["at"] = stage.world.clock()
        said["jack"] = [stamp_time(one.ts).astimezone(ZONE) for one in stage.world.from_okra("Jack")]
        stage.reset()
        _until(lambda: not stage.at_work)
        stage.move("friday")
        stage.world.people["Hannah"].say("1 59%")
        stage.world.expect_message("Hannah", "Thank you, noted")
        said["play"] = stage.move("play")
        _until(lambda: not stage.at_work)
        said["stage"] = stage
        yield said


def test_next_goes_to_what_okra_says_next(moved: dict[str, Any]) -> None:
    assert moved["next"] == [
        "Friday 2 October, 09:00 in Shanghai (10:00 for Jack in Tokyo): Okra asks Jack.",
        "Friday 2 October, 10:00 in Shanghai: Okra asks Hannah.",
    ]


def test_friday_goes_through_everything_on_the_way(moved: dict[str, Any]) -> None:
    assert moved["friday"] == (
        "Friday 9 October, 10:00 in Shanghai: "
        "Okra reminds Jack and Hannah, posts the digest to #okrs, and asks Jack and Hannah."
    )
    assert [f"{at:%d. %H:%M}" for at in moved["jack"][:3]] == ["02. 09:00", "02. 14:00", "09. 09:00"]


def test_next_week_is_the_same_hour(moved: dict[str, Any]) -> None:
    assert moved["week"].startswith("Friday 16 October, 10:00 in Shanghai: Okra reminds")
    assert moved["at"] == datetime(2026, 10, 16, 10, 0, tzinfo=ZONE)


def test_the_quarter_plays_to_its_end(moved: dict[str, Any]) -> None:
    assert moved["play"] == "The quarter plays on from Friday 27 November, 10:00."
    texts = _digests(moved["stage"].world, CHANNEL)
    assert len(texts) == 13
    assert "week 13 of 13 · 2 of 2 answered" in texts[-1]
    assert "Nothing is red, yellow or silent this week." in texts[-1]
    assert "Customers who renew 72 → 70 %, Hannah · 7 pp ahead" in texts[-1]
    # Jack is silent in week 10, taps [All unchanged] in week 12, and the calls get fewer all the same.
    assert "Waiting for Jack" in texts[9]
    calls = [text.split("Phone calls for support ")[1].split(" ")[0] for text in texts[8:]]
    assert calls == ["36", "36", "29", "29", "22"]


def test_the_other_team_plays_along(moved: dict[str, Any]) -> None:
    texts = _digests(moved["stage"].world, DESIGN)
    # Jim is away in weeks 8 and 9; Jack is silent in week 10.
    answered = ["2 of 2", "1 of 1", "1 of 1", "1 of 2", "2 of 2", "2 of 2", "2 of 2"]
    assert [text.partition("\n")[0] for text in texts] == [
        f"Design, week {week} of 13 · {which} answered" for week, which in enumerate(answered, start=7)
    ]
    for words in ("136 → 150, Jack", "11 → 12, Jim", "57 → 60 %, Jim", "15 → 14 days, Jack"):
        assert words in texts[-1]


def test_whoever_has_answered_by_themselves_is_left_alone(moved: dict[str, Any]) -> None:
    text = next(one for one in _digests(moved["stage"].world, CHANNEL) if "week 9 of 13" in one)
    assert "Customers who renew 59 → 70 %" in text


@pytest.mark.parametrize("name", ["next", "friday", "week", "play"])
def test_after_the_quarter_nothing_moves_any_more(moved: dict[str, Any], name: str) -> None:
    stage = moved["stage"]
    now = stage.world.clock()
    assert stage.move(name) == OVER
    assert (stage.world.clock(), stage.at_work) == (now, "")


def test_only_one_moves_the_clock(moved: dict[str, Any]) -> None:
    stage = moved["stage"]
    with stage.moving():
        assert stage.at_work == MOVING
        for act in (lambda: stage.move("next"), lambda: stage.move("play"), stage.reset):
            with pytest.raises(LookupError, match=MOVING):
                act()
    with pytest.raises(LookupError, match="Nothing is playing"):
        stage.move("stop")
    with pytest.raises(LookupError, match="knows no “back”"):
        stage.move("back")


@dataclass(frozen=True)
class Anew:
    """A stage that began anew while the quarter played, and what the terminal has shown of it."""

    stage: Stage
    addresses: tuple[str, str]
    label: str
    refused: str
    stopped: str
    terminal: str
    records: list[str]
    before: set[threading.Thread]


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Anew]:
    folder = tmp_path_factory.mktemp("record")
    before = set(threading.enumerate())
    screen = io.StringIO()
    with Stage(folder / "f.jsonl", pause=WITHIN_SECONDS) as stage:
        address = stage.page_url
        stage.move("play")
        _until(lambda: "2 October" in stage.at_work)
        with pytest.raises(LookupError) as refused:
            stage.move("next")
        label = next(move.label for move in stage.moves if move.name == "play")
        stopped = stage.move("stop")
        stage.move("play")
        lines = iter(["/okr team", "reset", "/okr team"])

        def read(_prompt: str) -> str:
            line = next(lines, "quit")
            if line == "reset":
                stage.reset()
                with pytest.raises(LookupError, match=ANEW):
                    stage.reset()
                _until(lambda: not stage.at_work)
                return "look"
            return line

        GoOn(stage, Console(file=screen, width=80), read).run()
        records = sorted(path.name for path in folder.iterdir())
        addresses = (address, stage.page_url)
        yield Anew(stage, addresses, label, str(refused.value), stopped, screen.getvalue(), records, before)
    assert set(threading.enumerate()) <= before


def test_the_quarter_can_be_stopped_and_says_that_it_plays(anew: Anew) -> None:
    assert anew.refused == "The quarter is playing: Friday 2 October."
    assert anew.label == "Stop"
    assert anew.stopped == "Stopped: it is Friday 2 October, 09:00 in Shanghai."


def test_everything_begins_anew_at_the_same_address(anew: Anew) -> None:
    assert anew.addresses[0] == anew.addresses[1] == anew.stage.world.slack.page_url
    assert _answers(anew.addresses[0])
    assert anew.stage.world.clock() == STORY_ENDS
    assert "week 8 of 13" in anew.stage.world.from_okra("Jack", CHANNEL)[-1].text
    assert anew.records == ["f-2.jsonl", "f.jsonl"]


def test_the_terminal_goes_on_in_the_new_world(anew: Anew) -> None:
    old, _, new = anew.terminal.partition("Everything begins anew.")
    assert "week 1 of 13" in old
    assert "week 8 of 13" in new
    assert new.rstrip().endswith("Goodbye. Nothing of this is kept.")


def test_people_click_and_type_at_the_same_moment(anew: Anew) -> None:
    """Two threads move the clock while a third types; whoever comes second is told so."""
    stage, screen = anew.stage, io.StringIO()
    moments: list[datetime] = []

    def click() -> None:
        for _ in range(8):
            with suppress(LookupError):
                stage.move("next")
            moments.append(stage.world.clock())

    clicking = [threading.Thread(target=click) for _ in range(2)]
    for one in clicking:
        one.start()
    lines = iter(["jack: 1 61%", "next", "hannah: 1 57%", "/okr team", "next"])
    GoOn(stage, Console(file=screen, width=80), lambda _prompt: next(lines, "quit")).run()
    for one in clicking:
        one.join()
    assert len(moments) == 16
    assert stage.world.clock() == max(moments) > STORY_ENDS
    assert "Goodbye" in screen.getvalue()
    assert stage.at_work == ""


def test_ending_while_everything_begins_anew_leaves_nothing_behind() -> None:
    before = set(threading.enumerate())
    with Stage() as stage:
        stage.reset()
        port = urlsplit(stage.page_url).port
        _until(lambda: _folders() and stage.at_work == ANEW)
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        _answers(f"http://127.0.0.1:{port}/")
    with pytest.raises(DemoFailed, match="no world"), stage.acting():
        pass
    with pytest.raises(LookupError, match="ending"):
        stage.move("next")


def test_while_the_story_is_told_the_clock_is_taken_and_whoever_disturbs_it_ends_it() -> None:
    heard: list[str] = []

    class Ear(io.StringIO):
        def write(self, text: str) -> int:
            heard.append(stage.at_work)
            return super().write(text)

    with Stage() as stage:
        ear = Ear()
        stage.world.end()
        play_among_people(stage, Show(Console(file=ear, width=200), stage.world))
        assert DISTURBED.format(problem="The demo has ended.") in " ".join(ear.getvalue().split())
        assert heard[0] == STORY
        assert stage.at_work == ""


def test_a_scripted_answer_gives_way_to_somebody_who_clicks() -> None:
    with Stage() as stage:
        stage.move("next")
        world = stage.world
        prompt = world.prompt("Jack")
        take(world, Turn(world.clock(), "Jack", prompt, Form({4: "a field that somebody’s form lacks"})))
        assert world.people["Jack"].view() is not None
        take(world, Turn(world.clock(), "Jack", prompt, Words("1 99; 2 9; 3 9")))
        world.people["Jack"].close()
        world.people["Jack"].say("1 31; 2 6; 3 40")
        world.expect_prompt("Jack")
        take(world, Turn(world.clock(), "Jack", prompt, Words("1 99; 2 9; 3 9")))
        assert "31 → 80" in world.prompt("Jack").text


@pytest.mark.parametrize(
    ("now", "friday"),
    [
        (BEGINS, "2026-10-02T10:00+08:00"),
        (datetime.fromisoformat("2026-10-02T09:59+08:00"), "2026-10-02T10:00+08:00"),
        (datetime.fromisoformat("2026-10-02T10:00+08:00"), "2026-10-09T10:00+08:00"),
        (datetime.fromisoformat("2026-10-02T23:00-07:00"), "2026-10-09T10:00+08:00"),
    ],
)
def test_the_next_friday_is_one_to_come(now: datetime, friday: str) -> None:
    assert next_friday(now) == datetime.fromisoformat(friday)
    assert next_friday(now) - now <= timedelta(weeks=1)


def _until(seen: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _digests(world: World, channel: str) -> list[str]:
    return [one.text for one in world.from_okra("Hannah", channel) if not one.is_reply]


def _answers(address: str) -> int:
    """The status of whatever is served there."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=WITHIN_SECONDS)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    finally:
        connection.close()


def _folders() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("okra-demo-*"))
