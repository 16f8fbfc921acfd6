"""What the commands of the command line do, apart from running, looking and showing."""

from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from bot.app import Okra
from bot.config import Settings, SlackSettings
from bot.files.csv_export import write_csv
from bot.files.export import write_yaml
from bot.files.history_csv import write_history
from bot.files.marked import BadFile
from bot.files.naming import Naming
from bot.files.okr_file import read_okr_file
from bot.okr.outline import Outline
from bot.services.files.export_history import export_history
from bot.services.files.exporting import export_outline
from bot.services.files.importing import ImportReport, import_outline
from bot.services.files.progressing import Progress
from bot.services.files.resolving import all_mistakes
from bot.services.people import Directory
from bot.services.sending import troubles
from bot.services.sending.troubles import Decision
from bot.slack.client import web_client
from bot.slack.people import SlackDirectory
from bot.slack.probe import Probe
from bot.storage import workspace
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, NoDatabase, in_memory, open_database, open_existing
from bot.storage.migrations import Revision, require_current, revision, upgrade


def tick(settings: SlackSettings, at: datetime) -> list[str]:
    """One heartbeat as of `at`; says what it did, a line each."""
    with closing(Okra(settings, clock=lambda: at)) as okra:
        okra.identify()
        return okra.tick(at)


def import_file(
    settings: SlackSettings,
    path: Path,
    naming: Naming,
    *,
    now: datetime,
    reason: str | None,
    dry_run: bool,
    progress: Progress,
) -> ImportReport:
    """Takes over an OKR file; a dry run only says what that would change, and writes nothing anywhere.
    `naming` says what the columns of a table are called."""
    directory = SlackDirectory(web_client(settings.slack_bot_token, settings.slack_api_url))
    outline = _read(path, naming, directory)
    slack_team_id = Probe(settings.slack_bot_token, settings.slack_api_url).token().team_id
    with closing(_to_look_at(settings) if dry_run else _to_write(settings)) as database:
        # Before Slack is asked for people: it would know none of another workspace's.
        with database.reading() as connection:
            workspace.require_same(connection, slack_team_id)
        return import_outline(
            database,
            directory,
            outline,
            now=now,
            reason=reason,
            dry_run=dry_run,
            slack_team_id=slack_team_id,
            progress=progress,
        )


def _read(path: Path, naming: Naming, directory: Directory) -> Outline:
    """Raises BadFile with the file's own mistakes and those that only Slack knows of."""
    try:
        return read_okr_file(path, naming)
    except BadFile as bad:
        if bad.outline is None:
            raise
        raise BadFile(all_mistakes(directory, bad.outline, bad.troubles), bad.outline) from None


def export_file(settings: Settings, on: date, *, cycle: str | None, everything: bool, as_table: bool) -> str:
    """An OKR file in YAML or CSV: of the cycle of that name, of all, or of those that run on that day. Raises
    UnknownCycle."""
    with closing(open_existing(settings.database)) as database:
        require_current(database)
        outline = export_outline(database, on=on, cycle=cycle, everything=everything)
    return write_csv(outline) if as_table else write_yaml(outline)


def export_updates(settings: Settings, team: str | None) -> str:
    """What was said of key results, as CSV. Raises UnknownTeam."""
    with closing(open_existing(settings.database)) as database:
        require_current(database)
        return write_history(export_history(database, team))


def troubled(settings: Settings) -> list[Delivery]:
    """The messages that failed, or of which nobody knows yet whether they were posted."""
    with closing(open_existing(settings.database)) as database:
        require_current(database)
        return troubles.everything(database)


def decide(settings: Settings, delivery_id: int, decision: Decision, now: datetime) -> bool:
    """False if there is nothing to decide about that message."""
    with closing(open_existing(settings.database)) as database:
        require_current(database)
        return troubles.decide(database, delivery_id, decision, now)


def upgrade_database(settings: Settings) -> Revision:
    with closing(open_database(settings.database)) as database:
        return upgrade(database)


def _to_write(settings: Settings) -> Database:
    database = open_database(settings.database)
    try:
        upgrade(database)
    except BaseException:
        database.close()
        raise
    return database


def _to_look_at(settings: Settings) -> Database:
    """The database as it is; where there is none yet, what a new one would be."""
    try:
        database = open_existing(settings.database)
    except NoDatabase:
        return _new_in_memory()
    try:
        if revision(database).current is not None:
            require_current(database)
            return database
    except BaseException:
        database.close()
        raise
    database.close()
    return _new_in_memory()


def _new_in_memory() -> Database:
    database = in_memory()
    upgrade(database)
    return database
