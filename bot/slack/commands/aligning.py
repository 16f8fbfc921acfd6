"""`/okr align`, `tree` and `needs`: what supports what, and what needs what."""

from bot.services.alignment import aligning, depending, tree
from bot.services.alignment.aligning import CannotAlign
from bot.services.teams.named import UnknownTeam
from bot.slack.blocks.alignment import aligning as align_blocks
from bot.slack.blocks.alignment import needs as needs_blocks
from bot.slack.blocks.alignment import tree as tree_blocks
from bot.slack.blocks.help import notice
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.message import Message
from bot.slack.reading.typed import plain
from bot.slack.texts import alignment as words_of


def align(asking: Asking, rest: str) -> Answer:
    """The form where only one of theirs can be meant."""
    words = plain(rest).strip()
    mine = aligning.mine(asking.database, asking.who, words, asking.now)
    if len(mine) != 1:
        return align_blocks.chooser(mine, words)
    try:
        return Form(
            align_blocks.align_form(aligning.load(asking.database, asking.who, mine[0].id, asking.now))
        )
    except CannotAlign as problem:
        return notice(words_of.NOT_ALIGNED[problem.why])


def whole_tree(asking: Asking, rest: str) -> Message:
    try:
        return tree_blocks.tree(tree.load(asking.database, asking.who, plain(rest), asking.now))
    except UnknownTeam as problem:
        return notice(words_of.no_such_team(problem.name, problem.known))


def needs(asking: Asking, rest: str) -> Answer:
    words = plain(rest).strip()
    return needs_blocks.overview(depending.mine(asking.database, asking.who, words, asking.now), words)


COMMANDS = (
    Command(("align",), align, takes_more=True),
    Command(("tree",), whole_tree, takes_more=True, shows_others=True),
    Command(("needs", "need", "depends", "depends on"), needs, takes_more=True),
)
