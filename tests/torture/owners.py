"""How people answer: by form, by a tap, in words, twice, late; and again if they see that it did not work.

Whatever they do is in Slack's list of deeds, and that list is what counts in the end: nothing here remembers
what was answered.
"""

import random
import threading
import time
from collections.abc import Generator
from datetime import date

from bot.practice.model import Message
from bot.practice.outcome import Outcome
from bot.practice.remote import Act, RemoteSlack
from bot.slack import ids
from tests.torture.company import Owner
from tests.torture.crowd import Acting
from tests.torture.sayings import Sayings, in_words
from tests.torture.watch import Watch

TRIES = 4
BREATH_SECONDS = 0.5
"""Between two deeds of a person: which of them was later must be beyond doubt."""
PATIENCE_SECONDS = 45.0
"""So long a person waits for their prompt before they think of something else."""
VIEW_SECONDS = 2.0
HESITATION_SECONDS = 5.0
"""After a form that came to nothing, before trying otherwise."""
FILLED_IN_WHOLE, WITH_ACTIONS, UNSURE, EDITED, OFF_TOPIC = 0.7, 0.7, 0.15, 0.15, 0.1
CONFIDENCES = ("2", "5", "8")

Steps = Generator[float, None, None]


class Person:
    """One owner in front of their Slack. What they do is done one after the other."""

    def __init__(self, owner: Owner, slack: RemoteSlack, watch: Watch, sayings: Sayings, seed: str) -> None:
        self.id = owner.slack_id
        self._owner = owner
        self._slack = slack
        self._actor = slack.person(owner.slack_id)
        self._watch = watch
        self._sayings = sayings
        self._random = random.Random(seed)  # noqa: S311 - chance, not secrets
        self._busy = threading.Lock()
        self._free_at = 0.0

    def answers(self, way: str, on: date) -> Acting:
        """Waits for what asks them for that day, then answers: "form", "words", "tap", "form, words", …"""
        patience = time.monotonic() + PATIENCE_SECONDS
        while self._watch.asked(self.id, on) is None:
            if time.monotonic() > patience:
                return
            yield 0.3
        ways = {"form": self._fill_in, "words": self._write, "tap": self._tap_unchanged}
        for each in way.split(", "):
            yield from ways[each](on)
            yield self._random.uniform(0.5, 1.5)

    def blurts(self, on: date) -> Acting:
        """Types something at once, if they have been asked."""
        if self._watch.asked(self.id, on) is not None:
            yield from self._say_something(self._numbers(whole=False))

    # --- by form ---------------------------------------------------------------------------------------

    def _fill_in(self, on: date) -> Steps:
        """Tries until it is seen taken; then writes instead."""
        for _ in range(TRIES):
            if self._opens_form(on):
                acts = self._entries()
                for _ in range(TRIES):
                    outcome = self._do(acts)
                    if isinstance(outcome, LookupError):
                        break  # it is gone: another one opened in its place, or none is open
                    if outcome.ok:
                        return
                    yield self._random.uniform(0.3, 2)
                    acts = [Act(self.id, "submit")]  # what was typed is still there
            yield self._random.uniform(0.3, 2)
        yield HESITATION_SECONDS
        yield from self._write(on)

    def _opens_form(self, on: date) -> bool:
        if not self._taps(self._watch.asked(self.id, on), ids.CHECK_IN_OPEN):
            return False
        view = self._actor.await_view(VIEW_SECONDS)
        return view is not None and view.get("callback_id") == ids.CHECK_IN_FORM

    def _entries(self) -> list[Act]:
        """What they do in the form, up to sending it."""
        chosen = self._numbers(whole=self._random.random() < FILLED_IN_WHOLE)
        key_results = [self._owner.key_results[number - 1] for number in chosen]
        typed = {ids.field(ids.VALUE, one): str(self._sayings.value()) for one in key_results}
        if self._random.random() < WITH_ACTIONS:
            typed[ids.NEXT_ACTIONS] = "\n".join(self._some_actions())
        acts = [Act(self.id, "fill", {"field": field, "text": text}) for field, text in typed.items()]
        if self._random.random() < UNSURE:
            field, level = ids.field(ids.CONFIDENCE, key_results[0]), self._random.choice(CONFIDENCES)
            acts.insert(1, Act(self.id, "choose", {"field": field, "choice": level}))
        return [*acts, Act(self.id, "submit")]

    def _do(self, acts: list[Act]) -> Outcome | LookupError:
        """Gives what came of the last one."""
        with self._busy:
            self._breathe()
            last: Outcome | LookupError = self._slack.acts(acts)[-1]
            self._rest()
            return last

    # --- by a tap --------------------------------------------------------------------------------------

    def _tap_unchanged(self, on: date) -> Steps:
        """Tries until it can be seen that they have answered; then writes instead."""
        for _ in range(TRIES):
            self._taps(self._watch.asked(self.id, on), ids.ALL_UNCHANGED)
            for _ in range(10):
                yield self._random.uniform(0.3, 0.5)
                if self._watch.answered(self.id, on):
                    return
        yield from self._write(on)

    def _taps(self, message: Message | None, action_id: str) -> bool:
        """False if there is no such button, or nobody answers."""
        if message is None:
            return False
        outcome = self._do([Act(self.id, "tap", {"target": message.ts, "action_id": action_id})])
        return isinstance(outcome, Outcome) and outcome.ok

    # --- in words --------------------------------------------------------------------------------------

    def _write(self, _on: date) -> Steps:
        """About all of it, in one message or several; the actions come with the last one."""
        numbers = self._numbers(whole=True)
        while numbers:
            size = self._random.randint(1, len(numbers))
            some, numbers = numbers[:size], numbers[size:]
            yield from self._say_something(some, last=not numbers)
            yield self._random.uniform(0.2, 1.2)

    def _say_something(self, numbers: list[int], *, last: bool = False) -> Steps:
        """About these key results; at times beside the point, at times put right a moment later."""
        if self._random.random() < OFF_TOPIC:
            self._say(self._sayings.nonsense())
            yield self._random.uniform(0.2, 1)
        ts = self._say(self._answer(numbers, last=last))
        if self._random.random() < EDITED:
            yield self._random.uniform(0.5, 1.2)
            with self._busy:
                self._breathe()
                self._actor.edit(ts, self._answer(numbers, last=last))
                self._rest()

    def _answer(self, numbers: list[int], *, last: bool) -> str:
        actions = self._some_actions() if last and self._random.random() < WITH_ACTIONS else []
        values = {number: self._sayings.value() for number in numbers}
        return in_words(values, actions, lines=self._random.random() < 0.5)

    def _say(self, text: str) -> str:
        with self._busy:
            self._breathe()
            ts = self._actor.say(text)
            self._rest()
            return ts

    # --- everything ------------------------------------------------------------------------------------

    def _numbers(self, *, whole: bool) -> list[int]:
        """Some of their key results' numbers, or all of them, in any order."""
        numbers = list(range(1, len(self._owner.key_results) + 1))
        self._random.shuffle(numbers)
        return numbers if whole else numbers[: self._random.randint(1, len(numbers))]

    def _some_actions(self) -> list[str]:
        return [self._sayings.action() for _ in range(self._random.randint(1, 3))]

    def _breathe(self) -> None:
        time.sleep(max(0.0, self._free_at - time.monotonic()))

    def _rest(self) -> None:
        self._free_at = time.monotonic() + BREATH_SECONDS
