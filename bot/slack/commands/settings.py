"""`/okr settings`: one's own week."""

from bot.services.away import settings
from bot.slack.blocks.people.settings import shown
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message


def own_week(asking: Asking, _rest: str) -> Message:
    return shown(settings.load(asking.database, asking.who))


COMMANDS = (Command(("settings",), own_week, takes_more=True),)
