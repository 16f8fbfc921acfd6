"""When a team is asked: `check_in` and `meeting` of a team, brought into the method's terms."""

from dataclasses import replace

from bot.files.fields import FieldReader
from bot.files.marked import Fields
from bot.okr.model import CheckInTimes, Meeting

_DEFAULT = CheckInTimes()


def read_check_in(read: FieldReader, team: Fields) -> CheckInTimes:
    """What the team gives, and the method's defaults for the rest; the meeting's day for a day not given."""
    meeting = _read_meeting(read, team)
    fields = read.fields(team, "check_in")
    default = _DEFAULT if meeting is None else replace(_DEFAULT, day=meeting.day, meeting=meeting)
    if fields is None:
        return default
    read.known(fields, ("day", "prompt", "remind", "digest"))
    day = read.day(fields, "day")
    prompt = read.hour(fields, "prompt")
    remind = read.hour(fields, "remind")
    digest = read.hour(fields, "digest")
    times = replace(
        default,
        day=default.day if day is None else day,
        prompt=default.prompt if prompt is None else prompt,
        remind=default.remind if remind is None else remind,
        digest=digest,
    )
    misread = (prompt is None and read.gives(fields, "prompt")) or (
        remind is None and read.gives(fields, "remind")
    )
    if not misread:
        _check_order(read, fields, times)
    if digest is not None and read.gives(team, "meeting"):
        message = "a team has either a digest hour or a meeting (its digest comes an hour before); drop one"
        read.complain(fields.whole.at("digest"), message)
    return times


def _read_meeting(read: FieldReader, team: Fields) -> Meeting | None:
    fields = read.fields(team, "meeting")
    if fields is None:
        return None
    read.known(fields, ("day", "at"))
    day = read.day(fields, "day", required=True)
    at = read.hour(fields, "at", required=True)
    return None if day is None or at is None else Meeting(day, at)


def _check_order(read: FieldReader, fields: Fields, times: CheckInTimes) -> None:
    place = fields.whole
    if times.remind >= times.answer_by:
        message = f"the reminder would come after answers are due at {times.answer_by:%H:%M}"
        read.complain(place.at("remind"), message)
    if times.prompt >= times.remind:
        message = f"the prompt ({times.prompt:%H:%M}) has to come before the reminder ({times.remind:%H:%M})"
        read.complain(place.at("prompt"), message)
