"""Asks the two gentle questions (docs/method.md) when a round opens, each at most once a month to a person.

They ride in the prompt, and a lead's in the digest's preview, too: they are no messages of their own.
"""

from collections.abc import Sequence

from bot.okr.model import Role, Round
from bot.okr.questions import (
    WEEKS_RUNNING,
    QuestionKind,
    is_it_the_right_work,
    may_be_asked,
    should_the_okrs_change,
)
from bot.services.looking_up.standings import JUDGED
from bot.storage import okr_cycles, okrs, questions, rounds, teams, updates
from bot.storage.engine import Connection


def ask(connection: Connection, opened: Round) -> None:
    """Looks at the team's rounds before the one that has just opened."""
    known = rounds.newest(connection, opened.team_id, limit=WEEKS_RUNNING + 1)
    before = [one for one in known if one.date < opened.date]
    if len(before) < WEEKS_RUNNING or any(one.state not in JUDGED for one in before):
        return
    dates = [one.date for one in before]
    members = teams.memberships_of(connection, opened.team_id)
    people = {one.person_id for one in members}
    objectives = okrs.of_team(connection, opened.team_id, okr_cycles.running(connection, opened.date))
    key_results = [one for objective in objectives for one in objective.key_results]
    ids = [one.id for one in key_results]
    known_actions = questions.actions_since(connection, people, ids, min(dates))
    history = updates.of_key_results(connection, ids)
    wanted: list[tuple[QuestionKind, int, int | None]] = [
        (QuestionKind.RIGHT_WORK, one.owner_id, one.id)
        for one in key_results
        if is_it_the_right_work(one, dates, known_actions, history[one.id])
    ]
    of_the_team = [one for one in known_actions if one.person_id in people]
    if should_the_okrs_change(dates, of_the_team):
        leads = [one.person_id for one in members if one.role is Role.LEAD]
        wanted += [(QuestionKind.OTHER_WORK, lead, None) for lead in leads]
    ask_each(connection, opened, wanted)


def ask_each(
    connection: Connection, opened: Round, wanted: Sequence[tuple[QuestionKind, int, int | None]]
) -> None:
    """Of whom (a person's id) what, and about which key result; not where they were asked lately."""
    questions.hold(connection, [person_id for _, person_id, _ in wanted])
    for kind, person_id, key_result_id in wanted:
        if may_be_asked(questions.last_asked(connection, kind, person_id), opened.date):
            questions.ask(connection, kind, opened.id, person_id, key_result_id, on=opened.date)
