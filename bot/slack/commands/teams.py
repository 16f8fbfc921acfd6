"""`/okr setup` and `/okr admins`: teams, and who looks after Okra."""

from bot.services import people
from bot.services.teams import admins, team_setup
from bot.services.teams.admins import CannotBeAdmin
from bot.services.teams.named import UnknownTeam
from bot.slack import texts as shared
from bot.slack.blocks.help import notice
from bot.slack.blocks.teams import messages as blocks
from bot.slack.blocks.teams.form import team_form
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.message import Message
from bot.slack.reading.typed import mentioned, plain
from bot.slack.richtext import name
from bot.slack.texts import teams as texts


def set_up(asking: Asking, rest: str) -> Answer:
    """A new team, in the channel where this was typed; or the one that is named, to be changed."""
    if not rest:
        channel = asking.channel if asking.channel[:1] in {"C", "G"} else ""
        return Form(team_form(team_setup.blank(asking.database, asking.who, channel)))
    try:
        return Form(team_form(team_setup.load(asking.database, asking.who, plain(rest))))
    except UnknownTeam as problem:
        if not problem.known:
            return Form(team_form(team_setup.blank(asking.database, asking.who, asking.channel)))
        return notice(shared.unknown_team(problem.name, problem.known).replace("/okr team", "/okr setup"))


def admin(asking: Asking, rest: str) -> Message:
    """Who they are; with a mention, somebody is named."""
    if not rest:
        return blocks.admins(admins.load(asking.database, asking.who))
    whom = mentioned(rest)
    if whom is None:
        return notice(texts.WHO_IS_ADMIN)
    people.meet_named(asking.database, asking.directory, [whom])
    try:
        who, news = admins.name(asking.database, asking.who, whom)
    except CannotBeAdmin as problem:
        return notice(texts.CANNOT_BE_ADMIN.format(who=name(problem.name, 80)))
    said = (texts.NAMED_NOW if news else texts.NAMED_BEFORE).format(who=name(who, 80))
    return blocks.admins(admins.load(asking.database, asking.who), said)


COMMANDS = (
    Command(("setup", "set up"), set_up, takes_more=True, shows_others=True),
    Command(("admins", "admin"), admin, takes_more=True, shows_others=True),
)
