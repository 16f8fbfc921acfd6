"""What the forms for OKRs show to somebody; may raise StorageUnavailable, CannotWrite and NotAllowed."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.okr.history import matching
from bot.okr.model import KeyResult, Objective, Person, Role
from bot.okr.quality.coach import Remark, of_objective, of_set
from bot.okr.quality.kept import draft_of, drafts_of
from bot.okr.rights import Operation
from bot.okr.writing.draft_views import Origin
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft, marks
from bot.services.okrs import arranging, origins, writable, writing
from bot.services.okrs.arranging import Consequences
from bot.services.okrs.writable import Found, Place
from bot.services.people import shown_name
from bot.services.permissions import parts_of, require_in_key_result, require_in_objective, visible
from bot.storage import okrs, people, teams
from bot.storage.engine import Connection, Database

NEAR = 0.6
"""How alike a title and what was typed have to be."""


@dataclass(frozen=True, slots=True)
class ObjectiveForm:
    draft: ObjectiveDraft
    for_team: bool
    places: tuple[Place, ...] = ()
    """Where a new one may go."""
    themes: tuple[str, ...] = ()
    found: Found | None = None
    """The one that is changed."""
    marks: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class KeyResultForm:
    found: Found
    """With the key result that is changed, if there is one."""
    draft: KeyResultDraft | None
    owner: str
    """Whose a new one would be, by their Slack id."""
    marks: Mapping[str, str] | None = None

    @property
    def kept(self) -> KeyResultDraft:
        """Of one that is changed."""
        if self.draft is None:
            raise LookupError("it is a new one")
        return self.draft


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    key_result: KeyResult
    owner: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """An objective with its key results, and what its reader may do with them."""

    found: Found
    owner: str
    may_change: bool
    may_order: bool
    """Among the team's objectives."""
    rows: tuple[KeyResultRow, ...]
    remarks: tuple[Remark, ...]
    of_set: tuple[Remark, ...]
    origins: Mapping[int, tuple[Origin, ...]]
    """Whose idea it was, as `services.okrs.origins` tells."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody may change, in order, as far as it is called as they said."""

    items: tuple[tuple[Objective, KeyResult | None, int], ...]
    """Each objective is followed by its key results, which are numbered; 0 for the objective."""
    found: bool = True
    """Otherwise nothing is called so, and these are all."""


def new_objective(database: Database, slack_id: str, title: str, now: datetime) -> ObjectiveForm:
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        places = writable.places(connection, person, now)
        for_team = any(one.for_team for one in places)
        draft = ObjectiveDraft(title, slack_id, personal=not for_team)
        return ObjectiveForm(draft, for_team, tuple(places), _themes(connection, person, now))


def objective(database: Database, slack_id: str, objective_id: int, now: datetime) -> ObjectiveForm:
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        found = writable.objective(connection, person, objective_id, now)
        require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, found.objective)
        draft = writing.kept_objective(connection, found.objective)
        themes = _themes(connection, person, now)
        return ObjectiveForm(draft, True, themes=themes, found=found, marks=marks(draft))


def new_key_result(database: Database, slack_id: str, objective_id: int, now: datetime) -> KeyResultForm:
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        found = writable.objective(connection, person, objective_id, now)
        require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, found.objective)
        return KeyResultForm(found, None, slack_id)


def key_result(database: Database, slack_id: str, key_result_id: int, now: datetime) -> KeyResultForm:
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        found = writable.key_result(connection, person, key_result_id, now)
        one = found.one
        require_in_key_result(connection, person, Operation.CHANGE_KEY_RESULT, one, found.objective)
        draft = writing.kept_key_result(connection, one)
        return KeyResultForm(found, draft, slack_id, marks(draft))


def overview(database: Database, slack_id: str, objective_id: int, now: datetime) -> Overview:
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        found = writable.objective(connection, person, objective_id, now)
        return _overview(connection, person, found)


def consequences(database: Database, slack_id: str, what: tuple[str, int], now: datetime) -> Consequences:
    """Of dropping an objective ("o", its id) or a key result ("k", its id), by somebody who may."""
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        kind, number = what
        if kind == "k":
            found = writable.key_result(connection, person, number, now)
            operation = Operation.CHANGE_KEY_RESULT
            require_in_key_result(connection, person, operation, found.one, found.objective)
        else:
            found = writable.objective(connection, person, number, now)
            require_in_objective(connection, person, Operation.CHANGE_OBJECTIVE, found.objective)
        return arranging.consequences(connection, person, found)


def choose(database: Database, slack_id: str, words: str, now: datetime) -> Choice:
    """What somebody may mean: by a number of the list, by words of a title, else by the title nearest to
    them."""
    with database.reading() as connection:
        person = writable.person_of(connection, slack_id)
        parts = parts_of(connection, person)
        items: list[tuple[Objective, KeyResult | None, int]] = []
        number = 0
        for one in writable.all_of(connection, person, now):
            if parts.may_change(one):
                items.append((one, None, 0))
            for each in one.key_results:
                if parts.may_change_key_result(each, one):
                    number += 1
                    items.append((one, each, number))
    if not words.strip():
        return Choice(tuple(items))
    meant = _meant(words, items)
    return Choice(tuple(meant or items), found=bool(meant))


def _meant(
    words: str, items: Sequence[tuple[Objective, KeyResult | None, int]]
) -> list[tuple[Objective, KeyResult | None, int]]:
    """By a number only key results are meant; a title that is just that is meant alone."""
    numbers = matching(words, [(number, "") for _, _, number in items if number])
    if numbers:
        return [one for one in items if one[2] in numbers]
    titles = [(each or one).title for one, each, _ in items]
    same = matching(words, list(enumerate(titles)))
    if not same:
        near = difflib.get_close_matches(words.casefold(), [one.casefold() for one in titles], 1, NEAR)
        same = {n for n, one in enumerate(titles) if one.casefold() in near}
    return [one for n, one in enumerate(items) if n in same]


def _overview(connection: Connection, person: Person, found: Found) -> Overview:
    one, parts = found.objective, parts_of(connection, person)
    owners = people.by_ids(connection, [one.owner_id, *(each.owner_id for each in one.key_results)])
    names = {each.id: shown_name(each) for each in owners.values()}
    rows = tuple(
        KeyResultRow(each, names[each.owner_id], parts.may_change_key_result(each, one))
        for each in one.key_results
    )
    above = found.team.parent_id is not None
    beside = visible(person, okrs.of_team(connection, found.team.id, [found.cycle.id], drafts=True))
    same_kind = [
        each
        for each in beside
        if each.personal == one.personal and (not one.personal or each.owner_id == one.owner_id)
    ]
    below = any(each.parent_id == found.team.id for each in teams.everything(connection))
    company = below and not above and not one.personal
    return Overview(
        found,
        names[one.owner_id],
        parts.may_change(one),
        parts.roles.get(found.team.id) is Role.LEAD,
        rows,
        of_objective(draft_of(one, anything_above=above)),
        of_set(drafts_of(same_kind, anything_above=above), of_company=company),
        origins.of_objective(connection, one.id),
    )


def _themes(connection: Connection, person: Person, now: datetime) -> tuple[str, ...]:
    return tuple(writable.themes(writable.all_of(connection, person, now)))
