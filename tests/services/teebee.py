"""TeeBee in storage: two objectives, six key results, Hannah and Jack; and a messenger that only writes down."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.okr.answers import CheckInAnswers, KeyResultAnswer
from bot.okr.model import (
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
)
from bot.services.messenger import Posted
from bot.storage import okrs, people, rounds, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database

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

    def check_in_id(self, person: Person) -> int:
        with self.database.reading() as connection:
            found = rounds.newest_check_in(connection, person.id)
        assert found is not None
        return found.id

    def answers(self, person: Person, *values: float, confidence: int = 7, **more: object) -> CheckInAnswers:
        """These values for the person's key results, in order."""
        mine = [one for one in self.key_results if one.owner_id == person.id]
        said = tuple(
            KeyResultAnswer(one.id, value, confidence) for one, value in zip(mine, values, strict=False)
        )
        return replace(CheckInAnswers(self.check_in_id(person), said), **more)  # type: ignore[arg-type]


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
        cycle = okrs.add_cycle(connection, Cycle(0, "2026 Q4", *QUARTER))
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
                connection, KeyResult(0, objective.id, title, owner.id, start, target, unit, position)
            )
            for position, (objective, title, owner, start, target, unit) in enumerate(rows)
        )
    return TeeBee(database, team, hannah, jack, written)


@dataclass
class Notebook:
    """A messenger that writes down what it is asked to say, and fails as told."""

    posted: list[Delivery] = field(default_factory=list)
    updated: list[Delivery] = field(default_factory=list)
    trouble: list[Exception] = field(default_factory=list)
    """Raised one after the other, instead of posting or updating."""
    more_pages: int = 0

    def post(self, delivery: Delivery) -> Posted:
        if self.trouble:
            raise self.trouble.pop(0)
        self.posted.append(delivery)
        more = delivery.kind == "digest" and delivery.subject["page"] < self.more_pages
        return Posted(channel=f"D{delivery.address[1:]}", ts=f"{len(self.posted)}.000100", more=more)

    def update(self, delivery: Delivery) -> Posted:
        if self.trouble:
            raise self.trouble.pop(0)
        self.updated.append(delivery)
        more = delivery.kind == "digest" and delivery.subject["page"] < self.more_pages
        return Posted(channel=delivery.channel or "", ts=delivery.ts or "", more=more)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Kind and address of what was posted."""
        return [(one.kind, one.address) for one in self.posted]


def week_later(moment: datetime, weeks: int = 1) -> datetime:
    return moment + timedelta(weeks=weeks)
