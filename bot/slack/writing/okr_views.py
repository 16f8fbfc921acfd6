"""The forms for OKRs as they open, and as they stand once somebody else has changed the same."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft, marks
from bot.services.okrs.okr_forms import KeyResultForm, ObjectiveForm
from bot.services.okrs.writing import Meanwhile
from bot.slack import ids, phrases
from bot.slack.blocks.drafting.words import clashes
from bot.slack.blocks.words import person
from bot.slack.blocks.writing.key_result_form import key_result_form
from bot.slack.blocks.writing.objective_form import Place, objective_form
from bot.slack.blocks.writing.okr_form import Frame
from bot.slack.reading.okr_fields import Metadata
from bot.slack.richtext import name
from bot.slack.texts import writing

TITLE_MOST = 200


def objective_view(form: ObjectiveForm) -> dict[str, Any]:
    """For a new objective, or to change one."""
    found = form.found
    if found is None:
        places = [
            Place(
                one.team.id,
                one.cycle.id,
                f"{person(one.team.name)}, {person(one.cycle.name)}",
                one.asks_reason,
            )
            for one in form.places
        ]
        first = places[0]
        metadata = Metadata(team_id=first.team_id, cycle_id=first.cycle_id)
        frame = Frame(writing.NEW_OBJECTIVE, ids.OBJECTIVE_FORM, metadata)
        if len(places) == 1:
            frame = replace(frame, about=first.name)
        return objective_form(form.draft, frame, places=places, themes=form.themes, for_team=form.for_team)
    frame = Frame(
        writing.CHANGE_OBJECTIVE,
        ids.OBJECTIVE_FORM,
        Metadata(objective_id=found.objective.id, seen=form.marks or {}),
        asks_reason=found.asks_reason,
    )
    return objective_form(form.draft, frame, themes=form.themes)


def objective_again(
    form: ObjectiveForm, problem: Meanwhile, names: Mapping[str, str], shown: Metadata, reason: str
) -> dict[str, Any]:
    """What its author has written, with what somebody else has changed meanwhile."""
    draft, theirs = problem.merged.draft, problem.theirs
    if not isinstance(theirs, ObjectiveDraft) or form.found is None:
        raise TypeError(theirs)
    frame = Frame(
        writing.CHANGE_OBJECTIVE,
        ids.OBJECTIVE_FORM,
        replace(shown, generation=shown.generation + 1, seen=marks(theirs), kept={}),
        asks_reason=form.found.asks_reason,
        reason=reason,
        clashes=clashes(problem.merged, theirs, names),
    )
    return objective_form(draft, frame, themes=form.themes)


def key_result_view(form: KeyResultForm) -> dict[str, Any]:
    """For a new key result, or to change one."""
    one = form.found.key_result
    metadata = Metadata(
        objective_id=form.found.objective.id, key_result_id=one.id if one else 0, seen=form.marks or {}
    )
    frame = Frame(
        writing.CHANGE_KEY_RESULT if one else writing.NEW_KEY_RESULT,
        ids.KEY_RESULT_FORM,
        metadata,
        about=_about(form),
        asks_reason=form.found.asks_reason,
    )
    return key_result_form(form.draft, frame, owner=form.owner)


def key_result_again(
    form: KeyResultForm, problem: Meanwhile, names: Mapping[str, str], shown: Metadata, reason: str
) -> dict[str, Any]:
    """What its author has written, with what somebody else has changed meanwhile."""
    draft, theirs = problem.merged.draft, problem.theirs
    if not isinstance(theirs, KeyResultDraft):
        raise TypeError(theirs)
    frame = Frame(
        writing.CHANGE_KEY_RESULT,
        ids.KEY_RESULT_FORM,
        replace(shown, generation=shown.generation + 1, seen=marks(theirs), kept={}),
        about=_about(form),
        asks_reason=form.found.asks_reason,
        reason=reason,
        clashes=clashes(problem.merged, theirs, names),
    )
    return key_result_form(draft, frame)


def _about(form: KeyResultForm) -> str:
    cycle = form.found.cycle
    title = name(form.found.objective.title, TITLE_MOST)
    return writing.ABOUT.format(objective=title, days=phrases.days(cycle.starts, cycle.ends))
