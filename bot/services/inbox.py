"""The inbox's worker: handles what Slack told us, one person's events in order, and gives up in the end."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from bot.services.sending.messenger import NotSent, Refused
from bot.storage import inbox
from bot.storage.engine import Database, StorageUnavailable, real_now
from bot.storage.inbox import Arrival, InboxRow

LEASE = timedelta(seconds=60)
"""After so long whoever handles an event is held for gone."""
ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=2)
PAYLOADS_KEPT = timedelta(days=7)

Handler = Callable[[InboxRow], None]
log = structlog.get_logger(__name__)


def take_in(database: Database, arrival: Arrival) -> bool:
    """Keeps an event for the worker; False if it had come before. Once this returns, it cannot be lost."""
    with database.transaction() as connection:
        return inbox.take_in(connection, arrival, real_now(connection))


class InboxWorker:
    """Claims rows by lease and hands each to the handler of its kind."""

    def __init__(
        self, database: Database, handlers: Mapping[str, Handler], *, lease: timedelta = LEASE
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._lease = lease
        self._in_hand: InboxRow | None = None
        """What could not even be given back, because the database went away meanwhile."""
        self._at_work = threading.Lock()
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Takes up no further event; the one that is being handled comes to its end."""
        self._stopping.set()

    def run(self) -> list[str]:
        """Handles whatever can be handled now; says what it did, a line each. Whoever calls it while it runs
        waits, and finds what had come before then handled."""
        done = []
        with self._at_work:
            if self._in_hand is not None:
                done.append(self._later(self._in_hand, "the database was away", FIRST_WAIT, counts=False))
                self._in_hand = None
            while not self._stopping.is_set() and (row := self._claim()):
                done.append(self._handle(row))
        return done

    def forget(self) -> None:
        """Removes the words of what was handled a week ago."""
        with self._database.transaction() as connection:
            inbox.forget_payloads(connection, handled_before=real_now(connection) - PAYLOADS_KEPT)

    def _claim(self) -> InboxRow | None:
        with self._database.transaction() as connection:
            clock = real_now(connection)
            return inbox.claim(connection, real_now=clock, lease_until=clock + self._lease)

    def _handle(self, row: InboxRow) -> str:
        if row.attempts > ATTEMPTS:
            return self._set_aside(row, "whoever handled it never came back")
        try:
            self._handlers[row.kind](row)
        except Refused as error:  # another attempt would be refused, too
            log.warning("inbox event refused", inbox=row.id, kind=row.kind, error=str(error))
            return self._set_aside(row, str(error))
        except StorageUnavailable as trouble:
            # It passes, however long it takes, and is not the event's fault.
            log.warning("inbox event waits for the database", inbox=row.id, kind=row.kind, error=str(trouble))
            self._in_hand = row
            said = self._later(row, str(trouble), FIRST_WAIT, counts=False)
            self._in_hand = None
            return said
        except (
            Exception
        ) as error:  # one event's trouble must not stop the others: it is tried again, then shown
            log.exception("inbox event failed", inbox=row.id, kind=row.kind, attempts=row.attempts)
            asked_to_wait = error.retry_after if isinstance(error, NotSent) else None
            return self._failed(row, f"{type(error).__name__}: {error}", asked_to_wait or 0)
        with self._database.transaction() as connection:
            inbox.mark_handled(connection, row, real_now(connection))
        log.info("inbox event handled", inbox=row.id, kind=row.kind)
        return f"handled {row.kind} {row.id}"

    def _failed(self, row: InboxRow, error: str, wait_seconds: float) -> str:
        if row.attempts >= ATTEMPTS:
            return self._set_aside(row, error)
        wait = max(FIRST_WAIT * 2 ** (row.attempts - 1), timedelta(seconds=wait_seconds))
        return self._later(row, error, wait)

    def _later(self, row: InboxRow, error: str, wait: timedelta, *, counts: bool = True) -> str:
        with self._database.transaction() as connection:
            inbox.retry(connection, row, at=real_now(connection) + wait, error=error, counts=counts)
        return f"will try {row.kind} {row.id} again"

    def _set_aside(self, row: InboxRow, error: str) -> str:
        with self._database.transaction() as connection:
            inbox.set_aside(connection, row, error)
        return f"set aside {row.kind} {row.id}"
