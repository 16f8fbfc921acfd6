"""Zenith in storage: the company, and below it TeeBee and UED. Jim leads the company and UED, Hannah TeeBee."""

from dataclasses import dataclass, replace

from bot.okr.measures import Move
from bot.okr.model import KeyResult, Membership, Objective, ObjectiveKind, Person, Role, Supported, Team
from bot.storage import okr_cycles, okrs, people, teams
from bot.storage.engine import Connection, Database
from tests.services.teebee import JIM, TeeBee

ZENITH_CHANNEL, UED_CHANNEL = "C0ZENITH01", "C0UED00001"


@dataclass(frozen=True)
class Zenith:
    teebee: TeeBee
    jim: Person
    company: Team
    ued: Team
    loved: Objective
    """The company's, with the key result of recommendations."""
    screens: Objective
    """UED's, with the key result of carrier data."""

    @property
    def database(self) -> Database:
        return self.teebee.database

    def objective(self, objective_id: int) -> Objective:
        with self.database.reading() as connection:
            return okrs.whole(connection, [objective_id])[objective_id]

    def value(self) -> Objective:
        """TeeBee's first, Hannah's."""
        return self.objective(self.teebee.key_results[0].objective_id)

    def online(self) -> Objective:
        """TeeBee's second, Jack's."""
        return self.objective(self.teebee.key_results[3].objective_id)

    def aligned(self, objective: Objective, **how: object) -> None:
        """Whatever a file may have said."""
        with self.database.transaction() as connection:
            okrs.save_objective(connection, replace(objective, **how))  # type: ignore[arg-type]

    def add(self, team: Team, title: str, owner: Person, *key_results: str, **how: object) -> Objective:
        with self.database.transaction() as connection:
            return add(connection, team, title, owner, *key_results, **how)


def zenith(teebee: TeeBee) -> Zenith:
    with teebee.database.transaction() as connection:
        jim = people.by_slack_id(connection, JIM)
        assert jim is not None
        company = teams.add(connection, replace(teebee.team, id=0, name="Zenith", channel=ZENITH_CHANNEL))
        teams.save(connection, replace(teebee.team, parent_id=company.id))
        ued = teams.add(
            connection,
            replace(teebee.team, id=0, name="UED", channel=UED_CHANNEL, parent_id=company.id),
        )
        for team in (company, ued):
            teams.set_role(connection, Membership(team.id, jim.id, Role.LEAD))
        loved = add(connection, company, "Be the tea people love", jim, "People who recommend us")
        screens = add(
            connection,
            ued,
            "Screens that people understand",
            jim,
            "Carrier data on every page",
            parent=Supported(loved.id, loved.key_results[0].id),
        )
    return Zenith(teebee, jim, company, ued, loved, screens)


def add(
    connection: Connection, team: Team, title: str, owner: Person, *key_results: str, **how: object
) -> Objective:
    cycle = okr_cycles.everything(connection)[0]
    wanted = Objective(0, team.id, cycle.id, title, owner.id, ObjectiveKind.ASPIRATIONAL)
    home = okrs.add_objective(connection, replace(wanted, **how))  # type: ignore[arg-type]
    for position, one in enumerate(key_results):
        okrs.add_key_result(
            connection, KeyResult(0, home.id, one, owner.id, Move(0, 100), "%", position=position)
        )
    return okrs.whole(connection, [home.id])[home.id]
