"""Proposals are decided once."""

from bot.okr.model import Proposal, ProposalKind, ProposalOutcome
from bot.storage import proposals
from bot.storage.engine import Database
from tests.services.drafted import draft_of
from tests.services.teebee import at, move_in


def test_the_first_decision_stands(database: Database) -> None:
    teebee = move_in(database)
    cycle, _, _ = draft_of(teebee)
    hannah, jack = teebee.hannah.id, teebee.jack.id
    with database.transaction() as connection:
        said = Proposal(0, teebee.team.id, cycle, ProposalKind.OBJECTIVE, jack, at(10), "why", {"draft": {}})
        one = proposals.add(connection, said)
        yes, no = ProposalOutcome.ACCEPTED, ProposalOutcome.DECLINED
        assert proposals.decide(connection, one, no, by_id=hannah, answer="later", at=at(11))
        assert not proposals.decide(connection, one, yes, by_id=jack, answer="now", at=at(12))
        (kept,) = proposals.of_set(connection, teebee.team.id, cycle)
    assert (kept.outcome, kept.answer, kept.answered_by_id, kept.answered_at) == (no, "later", hannah, at(11))
    assert (kept.by_id, kept.at, kept.text, kept.fields) == (jack, at(10), "why", {"draft": {}})
