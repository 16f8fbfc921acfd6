"""[All unchanged], and taking it back: until the next round opens, unless something newer was said."""

from datetime import datetime

from bot.okr.model import RUNNING, CheckIn
from bot.services.answering import checkins
from bot.services.answering.checkins import CannotAnswer, OpenCheckIn, WhyNot
from bot.services.away import absence
from bot.services.sending import asks
from bot.storage import owing, rounds, updates
from bot.storage.engine import Connection, Database


def record(database: Database, slack_id: str, check_in_id: int, now: datetime) -> None:
    """Says "no change" for all that is still waiting; raises CannotAnswer."""
    with database.transaction() as connection:
        mine = checkins.open_check_in(connection, slack_id, check_in_id, hold=True)
        waiting = [one for one in mine.asked if not one.answered]
        same = [checkins.unchanged(one, one.value) for one in waiting if one.value is not None]
        checkins.write_updates(connection, mine, same, now, by_tap=True)
        answered = [one.key_result_id for one in same]
        checkins.receipt_without_prompt(connection, mine, answered, now, unchanged=True)


def undo(database: Database, slack_id: str, check_in_id: int, now: datetime) -> None:
    """What was answered by the tap waits again, or passes them by if they are away; its revisions are kept.
    Raises CannotAnswer."""
    with database.transaction() as connection:
        mine = checkins.open_check_in(connection, slack_id, check_in_id, hold=True)
        by_tap = answered_by_tap(connection, mine.check_in)
        if not by_tap:
            raise CannotAnswer(WhyNot.NOTHING_TO_TAKE_BACK)
        updates.withdraw(connection, by_tap, mine.check_in.date, now)
        owing.wait_again(connection, check_in_id, by_tap)
        absence.follow(connection, mine.person, now)
        asks.redraw(connection, mine.check_in, waited_for=True, also=_named(mine))


def answered_by_tap(connection: Connection, check_in: CheckIn) -> frozenset[int]:
    """The key results whose answer is still that of the tap, in rounds that can still be answered."""
    still_open = {one.id for one in rounds.of_check_in(connection, check_in.id) if one.state in RUNNING}
    return frozenset(
        one.key_result_id
        for one in owing.in_check_in(connection, check_in.id)
        if one.by_tap and one.round_id in still_open
    )


def _named(mine: OpenCheckIn) -> set[int]:
    """Whom the answers that are taken back name: what waits for them is drawn anew."""
    owners = {one.blocker.owner_id for one in mine.asked if one.blocker and one.blocker.owner_id}
    return owners - {mine.person.id}
