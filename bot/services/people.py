"""Who people are: following what Slack says of them, and whose clock counts for whom."""

import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.okr.days.zones import known_zone
from bot.okr.model import Person, Profile
from bot.okr.rights import is_guest
from bot.services.sending import asks
from bot.storage import people, teams, workspace
from bot.storage.engine import Connection, Database

LOOK_UP_SECONDS = 1.5
"""Real ones: a form has to be answered within three."""
log = structlog.get_logger(__name__)


class DirectoryUnavailable(Exception):  # noqa: N818 - it says what is so
    """Slack could not be asked just now, or the bot may not ask; the text says which."""

    def __init__(self, reason: str, *, retry_after: float | None = None, refused: bool = False) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        """Seconds that Slack asked us to wait, if it did."""
        self.refused = refused
        """The bot may not ask: waiting does not help."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What Slack says of a channel."""

    id: str
    has_bot: bool
    """Whether the bot is in it; otherwise it cannot write there."""


class Directory(Protocol):
    """Slack's own record of people and channels. Every method may raise DirectoryUnavailable."""

    def profile(self, slack_id: str) -> Profile | None: ...

    def profile_by_email(self, email: str) -> Profile | None: ...

    def channel(self, name: str) -> Channel | None:
        """A channel given as "#okrs" or as an id; None if there is none that the bot can see."""
        ...

    def members(self, channel_id: str) -> frozenset[str] | None:
        """The Slack ids of all who are in it, bots too; None if there is none that the bot can see."""
        ...


def learn(database: Database, profile: Profile) -> None:
    """Takes over what Slack says of somebody we know; strangers are no business of ours."""
    with database.transaction() as connection:
        if people.by_slack_id(connection, profile.slack_id) is not None:
            person = people.learn(connection, profile)
            if person.guest or not person.active:
                asks.redraw_naming(connection, person)


def learn_unnamed(database: Database, directory: Directory) -> list[str]:
    """Asks Slack about people whom somebody has mentioned and nobody has introduced."""
    with database.reading() as connection:
        unnamed = people.unnamed(connection)
    done = []
    for slack_id in unnamed:
        try:
            profile = directory.profile(slack_id)
        except DirectoryUnavailable as problem:
            log.warning("people cannot be looked up", slack_id=slack_id, error=str(problem))
            break
        profile = profile or _nobody(slack_id)
        learn(database, profile)
        done.append(f"{slack_id} is {profile.name}")
    return done


def meet(database: Database, directory: Directory, slack_id: str) -> None:
    """Asks Slack about somebody whom we do not know yet: before they are shown anything of others', it has
    to be clear whether they are a guest. Raises DirectoryUnavailable."""
    with database.reading() as connection:
        known = people.by_slack_id(connection, slack_id)
    profile = None if known is not None and known.name else directory.profile(slack_id)
    if profile is not None:
        with database.transaction() as connection:
            people.learn(connection, profile)


def meet_named(
    database: Database, directory: Directory, slack_ids: Iterable[str], *, until: float | None = None
) -> None:
    """Asks Slack about those whom somebody names in a form and we do not know yet, for as long as a form can
    wait (`until` then, by the monotonic clock): what is a bot, or nobody, cannot be given anything. Whoever
    was not looked up is learnt later."""
    until = time.monotonic() + LOOK_UP_SECONDS if until is None else until
    named = sorted(set(slack_ids))
    with database.reading() as connection:
        known = people.by_slack_ids(connection, named)
    profiles = []
    with suppress(DirectoryUnavailable):
        for one in named:
            if time.monotonic() > until:
                break
            if one not in known or not known[one].name:
                profiles.append(directory.profile(one) or _nobody(one))
    if profiles:
        with database.transaction() as connection:
            for profile in profiles:
                people.learn(connection, profile)


def _nobody(slack_id: str) -> Profile:
    """Whom Slack does not know keeps the id for a name, so that it is not asked again for ever."""
    return Profile(slack_id, slack_id, active=False, guest=True)


def known_names(database: Database, slack_ids: Iterable[str]) -> dict[str, str]:
    """The names of those whom we know, by Slack id."""
    with database.reading() as connection:
        found = (people.by_slack_id(connection, one) for one in slack_ids)
        return {person.slack_id: person.name for person in found if person is not None and person.name}


def sees_all(database: Database, slack_id: str) -> bool:
    """Whether they are known, active and no guest."""
    with database.reading() as connection:
        person = people.by_slack_id(connection, slack_id)
        return person is not None and person.active and not is_guest(person)


def zone_for(connection: Connection, person: Person) -> ZoneInfo:
    """The person's own zone; where it is not known their home team's, else the workspace's, else UTC."""
    mine = [team for team, _ in teams.teams_of(connection, person.id)]
    mine.sort(key=lambda team: team.id != person.home_team_id)
    names = [person.zone, *(team.zone for team in mine)]
    for name in [*names, workspace.zone(connection)]:
        zone = known_zone(name)
        if zone is not None:
            return zone
    return ZoneInfo("UTC")


def shown_name(person: Person) -> str:
    """Never empty: until Slack has told the name, its id has to do."""
    return person.name or person.slack_id


def people_named(connection: Connection, name: str) -> list[Person]:
    """Everybody active whom somebody may mean by a name in a message: a mention, a full or a first name."""
    wanted = " ".join(name.removeprefix("@").split()).casefold()
    active = [one for one in people.everyone(connection) if one.active and one.name]
    full = [one for one in active if wanted in {one.name.casefold(), one.slack_id.casefold()}]
    return full or [one for one in active if one.name.split()[0].casefold() == wanted]


def first_names(connection: Connection) -> frozenset[str]:
    """Of everybody known, casefolded: a message that thanks one of them is a thank-you."""
    return frozenset(
        one.name.split()[0].casefold() for one in people.everyone(connection) if one.name.split()
    )
