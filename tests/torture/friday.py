"""One Friday: who answers when and how, from the first prompt to the last late answer."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import time as clock_time

from tests.torture.clock import Clock
from tests.torture.company import DIGEST, PROMPT, REMIND, at
from tests.torture.crowd import Crowd
from tests.torture.owners import Person
from tests.torture.rest import Rest
from tests.torture.trouble import Trouble

WAYS = {"form": 35, "words": 35, "tap": 8, "form, words": 10, "words, form": 10, "tap, words": 2}
WHEN = {"prompted": 74, "reminded": 10, "late": 11, "never": 5}
"""How and when so many in a hundred answer."""
AGAIN = 0.15
"""So many of those who answered say something else later."""
PEOPLE_A_SECOND = 12.0
"""So many begin to answer each second."""
ANSWERS_SECONDS = 300.0
"""Longer than anybody takes."""
AT_LEAST_SECONDS = 4.0
"""Time for what is due at an hour, whoever answers then."""
PROMPTS_SECONDS = 15.0
"""So long prompts may take while things go wrong."""
CALM = 5
"""So many times the patience of a Friday's end they may take when nothing does: a busy machine is slow."""


@dataclass
class Scene:
    """Everybody and everything that a Friday needs."""

    people: Sequence[Person]
    clock: Clock
    crowd: Crowd
    trouble: Trouble
    rest: Rest
    patience: float


class Friday:
    """Plays the Friday of that date, whose trouble begins with it and has calmed down at its end."""

    def __init__(self, scene: Scene, on: date, chance: random.Random) -> None:
        self._scene = scene
        self._on = on
        self._random = chance
        self._late: dict[str, list[tuple[Person, str]]] = {"prompted": [], "reminded": [], "late": []}
        for person in scene.people:
            self._plan(person)

    def play(self) -> bool:
        """False if something did not come to rest."""
        scene = self._scene
        scene.trouble.begin()
        self._begin(PROMPT, "prompted")
        self._until_asked()
        self._until_answered()
        for hour, name in ((REMIND, "reminded"), (DIGEST, "late")):
            self._begin(hour, name)
            time.sleep(AT_LEAST_SECONDS)
            self._until_answered()
        scene.trouble.calm()
        rested = scene.rest.wait(scene.patience)
        scene.rest.forget()
        return rested

    def _plan(self, person: Person) -> None:
        when = self._one_of(WHEN)
        if when == "never":
            return
        self._late[when].append((person, self._one_of(WAYS)))
        if self._random.random() < AGAIN and when != "late":
            self._late[self._random.choice(("reminded", "late"))].append((person, self._one_of(WAYS)))

    def _begin(self, hour: clock_time, name: str) -> None:
        """It is that hour, and those who answer then begin to."""
        scene, acting = self._scene, self._late[name]
        scene.clock.go_to(at(self._on, hour))
        spread = len(acting) / PEOPLE_A_SECOND
        for person, way in acting:
            scene.crowd.add(person.answers(way, self._on), after=self._random.uniform(0, spread))

    def _until_asked(self) -> None:
        """The hours of a round that could not open, and of a prompt that could not go out, must not pass:
        then they would rightly be given up."""
        scene = self._scene
        if not scene.rest.wait_for_prompts(self._on, PROMPTS_SECONDS):
            scene.trouble.calm()
            if not scene.rest.wait_for_prompts(self._on, scene.patience * CALM):
                raise TimeoutError(f"people were still not asked on {self._on}, though nothing went wrong")
            scene.trouble.begin()

    def _until_answered(self) -> None:
        if not self._scene.crowd.wait(ANSWERS_SECONDS):
            raise TimeoutError(f"people were still busy after {ANSWERS_SECONDS:.0f} s on {self._on}")

    def _one_of(self, weights: dict[str, int]) -> str:
        return self._random.choices(list(weights), list(weights.values()))[0]
