"""Whether everything has come to rest: nothing to decide, to send, to settle, to draw anew or to handle."""

import time
from collections.abc import Callable
from datetime import date

import sqlalchemy as sa

from bot.okr.model import RoundState
from bot.practice.remote import RemoteSlack
from bot.services.sending.asks import PROMPT
from bot.storage.engine import Database, StorageUnavailable
from bot.storage.tables import TO_BE_REDRAWN, deliveries, inbox, rounds, teams
from tests.torture.clock import SharedClock
from tests.torture.deeds import answers

LOOK_SECONDS = 0.5
PROMPTS = f"{PROMPT}:"


class Rest:
    """Looks at the database and at what people have typed. What was given up once is not waited for again."""

    def __init__(self, database: Database, slack: RemoteSlack, clock: SharedClock) -> None:
        self._database = database
        self._slack = slack
        self._clock = clock
        self._given_up: set[str] = set()
        self._deeds_seen = 0

    def wait(self, patience: float) -> bool:
        """Until everything rests, for so many seconds at most; what does not is given up then."""
        if self._quiet(self._restless, patience):
            return True
        self._given_up |= self._restless()
        return False

    def wait_for_prompts(self, on: date, patience: float) -> bool:
        """Until every team's round of that day has begun, and nobody's prompt is on its way any more."""

        def restless() -> set[str]:
            return {*self._without_round(on), *(key for key in self._unsent() if key.startswith(PROMPTS))}

        return self._quiet(restless, patience)

    def forget(self) -> None:
        """What people have done so far has been seen to."""
        self._deeds_seen += len(self._slack.deeds(self._deeds_seen))

    def _quiet(self, restless: Callable[[], set[str]], patience: float) -> bool:
        deadline = time.monotonic() + patience
        while True:
            try:
                left = restless() - self._given_up
            except StorageUnavailable:  # somebody else has locked it just now
                left = {"the database"}
            if not left:
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(LOOK_SECONDS)

    def _restless(self) -> set[str]:
        return {*self._undecided(), *self._unsent(), *self._unhandled(), *self._not_come_in()}

    def _undecided(self) -> set[str]:
        """Rounds whose digest is due and not decided: whoever would do so may just have been killed."""
        due = (rounds.c.state == RoundState.OPEN) & (rounds.c.digest_at <= self._clock())
        return self._found(sa.select("round " + sa.cast(rounds.c.id, sa.String)).where(due))

    def _without_round(self, on: date) -> set[str]:
        begun = sa.select(rounds.c.team_id).where(rounds.c.date == on)
        return self._found(sa.select(teams.c.name).where(teams.c.id.not_in(begun)))

    def _unsent(self) -> set[str]:
        """Keys of messages that are due, in hand or to be drawn anew."""
        state, columns = deliveries.c.state, deliveries.c
        due = (state == "pending") & (columns.due_at <= self._clock())
        stale = (state == "sent") & sa.text(TO_BE_REDRAWN)
        return self._found(sa.select(columns.key).where(due | stale | state.in_(["sending", "unknown"])))

    def _unhandled(self) -> set[str]:
        waiting = inbox.c.state.in_(["waiting", "working"])
        return self._found(sa.select(sa.cast(inbox.c.id, sa.String)).where(waiting))

    def _not_come_in(self) -> set[str]:
        """What people have typed and the inbox does not know."""
        typed = [one for one in answers(self._slack.deeds(self._deeds_seen)) if one.words]
        since = min((one.ts for one in typed), default="")
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(inbox.c.ts, inbox.c.payload).where(inbox.c.ts >= since))
            known = {(row.payload.get("edited") or row.ts, row.payload.get("text")) for row in rows}
        come_in = {ts for ts, _ in known}
        return {
            f"{one.ts} {one.text}"
            for one in typed
            if (one.ts not in come_in if one.kind == "message" else (one.ts, one.text) not in known)
        }

    def _found(self, statement: sa.Select[str]) -> set[str]:
        with self._database.reading() as connection:
            return set(connection.execute(statement).scalars())
