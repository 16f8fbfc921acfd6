"""Importing an OKR file: resolve whom it means, compare it with what is kept, write what differs.

Slack is asked before the transaction begins. Comparing and writing are one transaction; a dry run only
compares. Importing the same file again changes nothing, and no import ever loses an update.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.okr.outline import Outline, Trouble
from bot.services.import_links import compare_links
from bot.services.import_okrs import compare_objectives
from bot.services.import_plan import Plan, begin
from bot.services.import_teams import compare_team
from bot.services.import_writing import write
from bot.services.people import Directory
from bot.services.resolving import Resolved, in_file_order, resolve
from bot.storage import teams, workspace
from bot.storage.engine import Connection, Database

NOTHING = "nothing to change"


class ImportRefused(Exception):  # noqa: N818 - it says what was done
    """Nothing was written; `troubles` are all the mistakes, in the order of the file."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        super().__init__("\n".join(str(trouble) for trouble in troubles))
        self.troubles = troubles


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What was done, or would be in a dry run, a sentence each."""

    lines: tuple[str, ...]
    changed: bool


def import_outline(
    database: Database,
    directory: Directory,
    outline: Outline,
    *,
    now: datetime,
    reason: str | None = None,
    dry_run: bool = False,
    slack_team_id: str | None = None,
) -> ImportReport:
    """Brings the database in line with what the file says; what it does not name stays as it is.

    `reason` says why a cycle that has started is changed. From the first import on the database belongs to
    the Slack workspace `slack_team_id`. Raises ImportRefused with every mistake, OtherWorkspace,
    StorageUnavailable; then nothing was written.
    """
    resolved = resolve(directory, outline)
    because = (reason or "").strip() or None
    if dry_run:
        with database.reading() as connection:
            return _report(_compare(connection, outline, resolved, now, because))
    with database.transaction() as connection:
        plan = _compare(connection, outline, resolved, now, because)
        if slack_team_id is not None:
            workspace.belong_to(connection, slack_team_id)
        write(connection, plan, now)
    return _report(plan)


def _compare(
    connection: Connection, outline: Outline, resolved: Resolved, now: datetime, reason: str | None
) -> Plan:
    plan = begin(connection, outline, resolved, now=now, reason=reason)
    known = {team.name: team for team in teams.everything(connection)}
    for item in outline.teams:
        team = compare_team(connection, plan, item, known.get(item.name))
        plan.teams.append(compare_objectives(connection, plan, item, team))
    compare_links(connection, plan)
    if plan.troubles:
        raise ImportRefused(in_file_order(plan.troubles))
    return plan


def _report(plan: Plan) -> ImportReport:
    return ImportReport((*(plan.lines or [NOTHING]), *plan.notes), changed=bool(plan.lines))
