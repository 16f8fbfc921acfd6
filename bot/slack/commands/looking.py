"""Other people's: `/okr @person`, `team`, `company`, `at risk`, `waiting`, `last quarter`, `search`."""

from bot.services import people
from bot.services.looking_up import at_risk as risks
from bot.services.looking_up import company as companies
from bot.services.looking_up import lookups, searching
from bot.services.looking_up import past as pasts
from bot.services.looking_up import waiting as waits
from bot.slack.blocks.looking_up import overviews
from bot.slack.blocks.looking_up.okrs import okrs
from bot.slack.blocks.looking_up.past import found, past
from bot.slack.blocks.pages import Pages
from bot.slack.commands.command import Answer, Asking, Command, Sharing
from bot.slack.reading.typed import mentioned, plain


def person(asking: Asking, mention: str) -> Answer:
    """Of whoever is mentioned."""
    slack_id = mentioned(mention) or asking.who
    people.meet(asking.database, asking.directory, slack_id)
    return okrs(lookups.of_person(asking.database, asking.who, slack_id, asking.now))


def shared_person(sharing: Sharing, mention: str) -> Pages:
    slack_id = mentioned(mention) or sharing.who
    return okrs(lookups.person_for_all(sharing.database, sharing.who, slack_id, sharing.now))


def team(asking: Asking, name: str) -> Answer:
    return okrs(lookups.of_team(asking.database, asking.who, plain(name), asking.now))


def shared_team(sharing: Sharing, name: str) -> Pages:
    return okrs(lookups.team_for_all(sharing.database, sharing.who, plain(name), sharing.now))


def company(asking: Asking, _rest: str) -> Answer:
    return overviews.company(companies.load(asking.database, asking.who, asking.now))


def shared_company(sharing: Sharing, _rest: str) -> Pages:
    return overviews.company(companies.load(sharing.database, sharing.who, sharing.now))


def at_risk(asking: Asking, team: str) -> Answer:
    return overviews.at_risk(risks.load(asking.database, asking.who, plain(team), asking.now))


def shared_at_risk(sharing: Sharing, team: str) -> Pages:
    view = risks.load(sharing.database, sharing.who, plain(team), sharing.now, shared=True)
    return overviews.at_risk(view)


def waiting(asking: Asking, team: str) -> Answer:
    """Not to be shared: who has not answered yet is no matter for a channel before the digest says so."""
    return overviews.waiting(waits.load(asking.database, asking.who, plain(team), asking.now))


def last_cycle(asking: Asking, of: str) -> Answer:
    """Of a team or a person; without either one's own."""
    return past(pasts.load(asking.database, asking.who, mentioned(of), plain(of), asking.now))


def shared_last_cycle(sharing: Sharing, of: str) -> Pages:
    database, who, now = sharing.database, sharing.who, sharing.now
    return past(pasts.load(database, who, mentioned(of), plain(of), now, shared=True))


def search(asking: Asking, words: str) -> Answer:
    return found(searching.find(asking.database, asking.who, plain(words), asking.now))


PERSON = Command((), person, shows_others=True, shared=shared_person)
"""Called by a mention instead of a word."""
COMMANDS = (
    Command(("team",), team, takes_more=True, shows_others=True, shared=shared_team),
    Command(("company",), company, shows_others=True, shared=shared_company),
    Command(("at risk",), at_risk, takes_more=True, shows_others=True, shared=shared_at_risk),
    Command(("waiting",), waiting, takes_more=True, shows_others=True),
    Command(
        ("last quarter", "last cycle"),
        last_cycle,
        takes_more=True,
        shows_others=True,
        shared=shared_last_cycle,
    ),
    Command(("search",), search, takes_more=True, shows_others=True),
)
