"""TeeBee's OKR file, importing it with this or that changed, and looking at what is kept then."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.files.yaml_file import read_yaml
from bot.okr.model import (
    KeyResult,
    Objective,
)
from bot.services.files.importing import ImportRefused, ImportReport, import_outline
from bot.storage import changes, okr_cycles, okrs, teams
from bot.storage.engine import Database
from bot.storage.tables import metadata
from tests.services.directory import Desk
from tests.services.teebee import at

FILE = """\
workspace: {timezone: Asia/Shanghai}
cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}
people:
  hannah: {email: hannah@teebee.example}
  jack: {slack: U0JACK0001}
  jim: {email: jim@teebee.example}
teams:
  - name: TeeBee
    channel: "#okrs"
    leads: [hannah]
    members: [jack]
    observers: [jim]
    check_in: {day: friday, prompt: "10:00", remind: "15:00", digest: "16:30"}
    objectives:
      - title: Prove our tea
        owner: hannah
        kind: aspirational
        key_results:
          - {title: Customers who renew, owner: hannah, start: 40, target: 70, unit: "%", current: 55}
          - {title: Sales, owner: hannah, start: 120000, target: 250000, unit: "¥"}
      - title: Order online
        owner: jack
        kind: committed
        key_results:
          - {title: Phone calls, owner: jack, start: 40, target: 20, unit: a week}
"""
PROVE = "TeeBee › Prove our tea"
STARTED = "2026 Q4 has started; say why with --reason"
BEFORE_THE_CYCLE = at(9, day=date(2026, 9, 21))
THIRD_OBJECTIVE = """\
      - title: Hire well
        owner: jim
        key_results:
          - {title: People who stay, owner: jim, start: 1, target: 4}
"""


def changed(*swaps: tuple[str, str], text: str = FILE) -> str:
    for old, new in swaps:
        assert text.count(old) == 1, f"{old!r} should stand once in the file"
        text = text.replace(old, new)
    return text


def take(
    database: Database,
    text: str = FILE,
    *,
    desk: Desk | None = None,
    now: datetime | None = None,
    reason: str | None = None,
    dry_run: bool = False,
) -> ImportReport:
    return import_outline(
        database, desk or Desk(), read_yaml(text), now=now or at(9), reason=reason, dry_run=dry_run
    )


def refused(database: Database, text: str, **more: Any) -> list[str]:
    """What is wrong with the file, after seeing that nothing was written."""
    before = everything(database)
    with pytest.raises(ImportRefused) as caught:
        take(database, text, **more)
    assert everything(database) == before
    assert str(caught.value) == "\n".join(str(one) for one in caught.value.troubles)
    return [str(one) for one in caught.value.troubles]


def everything(database: Database) -> Mapping[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in metadata.sorted_tables
        }


def objectives(database: Database) -> list[Objective]:
    with database.reading() as connection:
        (team,) = (one for one in teams.everything(connection) if one.name == "TeeBee")
        return okrs.of_team(connection, team.id, [one.id for one in okr_cycles.everything(connection)])


def key_results(database: Database) -> dict[str, KeyResult]:
    return {one.title: one for objective in objectives(database) for one in objective.key_results}


def titles(database: Database) -> list[tuple[str, list[str]]]:
    return [(one.title, [each.title for each in one.key_results]) for one in objectives(database)]


def with_ids(database: Database, *swaps: tuple[str, str]) -> str:
    """The file with the ids of its key results and objectives, then changed."""
    text = FILE
    for one in objectives(database):
        text = changed(
            (f"- title: {one.title}\n", f"- id: {one.id}\n        title: {one.title}\n"), text=text
        )
        for each in one.key_results:
            text = changed((f"{{title: {each.title},", f"{{id: {each.id}, title: {each.title},"), text=text)
    return changed(*swaps, text=text)


def recorded(database: Database) -> list[tuple[str, str, str, str, str]]:
    with database.reading() as connection:
        (team,) = teams.everything(connection)
        return [
            (one.subject, one.field, one.before, one.after, one.reason)
            for one in (
                listed.change for listed in reversed(changes.newest_of_team(connection, team.id, (), 100))
            )
        ]
