"""TeeBee drafts its next quarter: what the tests of drafts begin with."""

from dataclasses import replace
from datetime import date
from typing import Any

from bot.okr.measures import Move
from bot.okr.model import Cycle, KeyResult, Objective, ObjectiveKind
from bot.practice import Message
from bot.slack import ids
from bot.storage import okr_cycles, okrs
from tests.services.teebee import CHANNEL, TeeBee
from tests.slack.friday import Friday, quiet

DECEMBER = date(2026, 12, 18)
"""A Friday."""
NEXT = Cycle(0, "2027 Q1", date(2027, 1, 1), date(2027, 3, 31))


def draft_of(teebee: TeeBee, *, shared: bool = False, private: bool = False) -> tuple[int, int, int]:
    """A draft with an objective of Hannah's, and a key result of hers and one of Jack's; gives the cycle and
    the key results. With `private`, a third that only Jack sees."""
    with teebee.database.transaction() as connection:
        cycle = okr_cycles.add(connection, NEXT)
        okr_cycles.begin_draft(connection, teebee.team.id, cycle.id)
        objective = okrs.add_objective(
            connection,
            Objective(0, teebee.team.id, cycle.id, "Hotels ask for our tea by name", teebee.hannah.id),
        )
        mine = okrs.add_key_result(
            connection, KeyResult(0, objective.id, "Hotels that reorder", teebee.hannah.id, Move(4, 20))
        )
        jacks = okrs.add_key_result(
            connection,
            KeyResult(0, objective.id, "Orders without a call", teebee.jack.id, Move(30, 60), "%", 1),
        )
        if private:
            own = Objective(0, teebee.team.id, cycle.id, "Leave by spring", teebee.jack.id, private=True)
            secret = okrs.add_objective(connection, replace(own, personal=True))
            okrs.add_key_result(
                connection, KeyResult(0, secret.id, "Interviews", teebee.jack.id, Move(0, 5), "", 2)
            )
        if shared:
            found = okr_cycles.set_of(connection, teebee.team.id, cycle.id)
            assert found is not None
    return cycle.id, mine.id, jacks.id


def shown(friday: Friday, actor: Any, width: int = 200) -> str:
    """The form on top, in one line."""
    friday.until(actor.view)
    return " ".join(actor.view_screen(width=width).split())


def opened(friday: Friday, actor: Any, text: str) -> str:
    """What `/okr` with that text opens."""
    outcome = actor.command("/okr", text)
    assert outcome.ok, outcome.error
    return shown(friday, actor)


def answered(friday: Friday, actor: Any, text: str) -> str:
    """What `/okr` with that text says."""
    outcome = actor.command("/okr", text)
    assert outcome.ok, outcome.error
    (reply,) = outcome.messages
    return quiet(reply).text


def share(friday: Friday, teebee: TeeBee) -> Message:
    """Hannah shares the draft; gives the message in the channel."""
    opened(friday, friday.hannah, "draft")
    assert friday.hannah.tap(action_id=ids.DRAFT_SHARE).ok
    friday.settle()
    friday.hannah.close(everything=True)
    return in_channel(friday)


def in_channel(friday: Friday) -> Message:
    posted = [one for one in friday.hannah.messages(CHANNEL) if not one.is_reply and not one.only_for]
    return quiet(posted[-1])
