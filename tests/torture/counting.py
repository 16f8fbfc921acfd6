"""Whether every answer is stored, once, and the last one is what counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from tests.torture.deeds import Answer
from tests.torture.findings import Finding, doubled, lost
from tests.torture.heard import Heard
from tests.torture.stored import Place, Stored

BLURRED = timedelta(seconds=20)
"""A form that its author saw fail this shortly before another answer may have been taken after that one."""


@dataclass(frozen=True)
class Claim:
    """An answer, and what it says by the key result's id."""

    answer: Answer
    values: Mapping[int, float]

    def __str__(self) -> str:
        said = " / ".join(self.answer.text.splitlines()) or f"the values {list(self.values.values())}"
        return f"{self.answer.kind} {self.answer.number} of {self.answer.person} on {self.answer.on} ({said})"


@dataclass(frozen=True)
class _Day:
    """One person's answers for one date, in order, and what is stored of them."""

    place: Place
    claims: list[Claim]
    key_results: frozenset[int]
    stored: Stored
    heard: Heard

    def revisions(self, key_result: int) -> list[float]:
        return self.stored.revisions.get((key_result, self.place[1]), [])

    def kept(self, text: str) -> int:
        return self.stored.kept.get(self.place[0], []).count(text)

    def counts(self, claim: Claim) -> bool:
        """Whether somebody may rely on it: what was typed, and a form seen taken; but for words that their
        author put others in the place of before they came in."""
        if claim.answer.kind == "tap" or not claim.answer.taken:
            return False
        return not self._edited(claim.answer) or self.heard.row(claim.answer) is not None

    def _edited(self, message: Answer) -> bool:
        return message.kind == "message" and any(
            one.answer.kind == "edit" and one.answer.ts == message.ts for one in self.claims
        )


def check(answers: Iterable[Answer], stored: Stored) -> Iterator[Finding]:
    """What is lost or doubled of the answers. `answers` are in the order in which they were given."""
    numbers: dict[Place, dict[int, int]] = defaultdict(dict)
    for row in stored.owed:
        numbers[row.person, row.on][row.number] = row.key_result
    heard = Heard(stored.inbox)
    by_place: dict[Place, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_place[answer.person, answer.on].append(answer)
    for place, given in by_place.items():
        asked = numbers.get(place, {})
        claims = [Claim(one, _by_id(one, asked)) for one in given]
        day = _Day(place, claims, frozenset(asked.values()), stored, heard)
        missing = [claim for claim in claims if day.counts(claim) and _is_missing(day, claim)]
        yield from (_missing(day, claim) for claim in missing)
        yield from _last_ones(day, missing)
        yield from _actions(day, missing)
        yield from _repeated(day)
        yield from _taps(day)


def _by_id(answer: Answer, asked: Mapping[int, int]) -> dict[int, float]:
    if not answer.words:
        return dict(answer.values)
    return {asked.get(number, -number): value for number, value in answer.values.items()}


def _is_missing(day: _Day, claim: Claim) -> bool:
    """Neither taken nor, where a newer answer was there already, kept for its author."""
    if claim.answer.words and day.kept(claim.answer.text):
        return False
    if claim.answer.words and not claim.values and not claim.answer.actions:
        return True  # beside the point: it should have been kept
    return any(value not in day.revisions(key_result) for key_result, value in claim.values.items())


def _missing(day: _Day, claim: Claim) -> Finding:
    came_in = not claim.answer.words or day.heard.row(claim.answer) is not None
    return lost(f"{claim} {'is stored nowhere' if came_in else 'never came in'}")


def _last_ones(day: _Day, missing: list[Claim]) -> Iterator[Finding]:
    for key_result in day.key_results:
        stating = [claim for claim in day.claims if key_result in claim.values]
        last = next((claim for claim in reversed(stating) if day.counts(claim)), None)
        if last is None or last in missing or _overtaken(day, last, key_result):
            continue
        fine = {last.values[key_result], *(one.values[key_result] for one in _blurred(last, stating))}
        stands = day.revisions(key_result)[-1:]
        if not fine & set(stands):
            yield lost(
                f"{last} was the last word on key result {key_result}, but {stands or 'nothing'} counts"
            )


def _overtaken(day: _Day, last: Claim, key_result: int) -> bool:
    """Whether, before it came in, its author said "unchanged", or sent a form with that key result in it as
    it was shown: that is a newer answer."""
    later = [one for one in day.claims if one.answer.number > last.answer.number]
    tapped = any(one.answer.kind == "tap" for one in later)
    left = any(key_result in one.answer.left for one in [*later, *_blurred(last, day.claims)])
    return (tapped or left) and last.answer.words and day.kept(last.answer.text) > 0


def _actions(day: _Day, missing: list[Claim]) -> Iterator[Finding]:
    """A form names all of them; words add theirs to those of others, or they are kept beyond three."""
    stating = [claim for claim in day.claims if claim.answer.actions is not None]
    last = next((one for one in reversed(stating) if day.counts(one) and not _reworded(day, one)), None)
    if last is None or last in missing or (last.answer.words and day.kept(last.answer.text)):
        return
    stands, said = day.stored.actions.get(day.place, ()), last.answer.actions or ()
    added = last.answer.words and all(one in stands or day.kept(one) for one in said)
    fine = [last.answer.actions, *(one.answer.actions for one in _blurred(last, stating))]
    if not added and stands not in fine:
        yield lost(f"{last} was the last word on next week, but {stands or 'nothing'} counts")


def _reworded(day: _Day, claim: Claim) -> bool:
    """Whether its author has put other words in its place, perhaps without any action."""
    later = (one.answer for one in day.claims if one.answer.number > claim.answer.number)
    return claim.answer.words and any((one.kind, one.ts) == ("edit", claim.answer.ts) for one in later)


def _blurred(last: Claim, stating: Iterable[Claim]) -> list[Claim]:
    """Forms that may have been taken after it, though their author saw them fail."""
    return [
        one
        for one in stating
        if one.answer.kind == "form" and not one.answer.taken and one.answer.at > last.answer.at - BLURRED
    ]


def _repeated(day: _Day) -> Iterator[Finding]:
    """Handled twice: more often stored than it was said."""
    for key_result in day.key_results:
        said = Counter(claim.values[key_result] for claim in day.claims if key_result in claim.values)
        stored = Counter(day.revisions(key_result))
        for value, times in said.items():
            for _ in range(stored[value] - times):
                yield doubled(
                    f"{value:g} of {day.place[0]} on {day.place[1]} is stored {stored[value]} times"
                )
    texts = Counter(claim.answer.text for claim in day.claims if claim.answer.words)
    for text, times in texts.items():
        for _ in range(day.kept(text) - times):
            yield doubled(f"“{text}” of {day.place[0]} on {day.place[1]} is kept {day.kept(text)} times")


def _taps(day: _Day) -> Iterator[Finding]:
    """Whoever taps goes on until they see an answer, so that nothing may wait for one in the end."""
    tapped = [claim.answer for claim in day.claims if claim.answer.kind == "tap" and claim.answer.taken]
    waiting = [
        row.key_result
        for row in day.stored.owed
        if (row.person, row.on) == day.place and row.state in ("waiting", "missed")
    ]
    if tapped and waiting:
        yield lost(f"tap {tapped[-1].number} of {day.place[0]} on {day.place[1]} left {waiting} unanswered")
