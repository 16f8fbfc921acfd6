"""What a draft asks of somebody, and what became of what they proposed, as direct messages."""

from bot.okr.model import ProposalOutcome
from bot.okr.writing.draft_views import AnsweredView, AsksView, OverdueView
from bot.slack import ids
from bot.slack.blocks.compose import TEXT_MOST, Button, Part, buttons, first_that_fit, message, weight
from bot.slack.blocks.drafting import lines as draft_lines
from bot.slack.blocks.drafting.messages import proposal_row
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.phrases import more
from bot.slack.richtext import bold, line, name, note
from bot.slack.texts import drafts as texts

COMMITS_MOST = TEXT_MOST // 3
DECIDE_MOST = TEXT_MOST // 2
PROPOSALS_MOST = 12
TITLE_MOST = 150


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
    waits = texts.WAITS if view.shared_by else texts.WAITS_IN_OWN
    parts: list[Part] = [[line(waits.format(**about))]]
    if view.to_commit:
        lines = [draft_lines.key_result_line(one) for one in view.to_commit]
        fitting = first_that_fit(lines, COMMITS_MOST, lambda left: line(more(left)))
        parts.append([line(bold(texts.WAITS_TO_COMMIT)), *fitting])
    commit = Button(texts.BUTTON_COMMIT, ids.DRAFT_COMMIT, value) if view.to_commit else None
    return message([*parts, *_to_decide(view), buttons(commit, see)])


def overdue(view: OverdueView | None) -> Message:
    """To a lead, whose team is asked for nothing before the cycle is started; None: it was given up."""
    if view is None:
        return message([[line(texts.GONE_DRAFT)]])
    about = {"team": person(view.team.name), "cycle": name(view.cycle.name, 60)}
    if view.started:
        return message([[line(texts.OVERDUE_STARTED.format(**about))]])
    value = ids.draft_value(view.team.id, view.cycle.id)
    start = Button(texts.BUTTON_START, ids.DRAFT_START, value, primary=True)
    see = Button(texts.BUTTON_SEE, ids.DRAFT, value)
    said = texts.OVERDUE.format(began=texts.dated(view.cycle.starts), **about)
    return message([[line(said)], buttons(start, see)])


def answered(view: AnsweredView) -> Message:
    """To whoever proposed it."""
    one = view.proposal
    accepted = one.proposal.outcome is ProposalOutcome.ACCEPTED
    words = (texts.ACCEPTED if accepted else texts.NOT_ACCEPTED).format(
        who=person(one.answered_by),
        team=person(view.team.name),
        cycle=name(view.cycle.name, 60),
        title=name(one.title, TITLE_MOST),
    )
    word = [line(texts.THEIR_WORD.format(word=note(one.proposal.answer)))] if one.proposal.answer else []
    value = ids.draft_value(view.team.id, view.cycle.id)
    return message([[line(words), *word], buttons(Button(texts.BUTTON_SEE, ids.DRAFT, value))])


def _to_decide(view: AsksView) -> list[Part]:
    """As many as fit; the draft shows all."""
    if not view.to_decide:
        return []
    parts: list[Part] = [[line(bold(texts.WAITS_TO_DECIDE))]]
    left = DECIDE_MOST
    for number, one in enumerate(view.to_decide):
        lines = draft_lines.proposal(one)
        left -= weight(lines)
        if number and (left < 0 or number >= PROPOSALS_MOST):
            return [*parts, [line(more(len(view.to_decide) - number))]]
        parts += [lines, proposal_row(one)]
    return parts
