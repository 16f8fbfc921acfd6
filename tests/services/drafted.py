"""TeeBee drafts its next quarter."""

from datetime import date

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Objective
from bot.storage import okr_cycles, okrs
from tests.services.teebee import TeeBee

NEXT = Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31))


def draft_of(teebee: TeeBee, *, private: bool = False) -> tuple[int, int, int]:
    """A draft with an objective of Hannah's, and a key result of hers and one of Jack's; gives the cycle and
    the key results. With `private`, an objective more that only Jack sees."""
    with teebee.database.transaction() as connection:
        team, hannah, jack = teebee.team.id, teebee.hannah.id, teebee.jack.id
        cycle = okr_cycles.add(connection, NEXT)
        okr_cycles.begin_draft(connection, team, cycle.id)
        aim = okrs.add_objective(
            connection, Objective(0, team, cycle.id, "Hotels ask for our tea by name", hannah)
        )
        mine = okrs.add_key_result(
            connection, KeyResult(0, aim.id, "Hotels that reorder", hannah, Move(4, 20))
        )
        jacks = okrs.add_key_result(
            connection, KeyResult(0, aim.id, "Orders without a call", jack, Move(30, 60), "%", 1)
        )
        if private:
            own = Objective(0, team, cycle.id, "Leave by spring", jack, position=1, private=True)
            secret = okrs.add_objective(connection, own)
            okrs.add_key_result(connection, KeyResult(0, secret.id, "Interviews", jack, Move(0, 5)))
    return cycle.id, mine.id, jacks.id
