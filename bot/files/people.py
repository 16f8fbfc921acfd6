"""Who a file names (`people`), and where a team talks (`channel`)."""

import re

from bot.files.checks import Checks
from bot.files.fields import LONGEST_NAME, FieldReader
from bot.files.marked import Fields, Text, shown
from bot.okr.outline import OutlinePerson

SLACK_ID = re.compile(r"[UW][A-Z0-9]{5,}")
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
CHANNEL = re.compile(r"[CG][A-Z0-9]{5,}|#[^\s#@<>]+")


def read_people(checks: Checks, top: Fields) -> tuple[OutlinePerson, ...]:
    """The people of the file, whose keys are known to `checks` from then on."""
    people = checks.read.fields(top, "people")
    if people is None:
        return ()
    # Everybody counts as named, mistakes or not, so that one mistake is not reported at each mention too.
    checks.people.extend(people.values)
    found = []
    for key, value in people.values.items():
        name = checks.read.as_text(Text(value.place, key))
        if name is not None:
            checks.read.not_too_long(name, "the name of a person", LONGEST_NAME)
        fields = checks.read.as_fields(value)
        if fields is not None:
            found.append(_read_person(checks, key, fields))
    return tuple(found)


def _read_person(checks: Checks, key: str, fields: Fields) -> OutlinePerson:
    read = checks.read
    read.known(fields, ("email", "slack"))
    email = _matching(read, fields, "email", EMAIL, "an e-mail address")
    slack = _matching(read, fields, "slack", SLACK_ID, "a Slack member id; they look like U012ABCDEF")
    if email is not None:
        checks.once("email", email.lower(), fields.whole.at("email"), "somebody’s e-mail")
    if slack is not None:
        checks.once("slack", slack, fields.whole.at("slack"), "somebody’s Slack id")
    if not (read.gives(fields, "email") or read.gives(fields, "slack")):
        read.complain(fields.place, f"{shown(key)} needs an email or a slack id")
    return OutlinePerson(key, email, slack, fields.whole)


def _matching(
    read: FieldReader, fields: Fields, name: str, pattern: re.Pattern[str], what: str
) -> str | None:
    value = read.text(fields, name, LONGEST_NAME)
    if value is None or pattern.fullmatch(value):
        return value
    read.complain(fields.values[name].place, f"“{shown(value)}” is not {what}")
    return None


def read_channel(read: FieldReader, team: Fields) -> str | None:
    """ "#okrs" or a channel's id."""
    value = read.text(team, "channel", LONGEST_NAME, required=True)
    if value is None or CHANNEL.fullmatch(value):
        return value
    hint = f" Did you mean “#{value}”?" if CHANNEL.fullmatch(f"#{value}") else ""
    message = f"“{shown(value)}” is not a channel; write its name like “#okrs”, or its id.{hint}"
    read.complain(team.values["channel"].place, message)
    return None
