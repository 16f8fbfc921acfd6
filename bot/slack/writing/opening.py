"""The form for what somebody wants to do with an objective ("o", its id) or a key result ("k", its id)."""

from datetime import datetime
from typing import Any

from bot.services.okrs import okr_forms
from bot.slack import ids
from bot.slack.blocks.writing.giving_up import drop_form, hand_over_form
from bot.slack.blocks.writing.objective_view import overview
from bot.slack.writing.okr_views import key_result_view, objective_view
from bot.storage.engine import Database

What = tuple[str, int]


def opened(database: Database, who: str, deed: str, what: What, now: datetime) -> dict[str, Any]:
    """An objective to be changed is shown with its key results. Raises CannotWrite, NotAllowed,
    StorageUnavailable."""
    kind, number = what
    if deed == ids.DROP_DEED:
        return drop_form(okr_forms.consequences(database, who, what, now))
    if deed == ids.HAND_OVER_DEED:
        return _hand_over(database, who, what, now)
    if kind == "k":
        return key_result_view(okr_forms.key_result(database, who, number, now))
    return overview(okr_forms.overview(database, who, number, now))


def fields(database: Database, who: str, what: What, now: datetime) -> dict[str, Any]:
    """The fields of an objective or a key result."""
    kind, number = what
    if kind == "k":
        return key_result_view(okr_forms.key_result(database, who, number, now))
    return objective_view(okr_forms.objective(database, who, number, now))


def _hand_over(database: Database, who: str, what: What, now: datetime) -> dict[str, Any]:
    kind, number = what
    view = okr_forms.consequences(database, who, what, now)
    if kind == "k":
        known = okr_forms.key_result(database, who, number, now).kept
        return hand_over_form(view, known.owner or who, known.delegate)
    return hand_over_form(view, okr_forms.objective(database, who, number, now).draft.owner or who, None)
