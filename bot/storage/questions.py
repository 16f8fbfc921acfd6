"""The gentle questions that were asked, of whom and when; and the actions that they come of."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.okr.model import Action
from bot.okr.questions import Question, QuestionKind
from bot.storage.engine import insert_unless_there
from bot.storage.tables import actions, key_results, people, questions, rounds, teams

_ACTION = (
    actions.c.id,
    actions.c.person_id,
    actions.c.text,
    actions.c.set_on,
    actions.c.key_result_id,
    actions.c.outcome,
    actions.c.closed_on,
)


def ask(
    connection: Connection,
    kind: QuestionKind,
    round_id: int,
    person_id: int,
    key_result_id: int | None,
    *,
    on: date,
) -> None:
    """Once a round and person."""
    insert_unless_there(
        connection,
        questions,
        kind=kind,
        round_id=round_id,
        person_id=person_id,
        key_result_id=key_result_id,
        asked_on=on,
    )


def hold(connection: Connection, person_ids: Iterable[int]) -> None:
    """Until the commit nobody else asks these people: two teams that open at once would both ask them.

    All at once and in order, and not as an update of their keys would: who has only pointed to them, as both
    have, does not wait for the other.
    """
    theirs = sa.select(people.c.id).where(people.c.id.in_(set(person_ids))).order_by(people.c.id)
    connection.execute(theirs.with_for_update(key_share=True))


def last_asked(connection: Connection, kind: QuestionKind, person_id: int) -> date | None:
    """The day on which somebody was asked it last; None: never."""
    theirs = (questions.c.kind == kind) & (questions.c.person_id == person_id)
    day: date | None = connection.execute(sa.select(sa.func.max(questions.c.asked_on)).where(theirs)).scalar()
    return day


def of_person(connection: Connection, person_id: int, round_ids: Iterable[int]) -> tuple[Question, ...]:
    """What they are asked in these rounds."""
    statement = (
        sa.select(questions.c.kind, sa.func.coalesce(key_results.c.title, teams.c.name))
        .join(rounds, rounds.c.id == questions.c.round_id)
        .join(teams, teams.c.id == rounds.c.team_id)
        .outerjoin(key_results, key_results.c.id == questions.c.key_result_id)
        .where(questions.c.person_id == person_id, questions.c.round_id.in_(set(round_ids)))
        .order_by(questions.c.id)
    )
    return tuple(Question(*row) for row in connection.execute(statement))


def actions_since(
    connection: Connection, people: Iterable[int], key_result_ids: Iterable[int], since: date
) -> list[Action]:
    """Those set from that day on by these people, and those of these key results closed from then on."""
    statement = sa.select(*_ACTION).where(
        (actions.c.person_id.in_(set(people)) & (actions.c.set_on >= since))
        | (actions.c.key_result_id.in_(set(key_result_ids)) & (actions.c.closed_on >= since))
    )
    return [Action(*row) for row in connection.execute(statement)]
