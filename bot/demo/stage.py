"""Where the demo plays: one world at a time, the same for the terminal and the page.

Only one of all who want to moves time at once; the others are told so. People act whenever they like: in the
browser at the same moment, and from the terminal under `acting`, for which a reset waits.
"""

import io
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import structlog
from rich.console import Console

from bot.demo.moves import go_to, next_friday, next_thing, next_week
from bot.demo.news import Said
from bot.demo.quarter import play_on
from bot.demo.show import WIDEST, Show
from bot.demo.story import tell
from bot.demo.words import OVER, moment, moment_of, told
from bot.demo.world import ZONE, DemoFailed, Ended, World, demo_world
from bot.practice.clockwork import Move
from bot.slack.phrases import day

PAUSE_SECONDS = 1.0
"""So long one can look at each thing while the quarter plays."""
STORY = "The story is being played; the clock is yours afterwards."
ANEW = "Everything begins anew; the clock is yours afterwards."
MOVING = "The clock is moving."
ENDING = "The demo is ending."
STOP = Move("play", "Stop", "The quarter stops where it is.")
MOVES = (
    Move("next", "Next thing", "To what Okra has to do next."),
    Move("friday", "Friday 10:00", "To the next Friday, 10:00 in Shanghai, through all that is due before."),
    Move("week", "Next week", "The same hour a week later, through all that is due before."),
    Move("play", "Play the quarter", "To its end, by itself: everybody answers where you do not."),
)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Playing:
    """The quarter that plays by itself."""

    thread: threading.Thread
    stop: threading.Event


class Stage:
    """Use it as a context manager: a world is there from entering to leaving. To the page it is its
    `Clockwork`."""

    def __init__(self, record: Path | None = None, *, pause: float = PAUSE_SECONDS) -> None:
        """What crosses goes to the file `record`; after a reset, to one beside it with a number. `pause` is
        in real seconds."""
        self._record = record
        self._pause = pause
        self._page_url = ""
        self._port = 0
        self._begun = 0
        self._world: World | None = None
        self._closing = ExitStack()
        """Takes the world down again."""
        self._trouble = ""
        self._doing = ""
        self._ending = False
        self._turn = threading.Condition()
        """Guards who is at work: the two above and the threads below."""
        self._here = threading.Lock()
        """Held while the world must stay: for a line of the terminal's, and while another one is built."""
        self._playing: _Playing | None = None
        self._reset: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        with self._turn:
            self._ending = True
            world, reset = self._world, self._reset
        if world:
            world.end()
        self._halt()
        if reset:
            reset.join()
        with self._turn:
            self._turn.wait_for(lambda: not self._doing)  # somebody who has just clicked
        self._close()

    @property
    def world(self) -> World:
        """The one that plays now. Raises DemoFailed if there is none any more."""
        if self._world is None:
            raise DemoFailed(self._trouble or "There is no world yet.")
        return self._world

    @property
    def page_url(self) -> str:
        """It stays the same from the first world on."""
        return self._page_url

    @contextmanager
    def acting(self) -> Iterator[World]:
        """The world for somebody at the terminal; it stays until they are done."""
        with self._here:
            yield self.world

    @contextmanager
    def moving(self, doing: str = MOVING) -> Iterator[World]:
        """The world for whoever moves its time; `doing` is what others are told meanwhile. Raises LookupError
        if somebody is at it already."""
        self._begin(doing)
        try:
            yield self.world
        finally:
            self._finish()

    @property
    def moves(self) -> Sequence[Move]:
        playing = self._playing
        return (*MOVES[:-1], STOP) if playing else MOVES

    @property
    def at_work(self) -> str:
        return ENDING if self._ending else self._doing

    def move(self, name: str) -> str:
        acts: dict[str, Callable[[], str]] = {
            "next": lambda: self._moved(next_thing),
            "friday": lambda: self._moved(lambda world: go_to(world, next_friday(world.clock()))),
            "week": lambda: self._moved(lambda world: go_to(world, next_week(world.clock()))),
            "play": self._play_or_stop,
            "stop": self._stop,
        }
        if name not in acts:
            raise LookupError(f"The clock knows no “{name}”.")
        try:
            return acts[name]()
        except DemoFailed as problem:
            raise LookupError(str(problem)) from problem

    def reset(self) -> None:
        self._halt()
        with self._turn:
            self._refuse_if_busy()
            self._doing = ANEW
            self._reset = threading.Thread(target=self._begin_anew, name="demo-reset")
            self._reset.start()

    def _moved(self, go: Callable[[World], list[Said]]) -> str:
        """Where nothing is due any more, time stands still, too."""
        with self.moving() as world:
            if world.next_due() is None:
                return OVER
            said = go(world)
            return told(world.clock(), said)

    def _play_or_stop(self) -> str:
        if self._playing:
            return self._stop()
        with self._turn:
            self._refuse_if_busy()
            world = self.world
            if world.next_due() is None:
                return OVER
            stop = threading.Event()
            self._doing = _playing_at(world)
            thread = threading.Thread(target=self._play, args=(world, stop), name="demo-quarter")
            self._playing = _Playing(thread, stop)
            thread.start()
        return f"The quarter plays on from {moment(world.clock(), ZONE)}."

    def _stop(self) -> str:
        if not self._halt():
            raise LookupError("Nothing is playing that could stop.")
        return f"Stopped: it is {moment_of(self.world.clock())}."

    def _play(self, world: World, stop: threading.Event) -> None:
        def wait() -> bool:
            self._doing = _playing_at(world)
            return stop.wait(self._pause)

        try:
            play_on(world, wait)
        except Ended:
            pass
        except DemoFailed as problem:
            log.warning("the quarter stopped playing", problem=str(problem))
        finally:
            self._finish()

    def _halt(self) -> bool:
        """Stops what plays by itself and waits until it has; whether there was any."""
        playing = self._playing
        if playing is None:
            return False
        playing.stop.set()
        playing.thread.join()
        return True

    def _begin(self, doing: str) -> None:
        with self._turn:
            self._refuse_if_busy()
            self._doing = doing

    def _refuse_if_busy(self) -> None:
        if self.at_work:
            raise LookupError(self.at_work)

    def _finish(self) -> None:
        with self._turn:
            self._playing = None
            self._doing = ""
            self._turn.notify_all()

    def _begin_anew(self) -> None:
        """Another world at the same address, as it was after the story."""
        try:
            with self._here:
                self._close()
                self._open()
                tell(self.world, Show(Console(file=io.StringIO(), width=WIDEST), self.world))
                self.world.rest()
        except Ended:
            pass
        except (DemoFailed, LookupError, OSError) as problem:
            self._trouble = f"It could not begin anew: {problem}"
            log.warning("the demo did not begin anew as it should", problem=str(problem))
        finally:
            self._finish()

    def _open(self) -> None:
        self._begun += 1
        with ExitStack() as stack:
            world = stack.enter_context(demo_world(self._record_now(), self, self._port))
            self._page_url = world.slack.page_url
            self._port = urlsplit(self._page_url).port or 0
            self._world, self._closing = world, stack.pop_all()
        if self._ending:
            raise Ended(ENDING)

    def _close(self) -> None:
        self._world = None
        self._closing.close()

    def _record_now(self) -> Path | None:
        if self._record is None or self._begun == 1:
            return self._record
        return self._record.with_stem(f"{self._record.stem}-{self._begun}")


def _playing_at(world: World) -> str:
    return f"The quarter is playing: {day(world.clock().astimezone(ZONE))}."
