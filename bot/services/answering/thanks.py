"""Thank-yous: to whom one is, and how the digest says it."""

import re
from collections.abc import Mapping

from bot.okr.digest.agenda import Thanks
from bot.okr.model import Person
from bot.services.people import people_named, shown_name
from bot.storage import thanks
from bot.storage.engine import Connection


def named_in(connection: Connection, words: str) -> int | None:
    """The person whom a thank-you begins with, if that can be only one: their full name, else the first."""
    names = words.split()
    for count in (3, 2, 1):
        called = people_named(connection, " ".join(names[:count]).rstrip(",:.!"))
        if len(called) == 1:
            return called[0].id
    return None


def in_digest(kept: thanks.Thanks, persons: Mapping[int, Person]) -> Thanks:
    """Whom it names is not named twice."""
    by = shown_name(persons[kept.from_id])
    if kept.to_id is None:
        return Thanks(by, "", kept.words)
    to = persons[kept.to_id]
    return Thanks(by, shown_name(to), _without_name(kept.words, to))


def _without_name(words: str, person: Person) -> str:
    for called in (person.name, person.slack_id, *person.name.split()[:1]):
        match = re.match(rf"@?{re.escape(called)}[,:.!]*(?:\s+|$)", words, re.IGNORECASE)
        if called and match:
            return words[match.end() :]
    return words
