"""Leave that shows in somebody's Slack status: which statuses look like it, and which days they cover.

Nothing is concluded from it: whoever wears such a status is asked. So a status that is passed over costs
nothing, and one that is asked about in vain costs a tap; where words point both ways it is passed over.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.okr.days.away import Days, NotDays, checked
from bot.okr.days.status import Status

NOON: Final = 12
"""A status that ends before this hour covers the day before, and not the one on which it ends."""
EMOJI: Final = {
    "palm_tree": "🌴",
    "beach_with_umbrella": "🏖️",
    "desert_island": "🏝️",
    "face_with_thermometer": "🤒",
    "thermometer": "🌡️",
    "baby_bottle": "🍼",
}
"""Slack's names of those that people wear on leave, and how they look."""

_LEAVE = re.compile(
    r"""\b(?:
      vacation(?:ing)? | vacay | staycation | honeymoon | sabbatical | ooo | pto
    | out\ of\ (?:the\ )?office | out\ sick | off\ sick | sick\ day | time\ off | days?\ off
    | off\ (?:work\ )?(?:today|until|till) | away\ (?:until|till)
    | on\ (?:\w+\ )?(?:leave|holidays?)
    | (?:annual|sick|parental|maternity|paternity|medical|compassionate|bereavement|family|study)\ leave
    | (?:im\ )?urlaub | elternzeit | krankgeschrieben | abwesend
    | (?:en\ )?cong[ée]s? | (?:en\ )?vacances | arr[êe]t\ maladie
    | vacaciones | f[ée]rias | (?:in\ )?ferie | vakantie | verlof | urlop
    )\b
    | ^(?:(?:my|annual|summer|winter|christmas|public|bank)\ )*holidays?\b | ^(?:sick|ill|krank)\b
    | 休假 | 请假 | 度假 | 年假 | 病假 | 产假 | 放假 | 休暇 | お休み | 育休 | 휴가
    """,
    re.VERBOSE,
)
_HERE = re.compile(
    r"""(?<!not\ )\b(?:working|works|wfh|remote|remotely|homeoffice)\b | \bworking\ (?:holiday|vacation)
    | \b(?:not|never|no\ longer|back\ from|after|before|planning|plan|needs?|needing|wants?
        |dreaming\ of|countdown|ready\ for|miss(?:ing)?|booking|thinking\ (?:of|about))\ (?:\w+\ ){0,2}
        (?:vacation|vacay|holidays?|leave|ooo|pto|away|out|off|sick|time\ off|days?\ off)\b
    | \b(?:days?|weeks?|hours?)\ (?:to|until|till|before)\b | \bsick\ of\b
    | \b(?:holidays?|vacation|pto|leave)\ (?:party|mood|season|shopping|music|cover|planning
        |requests?|policy)\b
    | \b(?:covering|standing\ in)\ for\b
    | \bnicht\b | 假期结束
    """,
    re.VERBOSE,
)


def looks_like_leave(text: str, emoji: str) -> bool:
    """Whether somebody with these words and this emoji ("palm_tree", or empty) is worth asking."""
    words = " ".join(text.casefold().replace("’", "'").replace("o.o.o", "ooo").split())
    if _HERE.search(words):
        return False
    return emoji in EMOJI or _LEAVE.search(words) is not None


def last_day(status: Status, zone: ZoneInfo) -> date:
    """The last one that it covers, on the person's own calendar."""
    ends_at = status.until.astimezone(zone)
    return ends_at.date() - timedelta(days=ends_at.hour < NOON)


def days_of(status: Status, zone: ZoneInfo, now: datetime) -> Days | None:
    """The days that the person would be away, from today on; None where they cannot be days away."""
    today = now.astimezone(zone).date()
    try:
        return checked(today, last_day(status, zone), today)
    except NotDays:
        return None


def is_worth_asking(status: Status, zone: ZoneInfo, now: datetime, answer_by: datetime) -> bool:
    """Only where it outlasts the hour at which the answer is due: else they are back in time to give it."""
    return status.until >= max(answer_by, now) and days_of(status, zone, now) is not None
