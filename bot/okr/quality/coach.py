"""The coach: what it asks about a draft. It advises, and never blocks (docs/method.md, The coach).

Each remark names the rule it follows, and what of the draft it is about, so that it can stand beside that.
None holds any of the draft's own words but those that the coach's lists hold, too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.okr.defaults import (
    COMPANY_OBJECTIVES_MOST,
    DRAFT_CONFIDENCE_MOST,
    KEY_RESULTS_LEAST,
    KEY_RESULTS_MOST,
    OBJECTIVE_WORDS_LEAST,
    OBJECTIVE_WORDS_MOST,
    OBJECTIVES_MOST,
)
from bot.okr.measures import Indicator, Keep, Measure, Milestone, Move
from bot.okr.quality.figures import has_figure
from bot.okr.quality.words import Activity, activity, counts_activities, output_verb, too_long, too_short

LONGEST_QUESTION = 150
"""Characters, as a hint beside a field of a form may have."""


class Rule(StrEnum):
    """What the coach goes by, in words for readers."""

    NO_FIGURES = "an objective is said in words, without figures"
    LENGTH = f"an objective takes {OBJECTIVE_WORDS_LEAST} to {OBJECTIVE_WORDS_MOST} words"
    NO_OUTPUT = "an objective is a change, not something to be made"
    KEY_RESULTS = f"an objective has {KEY_RESULTS_LEAST} to {KEY_RESULTS_MOST} key results"
    SUPPORTS = "an objective supports one of the level above"
    MEASURED = "a key result has a start and a target"
    OUTCOME = "a key result is an outcome, not a volume of activity"
    OWNED = "a key result has an owner"
    STRETCH = f"a draft's confidence is {DRAFT_CONFIDENCE_MOST} at most"
    FOCUS = f"at most {OBJECTIVES_MOST} objectives, {COMPANY_OBJECTIVES_MOST} for a company"
    BOTH_INDICATORS = "a set has result and process indicators"


class About(StrEnum):
    """What of a draft a remark stands beside."""

    TITLE = "title"
    KEY_RESULTS = "key results"
    SUPPORTS = "supports"
    MEASURE = "measure"
    OWNER = "owner"
    CONFIDENCE = "confidence"
    SET = "set"
    """All objectives of a team, a person or the company."""


@dataclass(frozen=True, slots=True)
class Remark:
    rule: Rule
    about: About
    question: str
    """At most LONGEST_QUESTION characters, plain text."""


@dataclass(frozen=True, slots=True)
class DraftKeyResult:
    title: str
    measure: Measure | None = None
    """None: none is given yet, or none can be measured by."""
    unit: str = ""
    indicator: Indicator | None = None
    owner: str | None = None
    confidence: int | None = None
    """0-10; None: nobody has said one yet."""


@dataclass(frozen=True, slots=True)
class DraftObjective:
    title: str
    key_results: tuple[DraftKeyResult, ...] = ()
    supports: bool = False
    """Whether it names one of the level above."""
    anything_above: bool = True
    """Whether there is a level above: for the company's own there is none."""
    private: bool = False
    """Seen by its owner and a few: it may say little (“Family”), and what it supports others cannot see."""


def of_objective(draft: DraftObjective) -> tuple[Remark, ...]:
    """What is asked about an objective, without what is asked about its key results. About a title that is
    still blank nothing is."""
    return (*_of_title(draft), *_of_place(draft))


def of_key_result(draft: DraftKeyResult) -> tuple[Remark, ...]:
    return tuple(_of_key_result(draft))


def of_set(objectives: Sequence[DraftObjective], *, of_company: bool = False) -> tuple[Remark, ...]:
    """What is asked about all objectives of a team, a person or the company together. The remarks tell how
    many there are: hand over only those that their reader may see."""
    return tuple(_of_set(objectives, COMPANY_OBJECTIVES_MOST if of_company else OBJECTIVES_MOST))


def _of_title(draft: DraftObjective) -> Iterator[Remark]:
    title = draft.title
    if has_figure(title):
        question = "What would the figure prove? Let the aim say that, and a key result hold the figure."
        yield Remark(Rule.NO_FIGURES, About.TITLE, question)
    if too_short(title) and not draft.private:
        question = "What will be different then, and for whom? A few more words would tell."
        yield Remark(Rule.LENGTH, About.TITLE, question)
    if too_long(title):
        question = "Can you say it in one breath? How it is done and measured may go to its key results."
        yield Remark(Rule.LENGTH, About.TITLE, question)
    if verb := output_verb(title):
        question = f"“{verb}” says what to do. If that is done and nothing changes, did we succeed?"
        yield Remark(Rule.NO_OUTPUT, About.TITLE, question)


def _of_place(draft: DraftObjective) -> Iterator[Remark]:
    count = len(draft.key_results)
    if not count:
        question = (
            "How will you know that you got there?"
            f" {KEY_RESULTS_LEAST} to {KEY_RESULTS_MOST} key results would tell."
        )
        yield Remark(Rule.KEY_RESULTS, About.KEY_RESULTS, question)
    elif count < KEY_RESULTS_LEAST:
        question = "Could its one key result be reached and the aim missed? A second one would show that."
        yield Remark(Rule.KEY_RESULTS, About.KEY_RESULTS, question)
    elif count > KEY_RESULTS_MOST:
        question = f"{count} key results are many to watch. Which {KEY_RESULTS_MOST} prove it best?"
        yield Remark(Rule.KEY_RESULTS, About.KEY_RESULTS, question)
    if draft.anything_above and not (draft.supports or draft.private):
        question = "Which aim of the level above does this help? So far it is an island."
        yield Remark(Rule.SUPPORTS, About.SUPPORTS, question)


def _of_key_result(draft: DraftKeyResult) -> Iterator[Remark]:
    found = activity(draft.title)
    if found and _is_volume(found, draft):
        noun = f"{found.plural[0].upper()}{found.plural[1:]}"
        question = f"{noun} are what you put in. What should come of them, and could that be measured?"
        yield Remark(Rule.OUTCOME, About.TITLE, question)
    if draft.measure is None:
        question = "Where does it stand today, and where should it get to? Steps to be done are fine, too."
        if has_figure(draft.title):
            question = "Is the figure in the title the target? And where does it stand today?"
        yield Remark(Rule.MEASURED, About.MEASURE, question)
    if not (draft.owner or "").strip():
        yield Remark(Rule.OWNED, About.OWNER, "Who will look after it? It is best as one person's own.")
    if draft.confidence is not None and draft.confidence > DRAFT_CONFIDENCE_MOST:
        question = "So sure before it has begun: which target would make you a little nervous?"
        yield Remark(Rule.STRETCH, About.CONFIDENCE, question)


def _is_volume(found: Activity, draft: DraftKeyResult) -> bool:
    """Whether reaching it takes more of an activity. Fewer calls are an outcome, and so are a share of them
    and the one workshop of a milestone; of "Customer calls" alone only a count that goes up tells."""
    counted = counts_activities(draft.unit)
    match draft.measure:
        case None:
            return found.deed and (found.many or found.several)
        case Milestone():
            return found.deed and found.many
        case Move(start, target):
            return counted and target > start
        case Keep(low):
            return counted and low is not None


def _of_set(objectives: Sequence[DraftObjective], most: int) -> Iterator[Remark]:
    if len(objectives) > most:
        question = f"{len(objectives)} objectives at once: if only {most} came true, which should they be?"
        yield Remark(Rule.FOCUS, About.SET, question)
    indicators = [one.indicator for objective in objectives for one in objective.key_results]
    if len(indicators) > 1 and (question := _missing(set(indicators))):
        yield Remark(Rule.BOTH_INDICATORS, About.SET, question)


def _missing(indicators: set[Indicator | None]) -> str:
    """The question about the kind that is missing; "" where both are there, or the ones that do not say
    which they are may be of the other."""
    if indicators == {Indicator.RESULT}:
        return "All key results show what came of it in the end. What would tell you early on?"
    if indicators == {Indicator.PROCESS}:
        return "All key results show the way. Which result would tell that it was the right one?"
    if indicators == {None}:
        return "Which key results tell you early on, and which prove it in the end? A good set has both."
    return ""
