"""A whole Okra on a database, connected over the practice Slack's real Socket Mode, at hours that a test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult

from bot.app import Okra
from bot.config import RunSettings
from bot.practice import Actor, Message, PracticeSlack, interactions, triggers
from bot.practice.outcome import Outcome
from bot.practice.screen import pings
from bot.practice.world import Envelope
from bot.running import Running
from bot.services.sending.pacing import UNPACED, Limits
from bot.storage import tables
from bot.storage.engine import Database, open_database
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, TeeBee, at, move_in

Json = dict[str, Any]
ACK_SECONDS = 9.0
"""Three times what Slack gives: other tests run beside these."""
IN_HAND_SECONDS = 2.0


class Clock:
    """Stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Friday:
    """The bot at work, and the people of TeeBee in front of their Slack."""

    slack: PracticeSlack
    okra: Okra
    clock: Clock
    hannah: Actor
    jack: Actor
    jim: Actor

    def move_in(self, **how: Any) -> TeeBee:
        return move_in(self.okra.database, **how)

    def tick(self, hour: int, minute: int = 0, *, day: date = FRIDAY) -> list[str]:
        """One heartbeat at that hour of Shanghai, and what another thread has in hand meanwhile."""
        self.clock.now = at(hour, minute, day=day)
        did = self.okra.tick(self.clock.now)
        self.slack.wait_for(lambda: not self._in_hand(), IN_HAND_SECONDS)
        return did

    def until(self, predicate: Any) -> Any:
        """What `predicate` gives once it is true; fails if it does not become so."""
        value = self.slack.wait_for(predicate)
        assert value, f"{self.jack.screen()}\n{self.hannah.screen()}"
        return value

    def said_to(self, actor: Actor) -> list[Message]:
        """What the bot has said in the person's direct messages."""
        return [one for one in actor.messages() if one.from_bot]

    def heard(self, actor: Actor, words: str) -> Message:
        """The bot's message that says so; waits for it."""
        found: Message = self.until(
            lambda: next((one for one in self.said_to(actor) if words in one.text), None)
        )
        return found

    def form(self, actor: Actor, target: Message | str, action_id: str = "check_in_open") -> str:
        """Taps and waits for the form that opens; gives what it shows."""
        assert actor.tap(target, action_id=action_id).ok
        self.until(actor.view)
        return actor.view_screen(width=100)

    def digest(self) -> Message:
        (posted,) = [one for one in self.hannah.messages(CHANNEL) if not one.is_reply]
        return posted

    def forge(
        self,
        actor: Actor,
        message: Message,
        action_id: str,
        value: str | None,
        *,
        to_action: str | None = None,
    ) -> Outcome:
        """Taps a button with another value than it has, or as if it were another button."""
        with self.slack.world.changing() as world:
            control = interactions.find_control(
                list(message.blocks), label=None, action_id=action_id, block_id=None
            )
            envelope = interactions.tap_in_message(world, actor.person(), message, control, None)
            envelope.payload["actions"][0] |= {"value": value, "action_id": to_action or action_id}
            before = {one.ts for one in actor.messages()}
            world.send(envelope)
        assert envelope.tried.wait(10)
        said = tuple(one for one in actor.messages() if one.ts not in before)
        return Outcome(acked=envelope.acked, messages=said)

    def again(self, number: int = -1) -> None:
        """Delivers an event once more, as Slack does that did not hear us acknowledge it."""
        events = [one for one in self.slack.records if one.get("type") == "events_api"]
        envelope = Envelope("events_api", events[number]["payload"], answerable=False)
        self.slack.world.send(envelope)
        self.until(lambda: envelope.acked)

    def quiet(self) -> bool:
        """Whether the bot has nothing left to handle or to send."""
        events, messages = tables.inbox, tables.deliveries
        unhandled = events.c.state.in_(["waiting", "working"])
        due = (messages.c.state == "pending") & (messages.c.due_at <= self.clock.now)
        stale = (messages.c.state == "sent") & messages.c.stale_since.is_not(None)
        in_hand = messages.c.lease_until.is_not(None)
        with self.okra.database.reading() as connection:
            open_events = connection.execute(sa.select(events.c.id).where(unhandled)).first()
            open_messages = connection.execute(sa.select(messages.c.id).where(due | stale | in_hand)).first()
        return open_events is None and open_messages is None

    def _in_hand(self) -> bool:
        messages = tables.deliveries
        with self.okra.database.reading() as connection:
            held = sa.select(messages.c.id).where(messages.c.lease_until.is_not(None))
            return connection.execute(held).first() is not None

    def a_minute_passes(self) -> None:
        """In real time, by which requests that were under way have arrived and waits are over."""
        with self.okra.database.transaction() as connection:
            connection.execute(sa.update(tables.deliveries).values(tried_at=None, next_attempt_at=None))

    def settle(self) -> None:
        self.until(lambda: self.slack.settle() and self.quiet())

    def calls(self, method: str) -> list[Json]:
        """The bot's calls of that method so far."""
        return [one for one in self.slack.records if one.get("method") == method]


class Patient(Okra):
    """Whose Bolt waits for a listener as long as the practice Slack does."""

    def bolt(self, identity: AuthorizeResult) -> App:
        app = super().bolt(identity)
        for one in app._listeners:
            one.ack_timeout = int(ACK_SECONDS)
        return app


@contextmanager
def friday_on(database_url: str, *, limits: Limits = UNPACED, **slack_options: Any) -> Iterator[Friday]:
    """The bot runs until the end of the block. Nobody's OKRs are there yet."""
    clock = Clock(at(9))
    with teebees_slack(clock, **slack_options) as slack, at_work(slack, clock, database_url, limits) as okra:
        yield seen_in(slack, okra, clock)


@contextmanager
def teebees_slack(clock: Clock, **options: Any) -> Iterator[PracticeSlack]:
    with (
        patch.object(triggers, "TRIGGER_SECONDS", ACK_SECONDS),
        PracticeSlack(clock=clock, **({"ack_seconds": ACK_SECONDS} | options)) as slack,
    ):
        for slack_id, name, zone in (
            (HANNAH, "Hannah", "Asia/Shanghai"),
            (JACK, "Jack", "Asia/Shanghai"),
            (JIM, "Jim", "America/Los_Angeles"),
        ):
            slack.add_person(name, id=slack_id, email=f"{name.lower()}@teebee.example", tz=zone)
        slack.add_channel("okrs", id=CHANNEL, members=[HANNAH, JACK])
        yield slack


@contextmanager
def at_work(
    slack: PracticeSlack, clock: Clock, database_url: str, limits: Limits = UNPACED
) -> Iterator[Okra]:
    """The bot, connected, until the end of the block."""
    settings = RunSettings(
        slack_bot_token=slack.bot_token,
        slack_app_token=slack.app_token,
        slack_api_url=slack.url,
        database_url=database_url,
        okra_redraw_rest_seconds=0,
    )
    okra = Patient(settings, clock, limits=limits)
    running = Running(okra, settings, heartbeat=False)
    try:
        running.start(okra.identify())
        assert slack.wait_for_bot()
        yield okra
    finally:
        running.stop()


def seen_in(slack: PracticeSlack, okra: Okra, clock: Clock) -> Friday:
    return Friday(slack, okra, clock, slack.person(HANNAH), slack.person(JACK), slack.person(JIM))


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Somebody else writes all the while: nobody can write, everybody can read."""
    other = open_database(database.engine.url.render_as_string(hide_password=False))
    try:
        with other.engine.connect() as connection, connection.begin():  # on SQLite: BEGIN IMMEDIATE
            if not other.is_sqlite:
                connection.execute(
                    sa.text(
                        "LOCK TABLE people, updates, inbox, absences, owed, drafts, deliveries, digests "
                        "IN EXCLUSIVE MODE"
                    )
                )
            yield
    finally:
        other.close()


def quiet(message: Message) -> Message:
    """The message, which disturbs nobody."""
    assert pings(list(message.blocks), message.text) == []
    return message
