"""Rounds of other teams beside TeeBee's, in which Jack owes something, too."""

from dataclasses import replace
from datetime import date

from bot.okr.model import CheckIn, Owed, Round, RoundState
from bot.services.sending import asks
from bot.storage import check_ins, owing, rounds, teams
from bot.storage.engine import Connection
from tests.services.teebee import TeeBee, at


def add_round(connection: Connection, teebee: TeeBee, on: date) -> Round:
    """A round of a team of its own, which asks Jack for his first key result and sends him a prompt."""
    name = f"Team of {on}"
    team = teams.add(connection, replace(teebee.team, name=name, channel=f"C{on.toordinal()}"))
    opens_at, digest_at = at(10, day=on), at(16, 30, day=on)
    added = rounds.add(connection, team.id, on, RoundState.OPEN, opens_at=opens_at, digest_at=digest_at)
    assert added is not None
    asked = CheckIn(0, teebee.jack.id, on, opens_at, at(15, day=on), digest_at)
    check_in = check_ins.add(connection, asked)
    owing.add(connection, Owed(added.id, teebee.of(teebee.jack)[0], teebee.jack.id, check_in.id, 1))
    asks.prompt(connection, check_in, teebee.jack)
    return added
