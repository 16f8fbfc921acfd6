"""`/okr draft` and `/okr start`: a team's next cycle, before it starts."""

from collections.abc import Callable

from bot.services.drafting import beginning, draft_sets, draft_shown, starting_cycles
from bot.services.drafting.draft_sets import OfTeam
from bot.services.teams.named import UnknownTeam
from bot.slack import texts as common
from bot.slack.blocks.drafting.forms import begin_form, start_form
from bot.slack.blocks.drafting.messages import draft_view
from bot.slack.blocks.help import notice
from bot.slack.blocks.words import person
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.reading.typed import plain
from bot.slack.texts import drafts as texts
from bot.slack.writing.draft_refusals import PROBLEMS, sentence


def draft(asking: Asking, name: str) -> Answer:
    """The draft; where there is none, the form for one, for whoever may begin it."""

    def answer(found: OfTeam) -> Answer:
        if found.which:
            return Form(draft_view(draft_shown.load(asking.database, asking.who, found.which)))
        if found.may_begin:
            return Form(begin_form(beginning.form(asking.database, asking.who, found.team.id, asking.now)))
        return _none(found)

    return _of_team(asking, name, answer)


def start(asking: Asking, name: str) -> Answer:
    """What is missing before the draft starts, and the button that starts it."""

    def answer(found: OfTeam) -> Answer:
        if not found.which:
            return _none(found)
        return Form(start_form(starting_cycles.load(asking.database, asking.who, found.which, asking.now)))

    return _of_team(asking, name, answer)


def _of_team(asking: Asking, name: str, answer: Callable[[OfTeam], Answer]) -> Answer:
    try:
        return answer(draft_sets.of_team(asking.database, asking.who, plain(name), asking.now))
    except UnknownTeam as problem:
        if not problem.name and problem.known:
            return notice(texts.NO_TEAM_YET)
        return notice(common.unknown_team(problem.name, problem.known))
    except PROBLEMS as problem:
        return notice(sentence(problem))


def _none(found: OfTeam) -> Answer:
    return notice(texts.no_draft(person(found.team.name), [person(one) for one in found.leads]))


COMMANDS = (
    Command(("draft",), draft, takes_more=True, shows_others=True),
    Command(("start",), start, takes_more=True, shows_others=True),
)
