"""Thank-yous: to whom one is."""

from bot.services.people import people_named
from bot.storage.engine import Connection


def named_in(connection: Connection, words: str) -> int | None:
    """The person whom a thank-you begins with, if that can be only one: their full name, else the first."""
    names = words.split()
    for count in (3, 2, 1):
        called = people_named(connection, " ".join(names[:count]).rstrip(",:.!"))
        if len(called) == 1:
            return called[0].id
    return None
