"""`/okr away`, `pause` and `resume`: when not to ask."""

from bot.okr.days.away import NotDays
from bot.services.away import absence, pausing
from bot.slack import texts
from bot.slack.blocks.help import SHORT, notice
from bot.slack.blocks.people import away
from bot.slack.commands.command import Asking, Command
from bot.slack.message import Message
from bot.slack.reading.typed import plain
from bot.slack.richtext import clip


def days(asking: Asking, rest: str) -> Message:
    text = plain(rest).strip()
    if not text:
        return away.coming(absence.coming(asking.database, asking.who, asking.now))
    try:
        noted = absence.say(asking.database, asking.who, text, asking.now)
    except NotDays as problem:
        return notice(texts.not_days(problem, clip(text, SHORT)))
    return away.noted(noted.absence, noted.today) if noted.absence else away.which(noted.unclear)


def pause(asking: Asking, _rest: str) -> Message:
    pausing.pause(asking.database, asking.who, asking.now)
    return notice(texts.PAUSED_NOW)


def resume(asking: Asking, _rest: str) -> Message:
    return notice(texts.resumed(pausing.resume(asking.database, asking.who, asking.now)))


COMMANDS = (
    Command(("away",), days, takes_more=True),
    Command(("pause",), pause),
    Command(("resume",), resume),
)
