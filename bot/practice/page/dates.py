"""Dates as Slack writes them for whoever reads: in their own zone, in words."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_TOKEN = re.compile(r"\{(\w+)\}")
_SHORT = 3


def clock(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def day(on: date) -> str:
    """ "Friday 20 November" """
    return f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def day_or_today(on: date, today: date) -> str:
    """The same, but for the days next to now."""
    near = {today: "Today", today - timedelta(days=1): "Yesterday"}
    return near.get(on) or day(on) + (f" {on.year}" if on.year != today.year else "")


def formatted(timestamp: int, pattern: str, reader: ZoneInfo, now: datetime) -> str:
    """A time as `<!date^…>` and the date element of rich text ask for it: "{date_short} at {time}"."""
    moment = datetime.fromtimestamp(timestamp, UTC).astimezone(reader)
    return _TOKEN.sub(lambda match: _word(match[1], moment, now.astimezone(reader)), pattern)


def _word(token: str, moment: datetime, now: datetime) -> str:
    month, weekday = MONTHS[moment.month - 1], DAYS[moment.weekday()]
    words = {
        "date_num": f"{moment:%Y-%m-%d}",
        "date": f"{month} {moment.day}, {moment.year}",
        "date_short": f"{month[:_SHORT]} {moment.day}, {moment.year}",
        "date_long": f"{weekday}, {month} {moment.day}, {moment.year}",
        "day_divider_pretty": f"{weekday}, {month} {moment.day}",
        "time": clock(moment),
        "time_secs": f"{moment:%H:%M:%S}",
        "ago": _ago(moment, now),
    }
    if token.endswith("_pretty") and token.removesuffix("_pretty") in words:
        near = {0: "today", 1: "yesterday", -1: "tomorrow"}
        return near.get((now.date() - moment.date()).days) or words[token.removesuffix("_pretty")]
    return words.get(token, "{" + token + "}")


def _ago(moment: datetime, now: datetime) -> str:
    minutes = int((now - moment).total_seconds()) // 60
    units = ((1440, "day"), (60, "hour"), (1, "minute"))
    size, unit = next((one for one in units if abs(minutes) >= one[0]), units[-1])
    amount = abs(minutes) // size
    words = f"{amount} {unit}{'s' if amount != 1 else ''}"
    return f"{words} ago" if minutes >= 0 else f"in {words}"
