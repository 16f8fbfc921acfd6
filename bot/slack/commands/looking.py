"""`/okr @person` and `/okr team`: everybody's."""

from bot.services import lookups, people
from bot.services.lookups import UnknownTeam
from bot.slack import texts
from bot.slack.blocks.help import notice
from bot.slack.blocks.okrs import okrs
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message
from bot.slack.typed import mentioned, plain


def person(asking: Asking, mention: str) -> Message:
    """Of whoever is mentioned."""
    slack_id = mentioned(mention) or asking.who
    people.meet(asking.database, asking.directory, slack_id)
    return okrs(lookups.of_person(asking.database, asking.who, slack_id, asking.now))


def team(asking: Asking, name: str) -> Message:
    try:
        return okrs(lookups.of_team(asking.database, asking.who, plain(name), asking.now))
    except UnknownTeam as problem:
        return notice(texts.unknown_team(problem.name, problem.known))


PERSON = Command((), person, shows_others=True)
"""Called by a mention instead of a word."""
COMMANDS = (Command(("team",), team, takes_more=True, shows_others=True),)
