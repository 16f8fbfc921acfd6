"""Deciding a round's digest, at its hour or by a lead before it."""

from datetime import datetime

from bot.okr.digest.people import Asked
from bot.okr.digest.since import snapshot
from bot.okr.model import Round, RoundState, Team
from bot.services.alignment import dependencies
from bot.services.answering import blockers
from bot.services.digest.digests import shown_of
from bot.services.permissions import public
from bot.services.sending import asks
from bot.storage import digests, okr_cycles, okrs, owing, rounds, updates
from bot.storage.engine import Connection


def digest(connection: Connection, round_: Round, team: Team, now: datetime, *, due_at: datetime) -> bool:
    """The round is digested, what its digest shows is kept, and the digest is asked for; False if somebody
    else was first."""
    if not rounds.move(connection, round_.id, RoundState.DIGESTED, of=[RoundState.OPEN]):
        return False
    objectives = public(okrs.of_team(connection, team.id, okr_cycles.running(connection, round_.date)))
    key_results = [one.id for objective in objectives for one in objective.key_results]
    history = updates.of_key_results(connection, key_results, until=round_.date)
    owed = shown_of(connection, owing.in_round(connection, round_.id))
    answered = Asked.of(owed, sorted({row.person_id for row in owed})).answered
    digests.keep(connection, round_.id, snapshot(now, history, owed, answered))
    asks.digest(connection, round_, team, due_at)
    blockers.ask_those_without_prompt(connection, round_)
    dependencies.ask_those_without_prompt(connection, round_)
    return True
