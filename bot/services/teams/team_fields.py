"""What the form of a team holds, what may be wrong with it, and what of it somebody else has changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import time
from enum import StrEnum
from hashlib import sha256

from bot.okr.days.zones import known_zone
from bot.okr.model import CheckInTimes, Meeting, Person, Role, Team
from bot.storage import people, teams
from bot.storage.engine import Connection

NAME_MOST = 80
"""Characters of a team's name."""


@dataclass(frozen=True, slots=True)
class TeamFields:
    """People by their Slack ids, in the order in which Slack or the database gives them."""

    name: str
    channel: str
    leads: tuple[str, ...]
    from_channel: bool
    members: tuple[str, ...]
    """By name; of a team from a channel, none."""
    observers: tuple[str, ...]
    meeting_day: int | None
    meeting_at: time | None
    check_in_day: int | None
    """None for what is no day."""
    zone: str
    parent_id: int | None


class Why(StrEnum):
    """What is wrong with a field."""

    EMPTY_NAME = "empty name"
    LONG_NAME = "long name"
    TAKEN = "name taken"
    NO_CHANNEL = "no channel"
    BOT_OUTSIDE = "bot outside"
    SAME_PEOPLE = "another team has everybody in the channel"
    NO_LEAD = "no lead"
    NOT_HERE = "nobody left to lead"
    GUEST_LEADS = "guest leads"
    TWO_WAYS = "everybody and some"
    NO_DAY = "no meeting day"
    NO_TIME = "no meeting time"
    NO_CHECK_IN_DAY = "no check-in day"
    UNKNOWN_ZONE = "unknown zone"
    UNKNOWN_PARENT = "unknown parent"
    LOOP = "loop"


@dataclass(frozen=True, slots=True)
class Problem:
    why: Why
    about: str = ""
    """Whom or what it is about, as they are called."""


class NotPossible(Exception):  # noqa: N818 - it says what is so
    """What cannot be saved: a problem by the name of its field in `TeamFields`. Nothing was changed."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        super().__init__()
        self.problems = problems


def fields_of(connection: Connection, team: Team) -> TeamFields:
    """As they are now; only people who have not left."""
    roles = teams.memberships_of(connection, team.id)
    known = people.by_ids(connection, [one.person_id for one in roles])

    def with_role(role: Role) -> tuple[str, ...]:
        return tuple(known[one.person_id].slack_id for one in roles if one.role is role)

    meeting = team.check_in.meeting
    return TeamFields(
        name=team.name,
        channel=team.channel,
        leads=with_role(Role.LEAD),
        from_channel=team.from_channel,
        members=() if team.from_channel else with_role(Role.MEMBER),
        observers=with_role(Role.OBSERVER),
        meeting_day=meeting.day if meeting else None,
        meeting_at=meeting.at if meeting else None,
        check_in_day=team.check_in.day,
        zone=team.zone,
        parent_id=team.parent_id,
    )


def times(before: CheckInTimes, wanted: TeamFields) -> CheckInTimes:
    """With a meeting there is no fixed hour; without one, an hour that was fixed by a file stays."""
    meeting = None
    if wanted.meeting_day is not None and wanted.meeting_at is not None:
        meeting = Meeting(wanted.meeting_day, wanted.meeting_at)
    return CheckInTimes(
        before.day if wanted.check_in_day is None else wanted.check_in_day,
        before.prompt,
        before.remind,
        before.answer_by,
        None if meeting else before.digest,
        meeting,
    )


def marks(of: TeamFields) -> dict[str, str]:
    """By which each field is known again; people in any order."""
    return {one.name: _mark(getattr(of, one.name)) for one in fields(of)}


def _mark(value: object) -> str:
    said = sorted(value) if isinstance(value, tuple) else value
    return sha256(repr(said).encode()).hexdigest()[:8]


def changed_since(now: TeamFields, seen: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the fields that are other than when they were `seen`."""
    return tuple(name for name, mark in marks(now).items() if name in seen and seen[name] != mark)


def roles(wanted: TeamFields, known: Mapping[str, Person]) -> dict[int, Role]:
    """By person id: whoever stands in several is the first of lead, member, observer. Bots and deactivated
    people are left out."""
    found: dict[int, Role] = {}
    named = ((Role.LEAD, wanted.leads), (Role.MEMBER, wanted.members), (Role.OBSERVER, wanted.observers))
    for role, slack_ids in named:
        for one in slack_ids:
            if known[one].active:
                found.setdefault(known[one].id, role)
    return found


def left_out(wanted: TeamFields, known: Mapping[str, Person]) -> list[Person]:
    every = dict.fromkeys((*wanted.leads, *wanted.members, *wanted.observers))
    return [known[one] for one in every if not known[one].active]


def check(connection: Connection, wanted: TeamFields, known: Mapping[str, Person], team: Team | None) -> None:
    """Raises NotPossible with all that is wrong. `team` is the one that is changed."""
    every = teams.everything(connection)
    others = [one for one in every if team is None or one.id != team.id]
    found = {
        "name": _name(wanted.name, others),
        "channel": _channel(wanted, others),
        "leads": _leads(wanted, known),
        "members": Problem(Why.TWO_WAYS) if wanted.from_channel and wanted.members else None,
        "meeting_day": Problem(Why.NO_DAY) if wanted.meeting_at and wanted.meeting_day is None else None,
        "meeting_at": Problem(Why.NO_TIME)
        if wanted.meeting_day is not None and not wanted.meeting_at
        else None,
        "check_in_day": Problem(Why.NO_CHECK_IN_DAY) if wanted.check_in_day is None else None,
        "zone": Problem(Why.UNKNOWN_ZONE, wanted.zone) if known_zone(wanted.zone) is None else None,
        "parent_id": of_parent(wanted.parent_id, every, team),
    }
    problems = {field: problem for field, problem in found.items() if problem}
    if problems:
        raise NotPossible(problems)


def _name(name: str, others: Iterable[Team]) -> Problem | None:
    if not name:
        return Problem(Why.EMPTY_NAME)
    if len(name) > NAME_MOST:
        return Problem(Why.LONG_NAME, str(len(name)))
    taken = next((one.name for one in others if one.name.casefold() == name.casefold()), None)
    return Problem(Why.TAKEN, taken) if taken else None


def _channel(wanted: TeamFields, others: Iterable[Team]) -> Problem | None:
    """Several teams may meet in one channel, but not two of everybody in it: they would be the same."""
    if not wanted.channel:
        return Problem(Why.NO_CHANNEL)
    same = [one for one in others if one.channel == wanted.channel and one.from_channel]
    return Problem(Why.SAME_PEOPLE, same[0].name) if same and wanted.from_channel else None


def _leads(wanted: TeamFields, known: Mapping[str, Person]) -> Problem | None:
    leads = [known[one] for one in wanted.leads]
    if not leads:
        return Problem(Why.NO_LEAD)
    guest = next((one for one in leads if one.active and one.guest), None)
    if guest:
        return Problem(Why.GUEST_LEADS, guest.name or guest.slack_id)
    return None if any(one.active for one in leads) else Problem(Why.NOT_HERE)


def of_parent(parent_id: int | None, every: Iterable[Team], team: Team | None) -> Problem | None:
    """Why it cannot stand below that one; None: it can."""
    above = {one.id: one for one in every}
    if parent_id is None:
        return None
    if parent_id not in above:
        return Problem(Why.UNKNOWN_PARENT)
    at: int | None = parent_id
    seen: set[int] = set()
    while team is not None and at is not None and at not in seen:
        if at == team.id:
            return Problem(Why.LOOP, above[parent_id].name)
        seen.add(at)
        at = above[at].parent_id
    return None
