"""TeeBee in storage: two objectives, six key results, Hannah and Jack; and a messenger that only writes down."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from bot.okr.actions import NewAction
from bot.okr.answers import CheckInAnswers, KeyResultAnswer
from bot.okr.measures import Move
from bot.okr.model import (
    ActionOutcome,
    CheckInTimes,
    Cycle,
    KeyResult,
    Membership,
    Objective,
    ObjectiveKind,
    Person,
    Profile,
    Role,
    Team,
    Update,
)
from bot.services.sending.messenger import Found, Posted
from bot.storage import (
    actions,
    check_ins,
    deliveries,
    okr_cycles,
    okrs,
    people,
    sending,
    teams,
    updates,
)
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, real_now
from bot.storage.sending import Clocks
from tests.storage.dropping import drop_key_result

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))
FRIDAY = date(2026, 11, 20)
HANNAH, JACK, JIM = "U0HANNAH01", "U0JACK0001", "U0JIM00001"
CHANNEL = "C0OKRS0001"
TIMES = CheckInTimes(digest=time(16, 30))


def at(hour: int, minute: int = 0, *, day: date = FRIDAY) -> datetime:
    """A moment on the wall clock of Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


@dataclass(frozen=True)
class TeeBee:
    """What was written, as storage gives it back."""

    database: Database
    team: Team
    hannah: Person
    jack: Person
    key_results: tuple[KeyResult, ...]
    """Hannah's three, then Jack's three."""

    def of(self, person: Person) -> list[int]:
        """The ids of the person's key results, in order."""
        return [one.id for one in self.key_results if one.owner_id == person.id]

    def said(self, key_result: int, on: date = FRIDAY) -> list[Update]:
        """Every revision of a key result's update of that date."""
        with self.database.reading() as connection:
            return updates.revisions(connection, key_result, on)

    def actions_of(self, person: Person, on: date = FRIDAY) -> dict[str, bool]:
        """What the person has set by that day and not closed before, and whether it is done."""
        with self.database.reading() as connection:
            known = actions.known_on(connection, [person.id], on)
        return {one.text: one.outcome is ActionOutcome.DONE for one in known}

    def drop(self, key_result: int) -> None:
        with self.database.transaction() as connection:
            drop_key_result(connection, key_result, at(12))

    def hand_over(self, key_result: int, to: Person) -> None:
        """Only the ownership: what importing a changed file does besides is tested with it."""
        with self.database.transaction() as connection:
            known = okrs.key_results_by_ids(connection, [key_result])[key_result]
            okrs.save_key_result(connection, replace(known, owner_id=to.id))

    def sent(self, key: str, when: datetime, ts: str = "1763604000.000100", channel: str = "D0") -> None:
        """Marks a message as posted, as a deliverer would."""
        with self.database.transaction() as connection:
            asked = deliveries.by_key(connection, key)
            assert asked is not None
            sending.mark_sent(connection, asked.id, channel=channel, ts=ts, at=when)

    def subjects(self, kind: str) -> list[dict[str, Any]]:
        """What the messages of a kind that have been asked for are about."""
        with self.database.reading() as connection:
            every = deliveries.in_states(connection, ["pending", "sending", "sent", "unknown", "dropped"])
        return [one.subject for one in every if one.kind == kind]

    def redraws(self) -> list[str]:
        return redraws(self.database)

    def check_in_id(self, person: Person) -> int:
        with self.database.reading() as connection:
            found = check_ins.newest(connection, person.id)
        assert found is not None
        return found.id

    def answers(
        self,
        person: Person,
        *values: float,
        confidence: int = 7,
        actions: Sequence[str] = (),
        **more: object,
    ) -> CheckInAnswers:
        """These values for the person's key results, in order."""
        mine = [one for one in self.key_results if one.owner_id == person.id]
        said = tuple(
            KeyResultAnswer(one.id, value, confidence) for one, value in zip(mine, values, strict=False)
        )
        new = tuple(NewAction(one) for one in actions)
        return replace(CheckInAnswers(self.check_in_id(person), said, new), **more)  # type: ignore[arg-type]


def move_in(
    database: Database,
    *,
    times: CheckInTimes = TIMES,
    started_at: datetime | None = datetime(2026, 11, 16, tzinfo=UTC),
    jack_zone: str | None = "Asia/Shanghai",
) -> TeeBee:
    """Writes TeeBee's OKRs of the quarter."""
    with database.transaction() as connection:
        hannah = people.learn(connection, Profile(HANNAH, "Hannah", "hannah@teebee.example", "Asia/Shanghai"))
        jack = people.learn(connection, Profile(JACK, "Jack", "jack@teebee.example", jack_zone))
        people.learn(connection, Profile(JIM, "Jim", "jim@teebee.example", "America/Los_Angeles"))
        team = teams.add(
            connection, Team(0, "TeeBee", CHANNEL, "Asia/Shanghai", times, started_at=started_at)
        )
        teams.set_role(connection, Membership(team.id, hannah.id, Role.LEAD))
        teams.set_role(connection, Membership(team.id, jack.id, Role.MEMBER))
        cycle = okr_cycles.add(connection, Cycle(0, "2026 Q4", *QUARTER))
        value, online = (
            okrs.add_objective(connection, Objective(0, team.id, cycle.id, title, owner.id, kind, position))
            for position, (title, owner, kind) in enumerate(
                [
                    ("Prove our tea’s value to restaurant suppliers", hannah, ObjectiveKind.ASPIRATIONAL),
                    ("Make ordering online easy for suppliers", jack, ObjectiveKind.COMMITTED),
                ]
            )
        )
        rows: Sequence[tuple[Objective, str, Person, float, float, str]] = [
            (value, "Customers who renew", hannah, 40, 70, "%"),
            (value, "Renewals without our help", hannah, 5, 50, "%"),
            (value, "Sales", hannah, 120_000, 250_000, "¥"),
            (online, "Renewed online", jack, 30, 80, "%"),
            (online, "Satisfaction", jack, 6, 8, "pts"),
            (online, "Phone calls", jack, 40, 20, "a week"),
        ]
        written = tuple(
            okrs.add_key_result(
                connection, KeyResult(0, objective.id, title, owner.id, Move(start, target), unit, position)
            )
            for position, (objective, title, owner, start, target, unit) in enumerate(rows)
        )
    return TeeBee(database, team, hannah, jack, written)


def redraws(database: Database) -> list[str]:
    """The keys of posted messages that have to be drawn anew, those that somebody waits for first;
    afterwards they count as drawn."""
    keys = []
    with database.transaction() as connection:
        now = real_now(connection)
        clocks, minute = Clocks(now, now), timedelta(minutes=1)
        while one := sending.claim_stale(connection, clocks, lease=minute, rest=timedelta(0)):
            sending.mark_updated(connection, one)
            keys.append(one.key)
    return keys


@dataclass
class Notebook:
    """A messenger that writes down what it is asked to say, and fails as told."""

    posted: list[Delivery] = field(default_factory=list)
    updated: list[Delivery] = field(default_factory=list)
    looked: list[tuple[Delivery, str | None]] = field(default_factory=list)
    """What was looked for, and the channel that was known."""
    trouble: list[Exception] = field(default_factory=list)
    """Raised one after the other, instead of posting or updating."""
    lost: list[Exception] = field(default_factory=list)
    """Raised after posting: the message stands there, but nobody hears of it."""
    unreadable: list[Exception] = field(default_factory=list)
    """Raised instead of looking."""
    more_pages: int = 0
    posted_at: datetime = datetime(2026, 11, 20, 1, 59, tzinfo=UTC)
    """By Slack's clock."""

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        assert begin_by > monotonic()
        if self.trouble:
            raise self.trouble.pop(0)
        self.posted.append(delivery)
        if self.lost:
            raise self.lost.pop(0)
        return Posted(*self._place(len(self.posted)), more=self._more(delivery))

    def update(self, delivery: Delivery, *, begin_by: float) -> Posted:
        assert begin_by > monotonic()
        if self.trouble:
            raise self.trouble.pop(0)
        self.updated.append(delivery)
        return Posted(delivery.channel or "", delivery.ts or "", more=self._more(delivery))

    def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
        self.looked.append((delivery, known_channel))
        if self.unreadable:
            raise self.unreadable.pop(0)
        for number, one in enumerate(self.posted, start=1):
            if one.nonce == delivery.nonce:
                return Found(*self._place(number), at=self.posted_at)
        return None

    @property
    def said(self) -> list[tuple[str, str]]:
        """Kind and address of what was posted."""
        return [(one.kind, one.address) for one in self.posted]

    def to(self, kind: str) -> list[str]:
        """To whom messages of a kind were posted."""
        return [one.address for one in self.posted if one.kind == kind]

    @property
    def keys(self) -> list[str]:
        """Of what was posted, in that order."""
        return [one.key for one in self.posted]

    def _place(self, number: int) -> tuple[str, str]:
        return f"D{self.posted[number - 1].address[1:]}", f"{number}.000100"

    def _more(self, delivery: Delivery) -> bool:
        return delivery.kind == "digest" and delivery.subject["page"] < self.more_pages


def week_later(moment: datetime, weeks: int = 1) -> datetime:
    return moment + timedelta(weeks=weeks)
