"""Companies to look at: their people in a practice Slack, their OKRs imported, the real bot at work."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.app import Okra
from bot.config import RunSettings
from bot.demo.clock import DemoClock
from bot.demo.stage import Stage
from bot.demo.world import SAMPLE, ZONE, World
from bot.files.yaml_file import read_yaml
from bot.practice.model import Message
from bot.practice.slack import PracticeSlack
from bot.running import Running
from bot.services.files.importing import import_outline
from bot.services.sending.pacing import UNPACED
from bot.slack.manifest import manifest

PATIENCE_SECONDS = 60.0
MIDDLE = datetime(2026, 11, 16, 9, tzinfo=ZONE)
"""A Monday, in week 8 of 13."""
Outline = dict[str, Any]


@contextmanager
def teebee() -> Iterator[World]:
    """The demo's, on the first day of the cycle; its page has the buttons of the clock."""
    with Stage(pause=0.0) as stage:
        yield stage.world


@contextmanager
def teebee_at(values: Mapping[str, float]) -> Iterator[World]:
    """The same people in the middle of the cycle, their key results where they are by now."""
    outline: Outline = yaml.safe_load(SAMPLE.read_text("utf-8"))
    for objective in outline["teams"][0]["objectives"]:
        for key_result in objective["key_results"]:
            key_result["current"] = values[key_result["title"]]
    with company("TeeBee", ("Hannah", "Jack", "Jim"), outline) as world:
        yield world


@contextmanager
def company(name: str, people: Sequence[str], outline: Outline) -> Iterator[World]:
    """`people` are all at TeeBee's hours; the outline calls them by these names in small letters."""
    clock = DemoClock(MIDDLE)
    asked = manifest()
    practice = PracticeSlack(
        clock=clock,
        scopes=asked["oauth_config"]["scopes"]["bot"],
        events=asked["settings"]["event_subscriptions"]["bot_events"],
        commands=[command["command"] for command in asked["features"]["slash_commands"]],
        bot_name=asked["features"]["bot_user"]["display_name"],
        team_name=name,
    )
    with practice as slack, tempfile.TemporaryDirectory(prefix="okra-screens-") as folder:
        ids = {one: slack.add_person(one, tz=ZONE.key) for one in people}
        slack.add_channel(outline["teams"][0]["channel"], members=ids.values())
        outline["people"] = {one.lower(): {"slack": ids[one]} for one in people}
        with _working(slack, clock, Path(folder)) as okra:
            text = yaml.safe_dump(outline, allow_unicode=True)
            import_outline(okra.database, okra.directory, read_yaml(text), now=clock())
            yield World(slack, okra, clock, {one: slack.person(ids[one]) for one in people})


@contextmanager
def _working(slack: PracticeSlack, clock: DemoClock, folder: Path) -> Iterator[Okra]:
    """The bot, one thing after the other, so that every picture comes out the same."""
    settings = RunSettings.model_construct(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.url,
        okra_data_dir=folder,
        okra_redraw_rest_seconds=0,
        okra_sender_threads=1,
    )
    with closing(Okra(settings, clock, limits=UNPACED)) as okra:
        running = Running(okra, settings, heartbeat=False)
        try:
            running.start(okra.identify())
            if not slack.wait_for_bot(PATIENCE_SECONDS):
                raise TimeoutError("The bot has not connected to the practice Slack.")
            yield okra
        finally:
            running.stop()


def week(number: int, hour: int, minute: int = 0) -> datetime:
    """An hour of the cycle's Friday of that number, from 1, at TeeBee."""
    return datetime.fromordinal(datetime(2026, 10, 2).toordinal() + 7 * (number - 1)).replace(  # noqa: DTZ001 - the zone follows
        hour=hour, minute=minute, tzinfo=ZONE
    )


def goes_to(world: World, moment: datetime) -> World:
    """It is that moment, and the bot has done what there is to do."""
    world.at(moment)
    world.rest()
    return world


def says(world: World, name: str, words: str) -> Message:
    """The person writes that to the bot; gives its reply, once the bot has done all that follows."""
    before = len(world.from_okra(name))
    world.people[name].say(words)
    reply = world.expect("a reply", lambda: world.from_okra(name)[before:], PATIENCE_SECONDS)[-1]
    world.rest()
    return reply


def commands(world: World, name: str, words: str, channel: str | None = None) -> Message:
    """The person types `/okr` and that; gives what they then see last."""
    world.people[name].command("/okr", words, channel=channel)
    world.rest()
    return world.people[name].messages(channel)[-1]
