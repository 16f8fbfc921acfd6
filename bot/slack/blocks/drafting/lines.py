"""A draft in lines, the same in the channel and in the form that shows it to one person."""

from collections.abc import Iterable

from bot.okr.model import ProposalKind
from bot.okr.writing.changed import Changed
from bot.okr.writing.draft_views import (
    Committing,
    DraftKeyResult,
    DraftObjective,
    DraftView,
    Origin,
    ProposalView,
    Said,
)
from bot.slack import texts as common
from bot.slack.blocks.alignment.aligning import supports
from bot.slack.blocks.measured import planned
from bot.slack.blocks.words import person
from bot.slack.richtext import Line, Run, bold, line, name, note
from bot.slack.texts import drafts as texts
from bot.slack.texts import writing

TITLE_MOST = 150
CHANGE_MOST = 200
CHANGES_MOST = 800
BELOW = Run("↳ ", drawn=True)
"""What follows is said of the line above."""


def heading(view: DraftView) -> str:
    words = texts.OKRS_OF if view.started else texts.DRAFT_OF
    return words.format(team=person(view.team.name), cycle=name(view.cycle.name, 60))


def head(view: DraftView) -> list[Line]:
    """Its days, who shared or started it, and how far it has come."""
    committed = sum(one.committing is Committing.COMMITTED for one in view.key_results)
    said = [texts.days_of(view.cycle)]
    if view.started:
        return [line(f"{said[0]}. {texts.started(view.started)}")]
    if view.key_results:
        said.append(texts.how_far(committed, len(view.key_results), len(view.open)))
    shared = texts.SHARED_LINE.format(by=person(view.shared_by)) if view.shared_at else ""
    return [line(" · ".join(said)), *([line(f"{shared} {texts.HOW}")] if shared else [line(texts.HOW)])]


def objective(one: DraftObjective) -> list[Line]:
    """It, what is said of it, and its key results likewise."""
    about = one.objective
    theme = [name(about.theme, 40)] if about.theme else []
    kind = texts.AN_OBJECTIVE.format(kind=common.OBJECTIVE_KIND[about.kind])
    private = [writing.PRIVATE_ONE] if about.private else []
    said = [kind, person(one.owner), *theme, *private]
    return [
        line(bold(name(about.title, TITLE_MOST)), f" · {' · '.join(said)}"),
        *([line(BELOW, supports(one.supports))] if one.supports else []),
        *origins(one.origins),
        *comments(one.comments),
        *(each for key_result in one.key_results for each in _key_result(key_result)),
    ]


def proposal(one: ProposalView) -> list[Line]:
    """What is proposed, by whom and why."""
    title, about = name(one.title, TITLE_MOST), name(one.about, TITLE_MOST)
    match one.proposal.kind:
        case ProposalKind.OBJECTIVE:
            what = line(bold(texts.NEW_OBJECTIVE), " · ".join([title, *map(person, one.facts)]))
        case ProposalKind.KEY_RESULT:
            words = texts.NEW_KEY_RESULT.format(about=about)
            what = line(bold(words), " · ".join([title, *map(person, one.facts)]))
        case _:
            words = texts.CHANGE.format(about=about)
            changes = "; ".join(changed(each) for each in one.changes)
            what = line(bold(words), name(changes, CHANGES_MOST))
    return [what, _proposed_by(one), *([line(texts.CHANGED_SINCE_PROPOSED)] if one.changed_since else [])]


def declined(one: ProposalView) -> list[Line]:
    """It, and who has declined it with which word."""
    by = texts.DECLINED_BY.format(who=person(one.answered_by))
    word = f": {texts.THEIR_WORD.format(word=note(one.proposal.answer))}" if one.proposal.answer else ""
    return [*proposal(one)[:2], line(f"{by}{word}")]


def changed(one: Changed) -> str:
    """ "target: 60 % → 70 %"."""
    return f"{one.field}: {name(one.before, CHANGE_MOST)} → {name(one.after, CHANGE_MOST)}"


def _proposed_by(one: ProposalView) -> Line:
    why = f": {texts.THEIR_WORD.format(word=note(one.proposal.text))}" if one.proposal.text else ""
    return line(f"{texts.PROPOSED_BY.format(by=person(one.by))}{why}")


def comments(said: Iterable[Said]) -> list[Line]:
    words = (texts.COMMENT_LINE.format(text=note(one.text), who=person(one.by)) for one in said)
    return [line(BELOW, one) for one in words]


def key_result_line(one: DraftKeyResult) -> Line:
    """ "• Renewed online 30 → 80 %, Jack · committed, confidence 7/10"."""
    state = texts.COMMITTING[one.committing].format(confidence=one.confidence)
    about = one.key_result
    said = planned(name(about.title, TITLE_MOST), about.measure, about.unit)
    return line(f"• {said}, {person(one.owner)} · {state}")


def _key_result(one: DraftKeyResult) -> list[Line]:
    return [key_result_line(one), *origins(one.origins), *comments(one.comments)]


def origins(accepted: Iterable[Origin]) -> list[Line]:
    """ "proposed by Jack, accepted by Hannah"."""
    words = (texts.ORIGIN.format(by=person(one.by), accepted=person(one.accepted_by)) for one in accepted)
    return [line(BELOW, one) for one in words]
