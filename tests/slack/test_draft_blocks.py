"""Drafts at their limits: nothing is lost, and Slack takes all of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Objective, Proposal, ProposalKind, ProposalOutcome, Team
from bot.okr.rights import Operation
from bot.okr.writing.changed import Changed
from bot.okr.writing.draft_views import (
    AsksView,
    Committing,
    CommitView,
    DraftKeyResult,
    DraftObjective,
    DraftView,
    Origin,
    ProposalView,
    Said,
    StartView,
)
from bot.practice.limits import check_blocks, check_view
from bot.slack.blocks.drafting import asks as draft_asks
from bot.slack.blocks.drafting import forms as draft_forms
from bot.slack.blocks.drafting import messages as draft
from bot.slack.blocks.drafting import proposal_forms
from bot.slack.message import Message

NOW = datetime(2026, 12, 1, tzinfo=UTC)
TEAM = Team(1, "TeeBee" * 40, "C1", "UTC")
CYCLE = Cycle(2, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31))
LONG = "قيمة <!here> 🍵 " * 100
MAY = frozenset({Operation.PROPOSE, Operation.SHARE_DRAFT, Operation.START_CYCLE, Operation.ADD_OBJECTIVE})


def objective(number: int, key_results: int, comments: int) -> DraftObjective:
    said = tuple(Said(f"Person {n}", f"{number}.{n} {LONG[:900]}") for n in range(comments))
    children = tuple(
        DraftKeyResult(
            KeyResult(100 * number + n, number, f"KR {number}.{n} {LONG[:280]}", 1, Move(0, 1e12), LONG[:40]),
            LONG[:200],
            True,
            Committing.COMMITTED,
            7,
            said,
            (Origin("Jack" * 50, "Hannah" * 50),),
            seen="0123abcd",
        )
        for n in range(key_results)
    )
    title = Objective(number, 1, 2, f"Aim {number} {LONG[:280]}", 1, theme="x" * 60)
    return DraftObjective(title, LONG[:200], children, said)


def proposal(number: int, kind: ProposalKind = ProposalKind.CHANGE) -> ProposalView:
    changes = tuple(Changed(f"field {n}", LONG, LONG) for n in range(10))
    kept = Proposal(number, 1, 2, kind, 1, NOW, LONG[:1000], answer=LONG[:1000])
    if number % 2:
        kept = replace(kept, outcome=ProposalOutcome.DECLINED)
    return ProposalView(kept, LONG[:200], LONG[:300], LONG[:200], True, LONG[:300], (LONG,), changes, True)


def view(objectives: int, key_results: int, comments: int, proposals: int) -> DraftView:
    return DraftView(
        TEAM,
        CYCLE,
        tuple(objective(number, key_results, comments) for number in range(1, objectives + 1)),
        (Said("Jim", LONG[:900]),) * comments,
        tuple(proposal(2 * number) for number in range(proposals)),
        tuple(proposal(2 * number + 1) for number in range(proposals)),
        MAY,
        LONG[:200],
        NOW,
        "not_in_channel",
        None,
        (Cycle(3, "x" * 60, date(2027, 4, 1), date(2027, 6, 30)),) * 1,
    )


SIZES = [
    (0, 0, 0, 0),
    (1, 0, 0, 0),
    (3, 4, 0, 1),
    (3, 5, 3, 20),
    (60, 1, 0, 0),
    (12, 8, 2, 12),
    (1, 200, 0, 0),
]


def taken(message: Message) -> None:
    assert check_blocks(list(message.blocks), "message") == []
    assert len(message.text) <= 4000


@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_a_shared_draft_is_taken_and_together_they_say_everything(
    size: tuple[int, int, int, int],
) -> None:
    shown = view(*size)
    pages = [draft.draft(shown, page) for page in range(draft.pages(shown))]
    for page in pages:
        taken(page)
    text = "\n".join(page.text for page in pages)
    for aim in shown.objectives:
        assert text.count(f"Aim {aim.objective.id} ") == 1
        for one in aim.key_results:
            assert text.count(f"KR {aim.objective.id}.{one.key_result.id % 100} ") >= 1
    assert text.count("Person") == sum(
        len(aim.comments) + sum(len(one.comments) for one in aim.key_results) for aim in shown.objectives
    )
    assert draft.draft(shown, len(pages)).text == "Nothing more here; all of it stands above."


@pytest.mark.parametrize("size", SIZES)
def test_every_form_of_a_draft_is_taken(size: tuple[int, int, int, int]) -> None:
    shown = view(*size)
    assert check_view(draft.draft_view(shown, [LONG, LONG])) == []
    assert check_view(draft_forms.comment_form(shown)) == []
    assert check_view(proposal_forms.what_form(shown)) == []
    assert (
        check_view(
            draft_forms.commit_form(
                CommitView(TEAM, CYCLE, shown.key_results or objective(1, 1, 0).key_results)
            )
        )
        == []
    )
    titles = tuple(one.key_result.title for one in shown.key_results)
    start = StartView(TEAM, CYCLE, 3, titles, titles, titles, 2, titles, True, True, ("Why?",))
    assert check_view(draft_forms.start_form(start)) == []


@pytest.mark.parametrize("size", SIZES)
def test_what_waits_for_somebody_is_taken(size: tuple[int, int, int, int]) -> None:
    shown = view(*size)
    taken(draft_asks.asks(AsksView(TEAM, CYCLE, LONG[:200], shown.key_results, shown.open, None)))
    taken(draft_asks.asks(AsksView(TEAM, CYCLE, "", shown.key_results, (), None)))
    taken(draft_asks.asks(AsksView(TEAM, CYCLE, "", (), shown.open, None)))


@pytest.mark.parametrize("kind", [ProposalKind.OBJECTIVE, ProposalKind.KEY_RESULT, ProposalKind.CHANGE])
def test_a_proposal_is_taken_whatever_it_proposes(kind: ProposalKind) -> None:
    taken(draft_asks.asks(AsksView(TEAM, CYCLE, "Hannah", (), (proposal(2, kind),), None)))
