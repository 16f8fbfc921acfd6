"""What a draft asks of somebody, and what became of what they proposed, as direct messages."""

from bot.okr.draft_views import AnsweredView, AsksView
from bot.slack import ids
from bot.slack.blocks import draft_lines
from bot.slack.blocks.compose import TEXT_MOST, Button, Part, buttons, first_that_fit, message
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.phrases import more
from bot.slack.richtext import bold, line, name
from bot.slack.texts import drafts as texts

COMMITS_MOST = TEXT_MOST // 2


def asks(view: AsksView | None) -> Message:
    """What waits for somebody in a draft; None: it was given up."""
    if view is None:
        return message([[line(texts.GONE_DRAFT)]])
    about = {
        "by": person(view.shared_by),
        "team": person(view.team.name),
        "cycle": name(view.cycle.name, 60),
    }
    if view.started:
        return message([[line(texts.DRAFT_STARTED.format(**about))]])
    value = ids.draft_value(view.team.id, view.cycle.id)
    see = Button(texts.BUTTON_SEE, ids.DRAFT, value)
    if not view.to_commit and not view.to_decide:
        return message([[line(texts.NOTHING_WAITS.format(**about))], buttons(see)])
    parts: list[Part] = [[line(texts.WAITS.format(**about))]]
    if view.to_commit:
        lines = [draft_lines.key_result_line(one) for one in view.to_commit]
        fitting = first_that_fit(lines, COMMITS_MOST, lambda left: line(more(left)))
        parts.append([line(bold(texts.WAITS_TO_COMMIT)), *fitting])
    commit = Button(texts.BUTTON_COMMIT, ids.DRAFT_COMMIT, value) if view.to_commit else None
    return message([*parts, buttons(commit, see)])


def answered(view: AnsweredView) -> Message:
    """Replaced when proposals are."""
    return message([[line(view.proposal.by)]])
