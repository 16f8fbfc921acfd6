"""What doctor wants to know of the database, read at once."""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.days.zones import team_zone
from bot.okr.model import KeyResult, Person, Team
from bot.storage import deliveries, inbox, okr_cycles, okrs, people, teams, workspace
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Contents:
    slack_team: str | None
    zone: str
    teams: tuple[Team, ...]
    people: tuple[Person, ...]
    key_results: dict[int, tuple[KeyResult, ...]]
    """By team id, those of cycles that are running today."""
    gone: dict[int, frozenset[int]]
    """By team id, the ids of people who have left it."""
    private: frozenset[int]
    """Those of them, by id, whose titles are no business of whoever runs the bot."""
    unsent: tuple[Delivery, ...]
    """Messages that failed, or of which nobody knows."""
    outdated: tuple[Delivery, ...]
    """Messages that show an old state, because changing them failed."""
    set_aside: tuple[tuple[int, str, str], ...]
    """Events that could not be handled: id, kind, error."""


def read(database: Database, now: datetime) -> Contents:
    with database.reading() as connection:
        all_teams = teams.everything(connection)
        key_results: dict[int, tuple[KeyResult, ...]] = {}
        for team in all_teams:
            cycles = okr_cycles.running(connection, now.astimezone(team_zone(team)).date())
            objectives = okrs.of_team(connection, team.id, cycles)
            key_results[team.id] = tuple(one for objective in objectives for one in objective.key_results)
        ids = [one.id for each in key_results.values() for one in each]
        return Contents(
            slack_team=workspace.slack_team(connection),
            zone=workspace.zone(connection),
            teams=tuple(all_teams),
            people=tuple(people.everyone(connection)),
            key_results=key_results,
            gone={one.id: teams.gone_from(connection, one.id) for one in all_teams},
            private=frozenset(okrs.private_among(connection, ids)),
            unsent=tuple(deliveries.in_states(connection, {"failed", "unknown"})),
            outdated=tuple(deliveries.not_redrawn(connection)),
            set_aside=tuple(inbox.failures(connection)),
        )
