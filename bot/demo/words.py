"""What the demo says about times, and about what the bot has said, in sentences."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.news import Said
from bot.demo.world import PLACES, ZONE
from bot.slack.phrases import clock, day

OVER = "Okra has nothing more to do: the quarter is over."
NOTHING_NEW = "nothing new."


def moment(at: datetime, zone: ZoneInfo) -> str:
    """ "Friday 20 November, 10:00", in words that do not depend on the machine's locale."""
    local = at.astimezone(zone)
    return f"{day(local)}, {clock(local)}"


def moment_of(at: datetime, name: str = "") -> str:
    """The time at TeeBee, and that person's own where it differs: "Friday 27 November, 09:00 in Shanghai
    (10:00 for Jack in Tokyo)"."""
    words = moment(at, ZONE) + " in Shanghai"
    place = next((one for one in PLACES if one.name == name), PLACES[0])
    own = at.astimezone(ZoneInfo(place.zone))
    if own.utcoffset() != at.astimezone(ZONE).utcoffset():
        words += f" ({clock(own)} for {place.name} in {place.city})"
    return words


def told(now: datetime, said: Sequence[Said]) -> str:
    """What came until `now`: "Friday 27 November, 10:00 in Shanghai: Okra asks Hannah."."""
    names = dict.fromkeys(one.name for one in said if one.name)
    name = next(iter(names)) if len(names) == 1 else ""
    return f"{moment_of(now, name)}: {_deeds(said)}"


def _deeds(said: Iterable[Said]) -> str:
    """ "Okra asks Jack and Hannah, and posts the digest to #okrs."; in the order of the first of each."""
    by_verb: dict[str, dict[str, None]] = {}
    for one in said:
        by_verb.setdefault(_verb(one), {})[one.name or str(one.channel)] = None
    deeds = [f"{verb} {_listed([*whom])}" for verb, whom in by_verb.items()]
    return f"Okra {_listed(deeds, ', and ')}." if deeds else NOTHING_NEW


def _verb(said: Said) -> str:
    text = said.message.text
    if not said.name:
        return "posts the digest to" if ", week" in text.partition("\n")[0] else "writes to"
    if text.startswith("Reminder"):
        return "reminds"
    return "asks" if "check-in ·" in text else "writes to"


def _listed(parts: Sequence[str], last: str = " and ") -> str:
    *more, end = parts
    return f"{', '.join(more)}{last}{end}" if more else end
