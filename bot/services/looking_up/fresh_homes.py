"""Home tabs are kept fresh for those who may have one open: drawn again once a minute, and shown where
something is new. Slack does not say when one is closed, so whoever opened it within a day counts.

All of it goes by real time. Nobody waits for it, so it takes what is left of Slack's pace.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

import structlog

from bot.services.sending import pacing
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.pacing import Call, Limits
from bot.storage import homes
from bot.storage.engine import Database, StorageUnavailable, real_now

OPEN_FOR = timedelta(days=1)
AT_ONCE = 20
"""So many are drawn at most at one heartbeat: those that wait longest."""

View = dict[str, Any]
log = structlog.get_logger(__name__)


class HomeScreen(Protocol):
    def drawing(self, now: datetime) -> Callable[[str], View]:
        """How to draw somebody's Home (a Slack id) as of that moment; what many show is loaded once."""
        ...

    def publish(self, slack_id: str, view: View) -> None:
        """Raises NotSent, Refused or Unsure."""
        ...


def mark_of(view: View) -> str:
    """By which what a view shows is known again."""
    return sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()


def opened(database: Database, slack_id: str) -> None:
    """Before it is drawn: what changes from now on is shown."""
    with database.transaction() as connection:
        homes.opened(connection, slack_id, real_now(connection))


def shows(database: Database, slack_id: str, view: View) -> None:
    with database.transaction() as connection:
        homes.shows(connection, slack_id, mark_of(view))


def freshen(
    database: Database, screen: HomeScreen, limits: Limits, rest: timedelta, now: datetime
) -> list[str]:
    """Draws those that were not looked at for `rest`; says which are shown anew, a line each."""
    draw = screen.drawing(now)
    done = []
    for slack_id, shown in _taken(database, rest).items():
        try:
            view = draw(slack_id)
        except StorageUnavailable:
            break
        except Exception:  # one that cannot be drawn must not hold up the others
            log.exception("home cannot be drawn", slack_id=slack_id)
            continue
        if mark_of(view) == shown:
            continue
        if not _may_publish(database, limits):
            break  # they are looked at again in a while
        if _published(database, screen, slack_id, view):
            done.append(f"the Home of {slack_id} is up to date")
    return done


def _taken(database: Database, rest: timedelta) -> dict[str, str | None]:
    """Nearly always there are none, which is found out without the write lock."""
    with database.reading() as connection:
        real = real_now(connection)
        if not homes.any_due(connection, opened_since=real - OPEN_FOR, looked_before=real - rest):
            return {}
    with database.transaction() as connection:
        real = real_now(connection)
        homes.forget(connection, opened_before=real - OPEN_FOR)
        return homes.take(
            connection, opened_since=real - OPEN_FOR, looked_before=real - rest, at=real, most=AT_ONCE
        )


def _may_publish(database: Database, limits: Limits) -> bool:
    with database.transaction() as connection:
        real = real_now(connection)
        if pacing.wait(connection, limits, Call.HOME, real_now=real):
            return False
        pacing.spend(connection, limits, Call.HOME, real_now=real)
        return True


def _published(database: Database, screen: HomeScreen, slack_id: str, view: View) -> bool:
    try:
        screen.publish(slack_id, view)
    except NotSent as problem:
        with database.transaction() as connection:
            until = real_now(connection) + pacing.resting(problem.retry_after)
            pacing.block(connection, Call.HOME, until=until)
        log.warning("home not drawn", error=str(problem))
        return False
    except (Refused, Unsure) as problem:
        log.warning("home not drawn", error=str(problem))
        return False
    shows(database, slack_id, view)
    return True
