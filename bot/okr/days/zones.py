"""Time zones: whose clock counts, and which moment an hour on a clock is, across clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.okr.model import Person, Team

_NOT_PLACES = frozenset({"localtime", "posix", "posixrules", "right"})
"""What lies beside the zones on many machines: the machine's own settings, and clocks with leap seconds."""


def known_zone(name: str | None) -> ZoneInfo | None:
    """The IANA zone of that name; None for a name that is empty, malformed or not known on this machine."""
    if not name or name.split("/")[0] in _NOT_PLACES:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        # ValueError: "../x", a null byte, a file that is no zone. OSError: a folder ("America"), a long name.
        return None


def team_zone(team: Team) -> ZoneInfo:
    """The team's own zone; UTC where its name is not known."""
    return known_zone(team.zone) or ZoneInfo("UTC")


def zone_of(person: Person, team: Team) -> ZoneInfo:
    """The person's zone; where it is not known the team's, and UTC where that is not known either."""
    return known_zone(person.zone) or team_zone(team)


def local_moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the clocks of `zone` show `at` on `day`.

    An hour that comes twice means the first. An hour that does not exist becomes the first minute that
    does, which is on the next day where a zone left out the rest of the day or all of it (a move across
    the date line). Later hours of a day never give an earlier moment.
    """
    wanted = datetime.combine(day, at.replace(fold=0))
    moment = _utc(wanted, zone)
    if _shown(moment, zone) == wanted:
        return moment
    # In a gap PEP 495 reads fold=1 with the offset after the change, a moment before it, and fold=0 with
    # the offset before the change, a moment after it: the change itself lies between the two.
    before = _utc(wanted.replace(fold=1), zone).replace(second=0, microsecond=0)
    minutes, enough = 0, -((before - moment) // timedelta(minutes=1))
    while minutes < enough:
        middle = (minutes + enough) // 2
        if _shown(before + timedelta(minutes=middle), zone) < wanted:
            minutes = middle + 1
        else:
            enough = middle
    return before + timedelta(minutes=minutes)


def _utc(shown: datetime, zone: ZoneInfo) -> datetime:
    return shown.replace(tzinfo=zone).astimezone(UTC)


def _shown(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks show, without the zone and without telling a repeated hour's first from its second."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
