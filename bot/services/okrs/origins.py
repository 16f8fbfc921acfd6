"""Whose idea something was: the proposals that became of an objective and its key results."""

from bot.okr.writing.draft_views import Origin
from bot.services.people import shown_name
from bot.storage import people, proposals
from bot.storage.engine import Connection

OF_ITSELF = 0
"""In the place of a key result's id: of the objective."""


def of_objective(connection: Connection, objective_id: int) -> dict[int, tuple[Origin, ...]]:
    """By key result, the oldest first."""
    accepted = proposals.accepted_for(connection, [objective_id])
    persons = {one for each in accepted for one in (each.by_id, each.answered_by_id) if one is not None}
    names = {one.id: shown_name(one) for one in people.by_ids(connection, persons).values()}
    found: dict[int, tuple[Origin, ...]] = {}
    for one in accepted:
        about = one.key_result_id or OF_ITSELF
        origin = Origin(names[one.by_id], names.get(one.answered_by_id or 0, ""))
        found[about] = (*found.get(about, ()), origin)
    return found
