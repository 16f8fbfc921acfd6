"""Objectives and key results as somebody writes them, before they are kept: filled in a form, or proposed.

People stand in a draft by their Slack ids, known to us or not. `to_fields` gives what can be kept as JSON,
and `from_fields` the same draft again.
"""

import hashlib
import json
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from bot.okr import measure_fields
from bot.okr.measures import Indicator, Measure, Milestone, Step
from bot.okr.model import KeyResult, Objective, ObjectiveKind

LONGEST_TITLE = 300
LONGEST_STEP = 250
"""So that ten of them, each with its weight and its day, fit into one field of a form."""
LONGEST_UNIT = 40
LONGEST_THEME = 60
LONGEST_REASON = 1000
STEPS_MOST = 10
"""As many as a form's boxes take."""
CHECKPOINTS_MOST = 20
EVERY_MOST = 13
"""Weeks; the value of a key result is asked for once a quarter at least."""
_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NOTHING = frozenset({"Cf", "Zs", "Mn", "Cn", "Co"})
_MARK = 10
"""Characters of a mark: two values of one field share one by an accident that nobody will meet."""


@dataclass(frozen=True, slots=True)
class ObjectiveDraft:
    """What it supports is said elsewhere, and stays as it is."""

    title: str
    owner: str | None = None
    """None: whoever writes it."""
    kind: ObjectiveKind = ObjectiveKind.ASPIRATIONAL
    theme: str = ""
    personal: bool = False
    private: bool = False
    readers: frozenset[str] = frozenset()

    def to_fields(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "owner": self.owner,
            "kind": self.kind.value,
            "theme": self.theme,
            "personal": self.personal,
            "private": self.private,
            "readers": sorted(self.readers),
        }

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> "ObjectiveDraft":
        return ObjectiveDraft(
            fields["title"],
            fields["owner"],
            ObjectiveKind(fields["kind"]),
            fields["theme"],
            fields["personal"],
            fields["private"],
            frozenset(fields["readers"]),
        )


@dataclass(frozen=True, slots=True)
class KeyResultDraft:
    title: str
    measure: Measure
    """A milestone's steps are numbered from 1 in their order."""
    owner: str | None = None
    """None: whoever writes it."""
    unit: str = ""
    weight: float = 1.0
    indicator: Indicator | None = None
    every: int = 1
    delegate: str | None = None

    def to_fields(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "owner": self.owner,
            "measure": measure_fields.to_fields(self.measure),
            "unit": self.unit,
            "weight": self.weight,
            "indicator": self.indicator.value if self.indicator else None,
            "every": self.every,
            "delegate": self.delegate,
        }

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> "KeyResultDraft":
        indicator = fields["indicator"]
        return KeyResultDraft(
            fields["title"],
            measure_fields.from_fields(fields["measure"]),
            fields["owner"],
            fields["unit"],
            fields["weight"],
            Indicator(indicator) if indicator else None,
            fields["every"],
            fields["delegate"],
        )


Draft = TypeVar("Draft", ObjectiveDraft, KeyResultDraft)


def objective_draft(objective: Objective, slack_ids: Mapping[int, str]) -> ObjectiveDraft:
    """A kept one as it stands in a form; `slack_ids` of its owner and readers."""
    return ObjectiveDraft(
        objective.title,
        slack_ids[objective.owner_id],
        objective.kind,
        objective.theme,
        objective.personal,
        objective.private,
        frozenset(slack_ids[one] for one in objective.readers),
    )


def key_result_draft(key_result: KeyResult, slack_ids: Mapping[int, str]) -> KeyResultDraft:
    """A kept one as it stands in a form; `slack_ids` of its owner and delegate."""
    measure = key_result.measure
    if isinstance(measure, Milestone):
        measure = Milestone(tuple(replace(one, id=n) for n, one in enumerate(measure.steps, start=1)))
    return KeyResultDraft(
        key_result.title,
        measure,
        slack_ids[key_result.owner_id],
        key_result.unit,
        key_result.weight,
        key_result.indicator,
        key_result.every,
        None if key_result.delegate_id is None else slack_ids[key_result.delegate_id],
    )


def numbered(measure: Measure, known: Measure | None, used: Collection[int] = ()) -> Measure:
    """A milestone's steps with their ids: those of the known ones of the same title, new ones for others.
    `used` are ids that once were a step's: what was ticked of that one says nothing of another."""
    if not isinstance(measure, Milestone):
        return measure
    before = known.steps if isinstance(known, Milestone) else ()
    ids = {one.title: one.id for one in before}
    after = max([*ids.values(), *used], default=0)
    steps: list[Step] = []
    for step in measure.steps:
        if step.title in ids:
            steps.append(replace(step, id=ids[step.title]))
        else:
            after += 1
            steps.append(replace(step, id=after))
    return Milestone(tuple(steps))


# --- two people at once --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Merged(Generic[Draft]):
    """What somebody wrote, brought together with what became of it while they did."""

    draft: Draft
    """Theirs where they alone have changed a field, else one's own."""
    changed: tuple[str, ...]
    """The fields that others have changed meanwhile, by their names in `to_fields`."""
    clashes: tuple[str, ...]
    """Those of them that one has changed oneself, to something else."""


def marks(draft: Draft) -> dict[str, str]:
    """What tells whether a field is still what it was: a few characters a field."""
    return {name: _mark(value) for name, value in draft.to_fields().items()}


def merged(seen: Mapping[str, str], theirs: Draft, mine: Draft) -> Merged[Draft]:
    """`seen` are the marks of what stood there when `mine` was begun, `theirs` is what stands there now."""
    now, wanted = theirs.to_fields(), mine.to_fields()
    changed = tuple(name for name, value in now.items() if seen.get(name) != _mark(value))
    touched = {name for name, value in wanted.items() if seen.get(name) != _mark(value)}
    clashes = tuple(name for name in changed if name in touched and now[name] != wanted[name])
    whole = {name: value if name in touched else now[name] for name, value in wanted.items()}
    return Merged(type(mine).from_fields(whole), changed, clashes)


def with_theirs(mine: Draft, theirs: Draft, fields: Collection[str]) -> Draft:
    """One's own draft with these fields as they stand now."""
    now = theirs.to_fields()
    return type(mine).from_fields(
        {n: now[n] if n in fields else value for n, value in mine.to_fields().items()}
    )


def _mark(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:_MARK]


# --- words ---------------------------------------------------------------------------------------------


def one_line(text: str) -> str:
    """As it can be kept: in one line, without signs that nobody can see and no database takes. Empty where
    there is nothing to read in it."""
    line = "".join(" " if unicodedata.category(one) in _UNSEEN else one for one in text).strip()
    return "" if all(unicodedata.category(one) in _NOTHING for one in line) else line


def same_name(one: str, other: str) -> bool:
    """Whether readers would take two titles for the same: capitals and blanks aside."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
