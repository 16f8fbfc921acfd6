"""`/okr` alone, one's own, and `/okr history`: one's own first, then anybody's."""

from bot.services.looking_up import history as past
from bot.services.looking_up import lookups
from bot.slack.blocks.looking_up.history import history
from bot.slack.blocks.looking_up.okrs import okrs
from bot.slack.blocks.pages import Pages
from bot.slack.commands.command import Answer, Asking, Command, Sharing
from bot.slack.reading.typed import beginning, plain


def mine(asking: Asking, _rest: str) -> Answer:
    return okrs(lookups.of_person(asking.database, asking.who, asking.who, asking.now))


def shared_mine(sharing: Sharing, _rest: str) -> Pages:
    return okrs(lookups.person_for_all(sharing.database, sharing.who, sharing.who, sharing.now))


def past_weeks(asking: Asking, which: str) -> Answer:
    whose, words = beginning(which)
    return history(past.look_back(asking.database, asking.who, plain(words), asking.now, whose=whose))


def shared_past_weeks(sharing: Sharing, which: str) -> Pages:
    whose, words = beginning(which)
    view = past.for_all(sharing.database, sharing.who, plain(words), sharing.now, whose=whose)
    return history(view, pictures=False)


COMMANDS = (
    Command(("",), mine, shared=shared_mine),
    Command(("history",), past_weeks, takes_more=True, shows_others=True, shared=shared_past_weeks),
)
