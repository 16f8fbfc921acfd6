"""Importing an OKR file: resolve whom it means, compare it with what is kept, write what differs.

Slack is asked before the transaction begins. Comparing and writing are one transaction; a dry run only
compares. Importing the same file again changes nothing, and no import ever loses an update.
"""

from dataclasses import dataclass, field
from datetime import datetime

from bot.okr.outline import Outline, Trouble
from bot.services.files.import_links import compare_links
from bot.services.files.import_okrs import compare_objectives
from bot.services.files.import_plan import Plan, begin
from bot.services.files.import_summary import summary
from bot.services.files.import_teams import compare_team
from bot.services.files.import_writing import write
from bot.services.files.progressing import Progress, Stage, unwatched
from bot.services.files.resolving import in_file_order, resolve
from bot.services.people import Directory
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
    summary: str = field(default="", compare=False)
    """All of it in numbers."""


def import_outline(
    database: Database,
    directory: Directory,
    outline: Outline,
    *,
    now: datetime,
    reason: str | None = None,
    dry_run: bool = False,
    slack_team_id: str | None = None,
    progress: Progress = unwatched,
) -> ImportReport:
    """Brings the database in line with what the file says; what it does not name stays as it is.

    `reason` says why a cycle that has started is changed. From the first import on the database belongs to
    the Slack workspace `slack_team_id`. Raises ImportRefused with every mistake, OtherWorkspace,
    StorageUnavailable; then nothing was written.
    """
    resolved = resolve(directory, outline, progress)
    because = (reason or "").strip() or None
    if dry_run:
        with database.reading() as connection:
            plan = begin(connection, outline, resolved, now=now, reason=because)
            _compare(connection, plan, progress)
        return _report(plan)
    with database.transaction() as connection:
        workspace.hold(connection)
        teams.hold(connection, *(one.id for one in teams.everything(connection)))
        plan = begin(connection, outline, resolved, now=now, reason=because)
        _compare(connection, plan, progress)
        if slack_team_id is not None:
            workspace.belong_to(connection, slack_team_id)
        write(connection, plan, now, progress)
    return _report(plan)


def _compare(connection: Connection, plan: Plan, progress: Progress) -> None:
    known = {team.name: team for team in teams.everything(connection)}
    for done, item in enumerate(plan.outline.teams, 1):
        team = compare_team(connection, plan, item, known.get(item.name))
        plan.teams.append(compare_objectives(connection, plan, item, team))
        progress(Stage.COMPARING, done, len(plan.outline.teams))
    compare_links(connection, plan)
    if plan.troubles:
        raise ImportRefused(in_file_order(plan.troubles))


def _report(plan: Plan) -> ImportReport:
    lines = (*(plan.lines or [NOTHING]), *plan.notes)
    return ImportReport(lines, changed=bool(plan.lines), summary=summary(plan))
