"""What people say of a draft, and what they want in it. Nothing of it is ever deleted."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.okr.model import LARGEST_ID, Proposal, ProposalOutcome
from bot.storage.engine import inserted_id
from bot.storage.tables import proposals


def add(connection: Connection, proposal: Proposal) -> Proposal:
    """Writes a new one; its id is given by the database."""
    proposal_id = inserted_id(
        connection,
        proposals,
        team_id=proposal.team_id,
        cycle_id=proposal.cycle_id,
        kind=proposal.kind,
        by_id=proposal.by_id,
        at=proposal.at,
        text=proposal.text,
        fields=dict(proposal.fields),
        objective_id=proposal.objective_id,
        key_result_id=proposal.key_result_id,
    )
    return replace(proposal, id=proposal_id)


def by_id(connection: Connection, proposal_id: int) -> Proposal | None:
    wanted = sa.select(proposals).where(proposals.c.id == min(proposal_id, LARGEST_ID))
    row = connection.execute(wanted).first()
    return None if row is None else _proposal(row)


def of_set(connection: Connection, team_id: int, cycle_id: int) -> list[Proposal]:
    """All of a team's draft, the oldest first."""
    return _all(connection, (proposals.c.team_id == team_id) & (proposals.c.cycle_id == cycle_id))


def accepted_for(connection: Connection, objective_ids: Iterable[int]) -> list[Proposal]:
    """Those of which something came in these objectives and their key results, the oldest first."""
    of_them = proposals.c.objective_id.in_(set(objective_ids))
    return _all(connection, of_them & (proposals.c.outcome == ProposalOutcome.ACCEPTED))


def decide(
    connection: Connection,
    proposal: Proposal,
    outcome: ProposalOutcome,
    *,
    by_id: int,
    answer: str,
    at: datetime,
) -> bool:
    """Whether nobody had before. `proposal` names what came of it by its `objective_id` and
    `key_result_id`."""
    decided = connection.execute(
        sa.update(proposals)
        .where(proposals.c.id == proposal.id, proposals.c.outcome.is_(None))
        .values(
            outcome=outcome,
            answered_by_id=by_id,
            answer=answer,
            answered_at=at,
            objective_id=proposal.objective_id,
            key_result_id=proposal.key_result_id,
        )
    )
    return decided.rowcount == 1


def _all(connection: Connection, condition: sa.ColumnElement[bool]) -> list[Proposal]:
    rows = connection.execute(sa.select(proposals).where(condition).order_by(proposals.c.id))
    return [_proposal(row) for row in rows]


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        row.id,
        row.team_id,
        row.cycle_id,
        row.kind,
        row.by_id,
        row.at,
        row.text,
        row.fields,
        row.objective_id,
        row.key_result_id,
        row.outcome,
        row.answer,
        row.answered_by_id,
        row.answered_at,
    )
