"""Reading the forms in which objectives and key results are written, sent or still being filled in.

Everything in them may be forged; whether the person may write what they say is the caller's to ask. Their
fields carry the form's generation in their ids: those of another are not looked at.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from bot.okr.measures import (
    Checkpoint,
    Indicator,
    Keep,
    Measure,
    Milestone,
    Move,
    Step,
    Unmeasurable,
    problems,
)
from bot.okr.model import ObjectiveKind
from bot.okr.numbers.unit_in import unit_in
from bot.okr.numbers.values import NotAValue, parse_value
from bot.okr.writing.drafts import (
    CHECKPOINTS_MOST,
    EVERY_MOST,
    LONGEST_REASON,
    LONGEST_STEP,
    LONGEST_THEME,
    LONGEST_TITLE,
    LONGEST_UNIT,
    STEPS_MOST,
    KeyResultDraft,
    ObjectiveDraft,
    one_line,
)
from bot.okr.writing.measure_lines import checkpoint_words, day_of, step_words
from bot.slack import ids
from bot.slack.reading import fields
from bot.slack.reading.check_in_form import FieldErrors
from bot.slack.richtext import clip
from bot.slack.texts import writing

KINDS: Final = ("move", "at_least", "at_most", "within", "milestone")
"""How a key result can be measured, as the form has it."""
OWN: Final = "own"
TEAMS: Final = "team"
PRIVATE: Final = "private"
THEIRS: Final = "theirs"
MINE: Final = "mine"
OF_THE_CYCLE: Final = frozenset({Unmeasurable.CHECKPOINT_OUTSIDE, Unmeasurable.DUE_OUTSIDE})
"""What is looked at beside the cycle's days (services.okrs.draft_checks)."""
_LINE_SHOWN: Final = 60
_PROBLEM_MOST: Final = 300
_WHERE: Final = {
    Unmeasurable.NO_WAY: ids.OKR_TARGET,
    Unmeasurable.BOUNDS_CROSS: ids.OKR_HIGH,
    Unmeasurable.NOT_FINITE: ids.OKR_TARGET,
    Unmeasurable.CHECKPOINT_ORDER: ids.OKR_CHECKPOINTS,
    Unmeasurable.CHECKPOINT_OUTSIDE: ids.OKR_CHECKPOINTS,
    Unmeasurable.WEIGHT: ids.OKR_STEPS,
    Unmeasurable.DUE_OUTSIDE: ids.OKR_STEPS,
}


@dataclass(frozen=True, slots=True)
class FilledObjective:
    draft: ObjectiveDraft
    reason: str = ""
    place: tuple[int, int] | None = None
    """Ids of the team and the cycle; None where the form does not ask."""
    theirs: frozenset[str] = frozenset()
    """The fields in which somebody else's change is to count."""


@dataclass(frozen=True, slots=True)
class FilledKeyResult:
    draft: KeyResultDraft
    reason: str = ""
    theirs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a form carries with it, in its private_metadata. Nothing of it grants a right."""

    objective_id: int = 0
    key_result_id: int = 0
    team_id: int = 0
    cycle_id: int = 0
    generation: int = 0
    seen: Mapping[str, str] = field(default_factory=dict)
    """The marks of what stood there when the form opened (`okr.writing.drafts.marks`)."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """What was typed in fields that do not stand in the form now, by their names."""

    def written(self) -> str:
        """What is kept is left out as far as Slack has no room for it."""
        most = 3000
        said: dict[str, Any] = {
            name: getattr(self, name)
            for name in ("objective_id", "key_result_id", "team_id", "cycle_id", "generation")
        }
        said |= {"seen": dict(self.seen), "kept": {}}
        for name, text in self.kept.items():
            more = said | {"kept": said["kept"] | {name: text}}
            if len(json.dumps(more)) <= most:
                said = more
        return json.dumps(said)


def read_metadata(view: Mapping[str, Any]) -> Metadata:
    """Of a forged one what makes sense."""
    try:
        said = json.loads(view.get("private_metadata") or "{}")
    except (ValueError, TypeError, RecursionError):
        said = {}
    if not isinstance(said, dict):
        said = {}
    numbers = {
        name: number
        for name in ("objective_id", "key_result_id", "team_id", "cycle_id", "generation")
        if (number := ids.read_number(str(said.get(name)))) is not None
    }
    texts = {
        name: {key: text for key, text in held.items() if isinstance(text, str)}
        for name in ("seen", "kept")
        if isinstance(held := said.get(name), dict)
    }
    return Metadata(**numbers, **texts)  # type: ignore[arg-type]


def read_objective(view: Mapping[str, Any]) -> FilledObjective | FieldErrors:
    form = _Reading(view)
    title, theme = form.title(), form.line(ids.OKR_THEME, LONGEST_THEME)
    kind = form.option(ids.OKR_KIND)
    private = PRIVATE in fields.held_options(view, form.at(ids.OKR_PRIVATE))
    draft = ObjectiveDraft(
        title,
        form.owner(),
        ObjectiveKind(kind) if kind in set(ObjectiveKind) else ObjectiveKind.ASPIRATIONAL,
        theme,
        personal=form.option(ids.OKR_WHOSE) == OWN,
        private=private,
        readers=fields.people(view, form.at(ids.OKR_READERS)) if private else frozenset(),
    )
    reason = form.reason()
    chosen = ids.read_place_value(form.option(ids.OKR_PLACE))
    if form.errors:
        return FieldErrors(form.errors)
    return FilledObjective(draft, reason, chosen[:2] if chosen else None, form.theirs())


def read_key_result(view: Mapping[str, Any]) -> FilledKeyResult | FieldErrors:
    """A milestone's steps are numbered from 1. What only shows beside the cycle's days is not looked at."""
    form = _Reading(view)
    title, unit = form.title(), form.unit()
    indicator, every = form.option(ids.OKR_INDICATOR), ids.read_number(form.option(ids.OKR_EVERY))
    measure = form.measure(unit)
    draft = KeyResultDraft(
        title,
        measure,
        form.owner(),
        "" if isinstance(measure, Milestone) else unit,
        form.weight(),
        Indicator(indicator) if indicator in set(Indicator) else None,
        every if every and every <= EVERY_MOST else 1,
        fields.person(view, form.at(ids.OKR_DELEGATE)),
    )
    reason = form.reason()
    if form.errors:
        return FieldErrors(form.errors)
    return FilledKeyResult(draft, reason, form.theirs())


def measured_so_far(view: Mapping[str, Any]) -> tuple[str, Measure | None, str]:
    """The title, what it is measured by and the unit, in a key result's form that is still being filled in;
    no measure while it cannot be measured by what stands there."""
    form = _Reading(view)
    title, unit = one_line(form.text(ids.OKR_TITLE)), form.unit()
    form.errors.clear()
    measure = form.measure(unit)
    return title, (None if form.errors else measure), unit


def title_so_far(view: Mapping[str, Any]) -> str:
    return one_line(fields.text(view, ids.field(ids.OKR_TITLE, read_metadata(view).generation)))


def where(problem: Unmeasurable, measure: Measure) -> str:
    """The field, without its generation, beside which that is said."""
    if problem is Unmeasurable.NO_BOUND:
        return ids.OKR_LOW
    if problem is Unmeasurable.NOT_FINITE and not isinstance(measure, Move):
        return ids.OKR_HIGH if isinstance(measure, Keep) else ids.OKR_STEPS
    return _WHERE[problem]


def kind_of(view: Mapping[str, Any]) -> str:
    """How the key result is measured, as it is chosen now: one of KINDS."""
    chosen = fields.option(view, ids.field(ids.OKR_MEASURE, read_metadata(view).generation))
    return chosen if chosen in KINDS else KINDS[0]


@dataclass(slots=True)
class _Reading:
    """Reads one field after the other and gathers what is wrong, so that all of it is said at once."""

    view: Mapping[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    generation: int = field(init=False)

    def __post_init__(self) -> None:
        self.generation = read_metadata(self.view).generation

    def at(self, what: str) -> str:
        return ids.field(what, self.generation)

    def text(self, what: str) -> str:
        return fields.text(self.view, self.at(what))

    def option(self, what: str) -> str | None:
        return fields.option(self.view, self.at(what))

    def wrong(self, what: str, sentence: str) -> None:
        self.errors.setdefault(self.at(what), sentence)

    def title(self) -> str:
        title = one_line(self.text(ids.OKR_TITLE))
        if not title:
            self.wrong(ids.OKR_TITLE, writing.NO_TITLE)
        elif len(title) > LONGEST_TITLE:
            self.wrong(ids.OKR_TITLE, writing.TITLE_TOO_LONG.format(length=len(title), most=LONGEST_TITLE))
        return title

    def line(self, what: str, most: int) -> str:
        text = one_line(self.text(what))
        if len(text) > most:
            self.wrong(what, writing.TEXT_TOO_LONG.format(length=len(text), most=most))
        return text

    def reason(self) -> str:
        """May hold several lines."""
        text = "\n".join(filter(None, map(one_line, self.text(ids.OKR_REASON).splitlines())))
        if len(text) > LONGEST_REASON:
            self.wrong(ids.OKR_REASON, writing.TEXT_TOO_LONG.format(length=len(text), most=LONGEST_REASON))
        return text

    def owner(self) -> str | None:
        """Required where the form asks for one."""
        owner = fields.person(self.view, self.at(ids.OKR_OWNER))
        asked = any(
            block.get("block_id") == self.at(ids.OKR_OWNER) for block in self.view.get("blocks") or ()
        )
        if owner is None and asked:
            self.wrong(ids.OKR_OWNER, writing.NO_OWNER)
        return owner

    def theirs(self) -> frozenset[str]:
        prefix = f"{ids.OKR_CLASH}_"
        state = (self.view.get("state") or {}).get("values") or {}
        names = {one.removeprefix(prefix).partition(":")[0] for one in state if one.startswith(prefix)}
        return frozenset(one for one in names if self.option(f"{prefix}{one}") == THEIRS)

    def unit(self) -> str:
        """What stands in its field or, where that is empty, beside a number."""
        unit = self.line(ids.OKR_UNIT, LONGEST_UNIT)
        numbers = (ids.OKR_TARGET, ids.OKR_START, ids.OKR_LOW, ids.OKR_HIGH)
        beside = (unit_in(self.text(one), LONGEST_UNIT) for one in numbers)
        return unit or next(filter(None, beside), "")

    def weight(self) -> float:
        text = self.text(ids.OKR_WEIGHT)
        weight = self._weight(ids.OKR_WEIGHT, text) if text else 1.0
        if weight is not None and weight <= 0:
            self.wrong(ids.OKR_WEIGHT, writing.WEIGHT_ABOVE_ZERO)
        return 1.0 if weight is None else weight

    def measure(self, unit: str) -> Measure:
        """A stand-in where it is wrong, which has been said then."""
        others = len(self.errors)
        measure = self._measure(unit)
        if len(self.errors) == others:
            for problem in problems(measure, date.min, date.max):
                if problem not in OF_THE_CYCLE:  # whose days are not known here
                    self.wrong(where(problem, measure), writing.UNMEASURABLE[problem])
        return measure

    def _measure(self, unit: str) -> Measure:
        match kind_of(self.view):
            case "move":
                start, target = (self._number(one, unit) for one in (ids.OKR_START, ids.OKR_TARGET))
                return Move(start, target, tuple(self._checkpoints(unit)))
            case "milestone":
                return Milestone(tuple(self._steps()))
            case kind:
                low = None if kind == "at_most" else self._number(ids.OKR_LOW, unit)
                high = None if kind == "at_least" else self._number(ids.OKR_HIGH, unit)
                return Keep(low, high)

    def _number(self, what: str, unit: str) -> float:
        text = self.text(what)
        value = None
        if not text:
            self.wrong(what, writing.NO_VALUE)
        else:
            value = self._value(what, text, unit)
        return 0.0 if value is None else value

    def _value(self, what: str, text: str, unit: str) -> float | None:
        """What may be read in two ways has to be written otherwise."""
        try:
            return parse_value(text, unit, figures=()) + 0.0  # not −0
        except NotAValue as problem:
            said = clip(str(problem), _PROBLEM_MOST)
            self.wrong(what, writing.NOT_A_VALUE.format(problem=said))
            return None

    def _weight(self, what: str, text: str) -> float | None:
        try:
            return parse_value(text, figures=())
        except NotAValue as problem:
            self.wrong(what, writing.NOT_A_WEIGHT.format(problem=clip(str(problem), _PROBLEM_MOST)))
            return None

    def _lines(self, what: str) -> list[str]:
        return [line for one in self.text(what).splitlines() if (line := one_line(one))]

    def _day(self, what: str, text: str) -> date | None:
        day = day_of(text)
        if day is None:
            self.wrong(what, writing.NO_SUCH_DAY.format(day=clip(text, _LINE_SHOWN)))
        return day

    def _checkpoints(self, unit: str) -> Iterator[Checkpoint]:
        lines = self._lines(ids.OKR_CHECKPOINTS)
        if len(lines) > CHECKPOINTS_MOST:
            said = writing.TOO_MANY_CHECKPOINTS.format(count=len(lines), most=CHECKPOINTS_MOST)
            self.wrong(ids.OKR_CHECKPOINTS, said)
        for line in lines[:CHECKPOINTS_MOST]:
            words = checkpoint_words(line)
            if words is None or not all(words):
                said = writing.NOT_A_CHECKPOINT.format(line=clip(line, _LINE_SHOWN))
                self.wrong(ids.OKR_CHECKPOINTS, said)
                continue
            on = self._day(ids.OKR_CHECKPOINTS, words[0])
            value = self._value(ids.OKR_CHECKPOINTS, words[1], unit)
            if on is not None and value is not None:
                yield Checkpoint(on, value)

    def _steps(self) -> Iterator[Step]:
        lines = self._lines(ids.OKR_STEPS)
        if len(lines) > STEPS_MOST:
            self.wrong(ids.OKR_STEPS, writing.TOO_MANY_STEPS.format(count=len(lines)))
        titles = set[str]()
        for number, line in enumerate(lines[:STEPS_MOST], start=1):
            words = step_words(line)
            if not words.title:
                self.wrong(ids.OKR_STEPS, writing.STEP_TITLE.format(number=number))
            elif len(words.title) > LONGEST_STEP:
                said = writing.STEP_TOO_LONG.format(number=number, length=len(words.title), most=LONGEST_STEP)
                self.wrong(ids.OKR_STEPS, said)
            elif words.title in titles:
                said = writing.STEP_TWICE.format(title=clip(words.title, _LINE_SHOWN))
                self.wrong(ids.OKR_STEPS, said)
            titles.add(words.title)
            weight = self._weight(ids.OKR_STEPS, words.weight) if words.weight else 1.0
            due = self._day(ids.OKR_STEPS, words.due) if words.due else None
            yield Step(number, words.title, 1.0 if weight is None else weight, due)
