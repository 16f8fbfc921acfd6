"""`/okr new`, `edit`, `drop`, `hand over` and `changes`: writing OKRs, and what was changed in them."""

from bot.services.okrs import changes as kept_changes
from bot.services.okrs import okr_forms
from bot.services.okrs.writable import CannotWrite
from bot.services.teams.named import UnknownTeam
from bot.slack import ids, texts
from bot.slack.blocks.help import notice
from bot.slack.blocks.writing.changes import changes
from bot.slack.blocks.writing.objective_view import chooser
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.message import Message
from bot.slack.reading.typed import plain
from bot.slack.texts.writing import CANNOT_WRITE
from bot.slack.writing.okr_views import objective_view
from bot.slack.writing.opening import opened


def new(asking: Asking, title: str) -> Answer:
    """The form for a new objective; what follows is its title."""
    try:
        form = okr_forms.new_objective(asking.database, asking.who, plain(title), asking.now)
    except CannotWrite as problem:
        return notice(CANNOT_WRITE[problem.why])
    return Form(objective_view(form))


def edit(asking: Asking, words: str) -> Answer:
    return _chosen(asking, ids.EDIT_DEED, words)


def drop(asking: Asking, words: str) -> Answer:
    return _chosen(asking, ids.DROP_DEED, words)


def hand_over(asking: Asking, words: str) -> Answer:
    return _chosen(asking, ids.HAND_OVER_DEED, words)


def listed(asking: Asking, team: str) -> Message:
    try:
        return changes(kept_changes.of_team(asking.database, asking.who, plain(team)))
    except UnknownTeam as problem:
        return notice(texts.unknown_team(problem.name, problem.known))


def _chosen(asking: Asking, deed: str, words: str) -> Answer:
    """What is to be done, where it is clear with what; else a choice."""
    words = plain(words)
    choice = okr_forms.choose(asking.database, asking.who, words, asking.now)
    if choice.found and len(choice.items) == 1:
        objective, one, _ = choice.items[0]
        what = ("k", one.id) if one else ("o", objective.id)
        try:
            return Form(opened(asking.database, asking.who, deed, what, asking.now))
        except CannotWrite as problem:
            return notice(CANNOT_WRITE[problem.why])
    view = chooser(choice, deed, words)
    return view if isinstance(view, Message) else Form(view)


COMMANDS = (
    Command(("new",), new, takes_more=True),
    Command(("edit", "change"), edit, takes_more=True),
    Command(("drop",), drop, takes_more=True),
    Command(("hand over", "handover", "delegate"), hand_over, takes_more=True),
    Command(("changes",), listed, takes_more=True, shows_others=True),
)
