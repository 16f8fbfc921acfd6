"""Sets the demo up: a practice Slack, the sample's people in it, and the real bot over HTTP and WebSocket.

Everything lives in a temporary folder and on loopback; at the end nothing is left of it.
"""

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.app import Okra
from bot.config import RunSettings
from bot.demo.clock import DemoClock
from bot.files.okr_file import read_okr_file
from bot.okr.model import RoundState
from bot.practice.clockwork import Clockwork
from bot.practice.model import File, Message
from bot.practice.people import Actor
from bot.practice.slack import PracticeSlack
from bot.running import Running
from bot.services.asking.upcoming import next_prompt
from bot.services.files.importing import import_outline
from bot.services.sending.pacing import UNPACED
from bot.slack.manifest import manifest
from bot.storage import deliveries, people, rounds, teams

T = TypeVar("T")

SAMPLE = Path(__file__).with_name("teebee.yaml")
DESIGN_SAMPLE = Path(__file__).with_name("design.yaml")
ZONE = ZoneInfo("Asia/Shanghai")
"""TeeBee's own; the story's hours are in it."""
BEGINS = datetime(2026, 10, 1, 9, 0, tzinfo=ZONE)
"""The cycle's first day, a Thursday."""
CHANNEL = "#okrs"
PATIENCE_SECONDS = 15.0
"""Far longer than anything here takes; whoever waits so long waits in vain."""
DESIGN = "#design"
"""The second team's, which begins in the story."""


class DemoFailed(Exception):  # noqa: N818 - it says what happened
    """Something that had to happen did not; the sentence says what."""


class Ended(DemoFailed):
    """Nobody needs this world any more."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person of the sample and where they are."""

    name: str
    zone: str
    city: str
    is_admin: bool = False


PLACES = (
    Place("Hannah", "Asia/Shanghai", "Shanghai", is_admin=True),
    Place("Jack", "Asia/Tokyo", "Tokyo"),
    Place("Jim", "America/Los_Angeles", "Los Angeles"),
)


class World:
    """The demo's people, the bot and the time, and what happens between them."""

    def __init__(self, slack: PracticeSlack, okra: Okra, clock: DemoClock, people_: dict[str, Actor]) -> None:
        self.slack = slack
        self.okra = okra
        self.clock = clock
        self.people = people_
        self.channels: tuple[str, ...] = (CHANNEL,)
        """Those with a team's digests, the oldest team's first; everybody is in them."""
        self._ended = threading.Event()

    def end(self) -> None:
        """Whoever still moves the clock or waits for something gets Ended instead."""
        self._ended.set()

    def begin_team(self, channel: str, sample: Path) -> None:
        """One more team, from now on: its channel with everybody in it, and its OKRs imported."""
        self._unless_ended()
        self.slack.add_channel(channel, members=[one.id for one in self.people.values()])
        self.channels = (*self.channels, channel)
        import_outline(self.okra.database, self.okra.directory, read_okr_file(sample), now=self.clock())

    def at(self, moment: datetime) -> list[str]:
        """Moves the clock there and lets the bot's heart beat; gives what it did, a line each."""
        self._unless_ended()
        self.clock.set(moment)
        return self.okra.tick(moment)

    def said_at(self, moment: datetime, name: str, channel: str | None = None) -> Message:
        """Moves the clock there; what the bot then says to that person, or in a channel they are in."""
        before = len(self.from_okra(name, channel))
        self.at(moment)
        what = f"a message of {moment:%A %d %B, %H:%M} in {channel or name + '’s messages'}"
        return self.expect(what, lambda: self.from_okra(name, channel)[before:])[-1]

    def expect(self, what: str, seen: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
        """Waits until `seen` gives something true, and gives that; raises DemoFailed if nothing comes."""

        def look() -> T:
            self._unless_ended()
            return seen()

        found: T = self.slack.wait_for(look, seconds)
        if not found:
            raise DemoFailed(f"Nobody has seen {what}.")
        return found

    def from_okra(self, name: str, channel: str | None = None) -> list[Message]:
        """What the bot said to that person, or in a channel they are in, oldest first; threads apart."""
        said = self.people[name].messages(channel)
        return [message for message in said if message.from_bot and not message.is_reply]

    def pictures(self, message: Message) -> list[File]:
        """Those in the thread of a message, oldest first."""
        with self.slack.world.looking() as world:
            thread = world.workspace.thread(message.channel, message.ts)
            return [file for reply in thread for file in reply.files]

    def expect_message(self, name: str, words: str, channel: str | None = None) -> Message:
        """Waits until the bot's newest message there says these words."""
        what = f"“{words}” in {channel or name + '’s messages'}"
        return self.expect(what, lambda: [m for m in self.from_okra(name, channel)[-1:] if words in m.text])[
            0
        ]

    def expect_prompt(self, name: str, words: str = "Answered") -> Message:
        """Waits until the person's newest prompt says these words."""
        what = f"“{words}” in {name}’s prompt"
        return self.expect(what, lambda: [m for m in [self.prompt(name)] if words in m.text])[0]

    def prompt(self, name: str) -> Message:
        """The newest message that can be answered with a tap."""
        prompts = self.prompts(name)
        if not prompts:
            raise DemoFailed(f"{name} has never been asked.")
        return prompts[-1]

    def prompts(self, name: str) -> list[Message]:
        """What that person has been asked, a message a week, oldest first."""
        return [m for m in self.from_okra(name) if "check-in ·" in m.text and "Reminder" not in m.text]

    def rest(self) -> None:
        """Waits until the bot has done what there is to do now."""
        self.slack.settle(PATIENCE_SECONDS)
        self.okra.tick(self.clock())
        self.expect("the bot at rest", self._at_rest)

    def next_due(self) -> datetime | None:
        """When the bot next has something to say or ask, if it ever has."""
        now = self.clock()
        with self.okra.database.reading() as connection:
            moments = [one.due_at for one in deliveries.in_states(connection, ["pending"])]
            for team in teams.everything(connection):
                known = rounds.newest(connection, team.id)
                moments += [one.digest_at for one in known if one.state is RoundState.OPEN]
            asked = [next_prompt(connection, one, now) for one in people.everyone(connection)]
        moments += [moment for moment in asked if moment]
        return min((moment for moment in moments if moment > now), default=None)

    def _unless_ended(self) -> None:
        if self._ended.is_set():
            raise Ended("The demo has ended.")

    def _at_rest(self) -> bool:
        with self.okra.database.reading() as connection:
            waiting = deliveries.in_states(connection, ["pending", "sending"])
        now = self.clock()
        busy = any(one.state == "sending" or one.due_at <= now for one in waiting)
        return not busy and all(record["response"] is not None for record in self._calls())

    def _calls(self) -> list[dict[str, object]]:
        return [record for record in self.slack.records if record["direction"] == "to_slack"]


@contextmanager
def demo_world(
    record: Path | None, clockwork: Clockwork | None = None, page_port: int = 0
) -> Iterator[World]:
    """The world from the first day of the cycle on, the sample's OKRs imported; people see it in a browser at
    `page_port` (0: any that is free) and move its time by `clockwork`. Raises OSError if the record cannot
    be written or the port is taken, DemoFailed if the bot does not come up."""
    clock = DemoClock(BEGINS)
    slack = _installed(clock, record, clockwork, page_port)
    with slack, tempfile.TemporaryDirectory(prefix="okra-demo-") as folder:
        people_ = _move_in(slack)
        settings = _settings(slack, Path(folder))
        with closing(Okra(settings, clock, limits=UNPACED)) as okra, _running(okra, settings):
            if not slack.wait_for_bot(PATIENCE_SECONDS):
                raise DemoFailed("The bot has not connected to the practice Slack.")
            import_outline(okra.database, okra.directory, read_okr_file(SAMPLE), now=clock())
            yield World(slack, okra, clock, people_)


@contextmanager
def _running(okra: Okra, settings: RunSettings) -> Iterator[None]:
    """The bot listens and works; when its heart beats, the story says."""
    identity = okra.identify()
    running = Running(okra, settings, heartbeat=False)
    try:
        running.start(identity)
        yield
    finally:
        running.stop()


def _installed(
    clock: DemoClock, record: Path | None, clockwork: Clockwork | None, page_port: int
) -> PracticeSlack:
    """A workspace that grants the bot what its manifest asks for, and no more."""
    asked = manifest()
    return PracticeSlack(
        clock=clock,
        scopes=asked["oauth_config"]["scopes"]["bot"],
        events=asked["settings"]["event_subscriptions"]["bot_events"],
        commands=[command["command"] for command in asked["features"]["slash_commands"]],
        record=record,
        bot_name=asked["features"]["bot_user"]["display_name"],
        team_name="TeeBee",
        page_port=page_port,
        clockwork=clockwork,
    )


def _move_in(slack: PracticeSlack) -> dict[str, Actor]:
    ids = {
        place.name: slack.add_person(
            place.name,
            email=f"{place.name.lower()}@teebee.example",
            tz=place.zone,
            is_admin=place.is_admin,
        )
        for place in PLACES
    }
    slack.add_channel(CHANNEL, members=ids.values())
    return {name: slack.person(user_id) for name, user_id in ids.items()}


def _settings(slack: PracticeSlack, folder: Path) -> RunSettings:
    """Built without a look at the environment or a .env file: nobody's real settings have a say here."""
    return RunSettings.model_construct(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.url,
        okra_data_dir=folder,
        okra_redraw_rest_seconds=0,
    )
