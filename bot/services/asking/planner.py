"""Planning a team's rounds from what is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.okr.model import Absence, Cycle, KeyResult, Objective, Person, Team
from bot.okr.rounds import RoundPlan, covers, plan_round
from bot.services.away import public_holidays
from bot.storage import absences, okrs, people, teams
from bot.storage.engine import Connection


class Planner:
    """Plans one team's rounds; what several weeks have in common is read once."""

    def __init__(self, connection: Connection, team: Team, cycles: Sequence[Cycle]) -> None:
        self.team = team
        self._connection = connection
        self._cycles = cycles
        self._objectives: dict[frozenset[int], list[Objective]] = {}
        self._people: dict[int, Person] = {}
        self._gone: frozenset[int] | None = None
        self._absences: dict[int, list[Absence]] = {}

    def asked(self, on: date) -> dict[int, list[KeyResult]]:
        """What the team's round of that day asks, by owner, in the order in which people know it."""
        running = frozenset(one.id for one in self._cycles if one.starts <= on <= one.ends)
        if running not in self._objectives:
            found = okrs.of_team(self._connection, self.team.id, running) if running else []
            self._objectives[running] = found
        asked: dict[int, list[KeyResult]] = {}
        for objective in self._objectives[running]:
            for key_result in objective.key_results:
                asked.setdefault(key_result.owner_id, []).append(key_result)
        return asked

    def plan(self, on: date) -> RoundPlan | None:
        """None where there is nothing to ask."""
        owners = self.asked(on)
        if not owners:
            return None
        self._learn(owners)
        if self._gone is None:
            self._gone = teams.gone_from(self._connection, self.team.id)
        asked = [self._people[one] for one in owners if self._people[one].active and one not in self._gone]
        if not asked:
            return None
        plan = self._planned(on, asked)
        delegates = self._delegates(owners, plan.away)
        if not delegates:
            return plan
        # Whoever answers for somebody owes an answer, too: the digest waits for them as for all others.
        together = self._planned(on, [*asked, *delegates])
        return replace(plan, opens_at=together.opens_at, digest_at=together.digest_at)

    def _planned(self, on: date, asked: Sequence[Person]) -> RoundPlan:
        away = [absence for person in asked for absence in self._absences[person.id]]
        return plan_round(self.team, on, asked, [*away, *public_holidays.before(on, asked)])

    def _delegates(self, owners: Mapping[int, Sequence[KeyResult]], away: Iterable[int]) -> list[Person]:
        """Who is asked in place of those, and asked for nothing of their own."""
        every = {one.delegate_id for person in away for one in owners[person]}
        named = sorted(one for one in every if one is not None and one not in owners)
        self._learn(named)
        return [self._people[one] for one in named if self._people[one].active]

    def is_absent(self, person_id: int, day: date) -> bool:
        """Of somebody whom a plan was about."""
        holidays = public_holidays.before(day, [self._people[person_id]])
        return any(covers(one, day) for one in (*self._absences[person_id], *holidays))

    def _learn(self, owners: Iterable[int]) -> None:
        unknown = [owner for owner in owners if owner not in self._people]
        if not unknown:
            return
        self._people |= people.by_ids(self._connection, unknown)
        self._absences |= {owner: [] for owner in unknown}
        for absence in absences.of_people(self._connection, unknown):
            self._absences[absence.person_id].append(absence)
