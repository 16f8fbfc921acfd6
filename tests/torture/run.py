"""The whole of it: sets everything up, plays Fridays until all kills are done, and compares."""

import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.practice.control import plain
from bot.practice.remote import RemoteSlack, started
from bot.storage.engine import Database, open_database
from bot.storage.migrations import upgrade
from tests.torture import counting, saying, showing
from tests.torture.clock import Clock
from tests.torture.company import FIRST_FRIDAY, PROMPT, Company, at, friday, move_in
from tests.torture.crowd import Crowd
from tests.torture.databases import Store, store
from tests.torture.deeds import Answer, answers
from tests.torture.findings import Finding
from tests.torture.friday import Friday, Scene
from tests.torture.options import Options
from tests.torture.owners import Person
from tests.torture.replicas import Replicas
from tests.torture.rest import Rest
from tests.torture.saying import Seen
from tests.torture.sayings import Sayings
from tests.torture.stored import load
from tests.torture.trouble import CALLS, LOST_ANSWERS, Trouble
from tests.torture.watch import Watch

SLACK = ("--redelivery", "0,1,2", "--keep-records", "100", "--team-name", "Torture")
"""Slack redelivers for six minutes; here for three seconds."""
SETTINGS = {
    "OKRA_HEARTBEAT_SECONDS": "1",
    "OKRA_LISTENER_THREADS": "8",
    "OKRA_REDRAW_REST_SECONDS": "1",
    "OKRA_SLACK_TIMEOUT_SECONDS": "2",
}
BLURTING = 3
"""So many people type at once when Slack goes away."""


@dataclass(frozen=True)
class Result:
    owners: int
    answers: int
    kills: int
    faults: int
    findings: tuple[Finding, ...]
    seconds: float

    def count(self, kind: str) -> int:
        return sum(one.kind == kind for one in self.findings)

    def __str__(self) -> str:
        return (
            f"owners {self.owners}, answers {self.answers}, kills {self.kills}, faults {self.faults}, "
            f"lost {self.count('lost')}, doubled {self.count('doubled')}, seconds {self.seconds:.0f}"
        )


def torture(options: Options) -> Result:
    """Takes as long as the kills take; everything that was started has ended then."""
    began = time.monotonic()
    with ExitStack() as stack:
        torture = _Torture(options, stack)
        fridays = torture.play()
        findings = torture.compare(fridays)
        if options.folder:
            torture.write_down(options.folder)
        given = [one for one in torture.given() if one.taken]
        return Result(
            owners=options.owners,
            answers=len(given),
            kills=torture.replicas.killed,
            faults=sum(torture.trouble.faults.values()),
            findings=tuple(findings),
            seconds=time.monotonic() - began,
        )


class _Torture:
    """Everything that takes part, from one end of `stack` to the other."""

    def __init__(self, options: Options, stack: ExitStack) -> None:
        enter = stack.enter_context
        folder = options.folder or Path(enter(tempfile.TemporaryDirectory(prefix="okra-torture-")))
        folder.mkdir(parents=True, exist_ok=True)
        self._options = options
        self._slack = enter(started(*SLACK))
        kept: Store = enter(store(options.database, folder))
        self._database: Database = enter(closing(open_database(kept.url)))
        upgrade(self._database)
        self._company: Company = move_in(self._slack, self._database, options.owners)
        self._clock = Clock(folder / "clock", self._slack, at(FIRST_FRIDAY, PROMPT.replace(hour=9)))
        self._watch = enter(Watch(self._slack))
        self._crowd = enter(closing(Crowd()))
        self._random = random.Random(options.seed)  # noqa: S311 - chance, not secrets
        self._on = FIRST_FRIDAY
        self._people = self._persons()
        self.replicas = enter(
            Replicas(
                options.replicas,
                _environment(self._slack, kept.url),
                folder / "clock",
                folder,
                seed=options.seed,
                without=options.without,
            )
        )
        self.trouble = enter(self._trouble(kept))

    def play(self) -> list[date]:
        """Gives the Fridays that were played."""
        rest = Rest(self._database, self._slack, self._clock)
        scene = Scene(self._people, self._clock, self._crowd, self.trouble, rest, self._options.patience)
        fridays: list[date] = []
        while not fridays or self.trouble.kills_left > 0:
            self._on = friday(len(fridays))
            rested = Friday(scene, self._on, self._random).play()
            fridays.append(self._on)
            _tell(f"{self._on}: {self.replicas.killed} kills, {'at rest' if rested else 'NOT AT REST'}")
        return fridays

    def compare(self, fridays: list[date]) -> list[Finding]:
        stored = load(self._database)
        seen = Seen(self._slack.conversations(blocks=False), self._slack.direct_messages())
        given = self.given()
        return [
            *counting.check(given, stored),
            *saying.check(given, stored, seen),
            *showing.check(self._company, fridays, stored, seen),
        ]

    def write_down(self, folder: Path) -> None:
        """What people did and what they see, beside the database and the logs."""
        channels = self._slack.conversations(blocks=False).values()
        for name, things in (("deeds", self._slack.deeds()), ("seen", itertools.chain(*channels))):
            lines = [json.dumps(plain(one), ensure_ascii=False) for one in things]
            (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def given(self) -> list[Answer]:
        return answers(self._slack.deeds())

    def _persons(self) -> list[Person]:
        sayings, seed = Sayings(), self._options.seed
        return [
            Person(owner, self._slack, self._watch, sayings, f"{seed} {owner.name}")
            for owner in self._company.owners
        ]

    def _trouble(self, kept: Store) -> Trouble:
        options = self._options
        return Trouble(
            self._slack,
            self.replicas,
            kept,
            kills=options.kills,
            seed=options.seed,
            calls=_calls(options),
            only_kills=options.calm or bool(options.without),
            meanwhile=self._blurt,
        )

    def _blurt(self) -> None:
        for person in self._random.sample(self._people, min(BLURTING, len(self._people))):
            self._crowd.add(person.blurts(self._on))


def _calls(options: Options) -> Mapping[str, float]:
    """Where a promise is switched off, nothing goes wrong but what it is about."""
    if options.without == "reconciliation":
        return LOST_ANSWERS
    return {} if options.calm or options.without else CALLS


def _environment(slack: RemoteSlack, database_url: str) -> Mapping[str, str]:
    return {
        **SETTINGS,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.url,
        "DATABASE_URL": database_url,
    }


def _tell(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
