"""Builds everything; the only place where the parts are wired together."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.charts import progress as charts
from bot.charts import tree as tree_charts
from bot.config import SlackSettings
from bot.files import team_files
from bot.scheduler import Worker
from bot.services import people
from bot.services.answering.catching_up import CatchingUp
from bot.services.asking import rounds
from bot.services.away import statuses
from bot.services.drafting import overdue
from bot.services.inbox import InboxWorker
from bot.services.looking_up import fresh_homes
from bot.services.sending.attempts import Timing
from bot.services.sending.delivery import Deliverer
from bot.services.sending.pacing import Limits
from bot.services.teams import reconciling
from bot.slack.client import web_client
from bot.slack.history import SlackHistory
from bot.slack.homes import SlackHomes
from bot.slack.listeners.absence import AbsenceListeners
from bot.slack.listeners.aligning import AlignListeners
from bot.slack.listeners.blockers import BlockerListeners
from bot.slack.listeners.check_in import CheckInListeners
from bot.slack.listeners.command import CommandListener
from bot.slack.listeners.decide import DecideListeners
from bot.slack.listeners.digest import DigestListeners
from bot.slack.listeners.doubts import DoubtListeners
from bot.slack.listeners.draft_talk import DraftTalkListeners
from bot.slack.listeners.drafts import DraftListeners
from bot.slack.listeners.handlers import EventHandlers
from bot.slack.listeners.history import HistoryListeners
from bot.slack.listeners.inbox import KeepEvents
from bot.slack.listeners.later import LaterListeners
from bot.slack.listeners.needs import NeedsListeners
from bot.slack.listeners.pool import ListenerPool
from bot.slack.listeners.proposals import ProposalListeners
from bot.slack.listeners.settings import SettingsListeners
from bot.slack.listeners.share import ShareListeners
from bot.slack.listeners.teams import TeamListeners
from bot.slack.listeners.tree import TreeListeners
from bot.slack.listeners.troubles import TroubleListeners
from bot.slack.listeners.vacancies import VacancyListeners
from bot.slack.listeners.writing import ChangesListeners, WritingListeners
from bot.slack.outcomes import call
from bot.slack.people import SlackDirectory
from bot.slack.quiet import SlackQuietHours
from bot.slack.sending.messenger import SlackMessenger
from bot.slack.sending.uploads import Makers
from bot.storage import workspace
from bot.storage.engine import Database, open_database
from bot.storage.migrations import upgrade

LEASE_IN_TIMEOUTS = 3
"""So many times as long as an answer of Slack's is waited for, whoever is at work on something is held for
alive, and a request for being under way."""
START_WAITS = 30
"""Seconds."""

LISTENERS = (
    CheckInListeners,
    BlockerListeners,
    DigestListeners,
    DecideListeners,
    DoubtListeners,
    AbsenceListeners,
    LaterListeners,
    SettingsListeners,
    TroubleListeners,
    HistoryListeners,
    TeamListeners,
    VacancyListeners,
    WritingListeners,
    ChangesListeners,
    AlignListeners,
    TreeListeners,
    NeedsListeners,
    ShareListeners,
    DraftListeners,
    DraftTalkListeners,
    ProposalListeners,
    CommandListener,
)

Clock = Callable[[], datetime]
log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def open_for(settings: SlackSettings) -> Database:
    """The database, with a connection for everybody who may want one at the same time: those who take in
    and those who answer taps, commands and events, the senders, and whoever replies, handles the inbox,
    catches up, keeps Homes fresh and beats."""
    listening = 2 * settings.okra_listener_threads
    return open_database(settings.database, connections=listening + settings.okra_sender_threads + 5)


class Okra:
    """The bot with all its parts, on a database that it brings up to date. `tick` is one heartbeat."""

    def __init__(
        self,
        settings: SlackSettings,
        clock: Clock = utc_now,
        *,
        database: Database | None = None,
        limits: Limits | None = None,
    ) -> None:
        """With a `database` that is open already, that one instead of the settings'; with `limits`, those
        instead of Slack's."""
        self.settings = settings
        self.clock = clock
        self.database: Database = database or open_for(settings)
        upgrade(self.database)
        self.client: WebClient = web_client(
            settings.slack_bot_token, settings.slack_api_url, timeout=settings.okra_slack_timeout_seconds
        )
        self.directory = SlackDirectory(self.client)
        self._limits = limits = limits or Limits(posts=settings.okra_posts_a_minute)
        lease = LEASE_IN_TIMEOUTS * timedelta(seconds=settings.okra_slack_timeout_seconds)
        self.deliverer = Deliverer(
            self.database,
            SlackMessenger(
                self.database,
                self.client,
                clock,
                Makers(charts.draw, tree_charts.draw, team_files.write),
            ),
            limits=limits,
            timing=Timing(lease=lease, rest=timedelta(seconds=settings.okra_redraw_rest_seconds)),
            quiet_hours=SlackQuietHours(self.client),
        )
        self.senders = [
            Worker(f"sender-{number}", self.send) for number in range(settings.okra_sender_threads)
        ]
        self.replier = Worker("replier", self.reply)
        handlers = EventHandlers(self.database, self.client, clock, self.wake_senders)
        self.inbox = InboxWorker(self.database, handlers.by_kind(), lease=lease)
        self.inbox_thread = Worker("inbox", self.inbox.run)
        self.catching_up = CatchingUp(
            self.database, SlackHistory(self.client), self.inbox_thread.wake, limits
        )
        self._began: datetime | None = None
        """When the first heartbeat came."""
        self._homes = SlackHomes(self.database, self.client)
        self._homes_rest = timedelta(seconds=settings.okra_redraw_rest_seconds)
        self.homes_thread = Worker("homes", lambda: self.freshen(clock()))
        self.catching_up_thread = Worker("catching-up", self.catching_up.run)
        self._listeners = ListenerPool(settings.okra_listener_threads)

    def tick(self, now: datetime) -> list[str]:
        """Everything that is due at `now`, sends included; says what it did, a line each."""
        done = self.inbox.run()
        done += rounds.step(self.database, now)
        done += overdue.remind(self.database, now)
        done += people.learn_unnamed(self.database, self.directory)
        done += self._look_at_statuses(now)
        done += reconciling.reconcile(self.database, self.directory, self._limits, now)
        self.inbox.forget()
        return done + self.deliverer.run(lambda: now) + self.freshen(now)

    def beat(self) -> None:
        """One heartbeat of `okra run`: decides what is due, and wakes those who send it.

        Before the first one people's words of the time before the start are handled, for as long as one may
        wait for that: they answer check-ins that may be about to close.
        """
        since = self.clock() if self._began is None else self._began
        if self._began is None and self.catching_up.ever_wanted:
            self._hear_what_was_missed()
        self._began = since
        rounds.step(self.database, self.clock())
        overdue.remind(self.database, self.clock())
        people.learn_unnamed(self.database, self.directory)
        self.inbox.forget()
        self.inbox_thread.wake()
        self.wake_senders()
        self.homes_thread.wake()
        if self.catching_up.due:
            self.catching_up_thread.wake()
        looked = self._look_at_statuses(self.clock())
        looked += reconciling.reconcile(self.database, self.directory, self._limits, self.clock(), since)
        if looked:
            self.wake_senders()

    def _look_at_statuses(self, now: datetime) -> list[str]:
        """After the prompts that are due: none waits for it, and one that is out already is drawn anew."""
        statuses.forget_over(self.database, now)
        return statuses.look(self.database, self.directory, self._limits, now)

    def _hear_what_was_missed(self) -> None:
        for _ in range(START_WAITS):
            if self.catching_up.began.wait(1.0):
                break
            self.catching_up_thread.wake()  # what Slack did not give the first time it may give now
        self.inbox.run()

    def freshen(self, now: datetime) -> list[str]:
        """Home tabs that may be open and show something old."""
        return fresh_homes.freshen(self.database, self._homes, self._limits, self._homes_rest, now)

    def send(self) -> None:
        self.deliverer.run(self.clock)

    def reply(self) -> None:
        """What people wait for has a thread of its own, so that it never waits for what nobody does."""
        self.deliverer.run(self.clock, waited_for=True)

    @property
    def workers(self) -> list[Worker]:
        return [
            self.inbox_thread,
            self.catching_up_thread,
            self.replier,
            *self.senders,
            self.homes_thread,
        ]

    def wake_senders(self) -> None:
        for sender in (self.replier, *self.senders):
            sender.wake()

    def catch_up(self) -> None:
        """Something that people said may not have reached us."""
        self.catching_up.want()
        self.catching_up_thread.wake()

    def take_up_no_more(self) -> None:
        """Whoever is at work finishes what is in hand."""
        self.inbox.stop()
        self.deliverer.stop()
        self.catching_up.stop()

    def identify(self) -> AuthorizeResult:
        """Asks Slack once who we are; raises NotSent, Refused or Unsure, and OtherWorkspace."""
        answer = call(self.client.auth_test)
        with self.database.transaction() as connection:
            workspace.belong_to(connection, str(answer["team_id"]))
        return AuthorizeResult(
            enterprise_id=answer.get("enterprise_id"),
            team_id=answer["team_id"],
            team=answer.get("team"),
            bot_user_id=answer["user_id"],
            bot_id=answer.get("bot_id"),
            bot_token=self.settings.slack_bot_token,
        )

    def bolt(self, identity: AuthorizeResult) -> App:
        """Bolt's App with our listeners. Nothing stands before the inbox, not even authorization by a
        call to Slack: with a bare token, a failing auth.test would ack an event and lose it."""
        app = App(
            authorize=lambda: identity,
            client=web_client(None, self.settings.slack_api_url),  # with a token Bolt would warn
            listener_executor=self._listeners,
            raise_error_for_unhandled_request=False,
        )
        app.middleware(KeepEvents(self.database, self.inbox_thread.wake, self.catching_up.want))
        for listeners in LISTENERS:
            listeners(self.database, self.client, self.clock, self.wake_senders).register(app)
        return app

    def close(self, within: float = 0.0) -> None:
        """Taps and commands that are being answered have so many seconds to come to their end."""
        if not self._listeners.stop(within):
            log.warning("taps or commands were still being answered at the end")
        self.database.close()
