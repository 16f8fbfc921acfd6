"""`okra demo`: plays two weeks at TeeBee and, unless told otherwise, lets a person go on."""

import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from rich.console import Console

from bot.demo.go_on import GoOn, Read
from bot.demo.show import Show
from bot.demo.stage import STORY, Stage
from bot.demo.story import tell
from bot.demo.world import DemoFailed

STOPPED = 130
"""The exit status of whoever was stopped by Ctrl-C."""
LOOK = "Look at it in a browser: {address}"
DISTURBED = "The story ends here, maybe because somebody clicked in between: {problem}"
THE_END = (
    "That was it, and nothing of it is kept. To try it yourself type “okra demo”; README.md says how to "
    "bring Okra into your own Slack."
)


def main(play: bool, record: Path | None) -> int:  # noqa: FBT001 - the command line's own flag
    """Plays the story; without `play` a person goes on at the terminal. What crosses between the bot and
    Slack goes to the file `record`, a JSON object a line. Gives the exit status."""
    console = Console(highlight=False)
    with quiet_logs():
        return exit_status(lambda: perform(console, None if play else console.input, record))


def perform(console: Console, read: Read | None, record: Path | None) -> None:
    """The same with a console and a way to read lines (None: only play). Raises whatever goes wrong."""
    with Stage(record) as stage:
        show = Show(console, stage.world)
        if read is None:
            play_story(stage, show)
            show.say(THE_END)
        else:
            play_among_people(stage, show)
            show.say(LOOK.format(address=stage.page_url))
            GoOn(stage, console, read).run()


def play_story(stage: Stage, show: Show) -> None:
    """Says where the page is, and tells the story. Raises DemoFailed or LookupError."""
    with stage.moving(STORY) as world:
        show.say(LOOK.format(address=stage.page_url))
        tell(world, show)


def play_among_people(stage: Stage, show: Show) -> None:
    """The same; if somebody in a browser acts as Hannah or Jack meanwhile, it may have to end early."""
    try:
        play_story(stage, show)
    except (DemoFailed, LookupError) as problem:
        show.say(DISTURBED.format(problem=problem.args[0]))


def exit_status(work: Callable[[], None]) -> int:
    """Does it; what goes wrong is said on standard error."""
    try:
        work()
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped.\n")
        return STOPPED
    except (DemoFailed, LookupError, OSError) as problem:
        sys.stderr.write(f"The demo cannot go on: {problem}\n")
        return 1
    except Exception:  # noqa: BLE001 - a mistake of ours, whatever it is: it is shown whole
        sys.stderr.write(f"The demo broke, which is a mistake in Okra:\n{traceback.format_exc()}")
        return 1
    return 0


@contextmanager
def quiet_logs() -> Iterator[None]:
    """Only what goes wrong is logged, to standard error: the rest would bury the story."""
    before = structlog.get_config()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    bolt = logging.getLogger("slack_bolt")
    level = bolt.level
    bolt.setLevel(logging.ERROR)
    try:
        yield
    finally:
        bolt.setLevel(level)
        structlog.configure(**before)
