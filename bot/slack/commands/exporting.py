"""`/okr export`: a team's files, into the direct messages of whoever leads it."""

from bot.services.files import team_files
from bot.services.teams.named import UnknownTeam
from bot.slack.blocks.help import notice
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message
from bot.slack.reading.typed import plain
from bot.slack.richtext import name
from bot.slack.texts import export


def export_team(asking: Asking, typed: str) -> Message:
    try:
        team = team_files.ask(asking.database, asking.who, plain(typed), asking.now)
    except UnknownTeam as problem:
        return notice(export.which_team(problem.name, problem.known))
    return notice(export.COMING.format(team=name(team, 80)))


COMMANDS = (Command(("export",), export_team, takes_more=True, shows_others=True),)
