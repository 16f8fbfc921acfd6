"""The command line: `okra …`. Every command is a few lines; the work is done elsewhere."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from rich.console import Console
from typer.core import TyperGroup

from bot import __version__, commands, logs, pulse, running
from bot.app import utc_now
from bot.config import RunSettings, S, Settings, SlackSettings, load
from bot.doctor.examination import examine
from bot.doctor.report import show
from bot.files.marked import BadFile
from bot.files.naming import naming_from
from bot.files.okr_file import guessed_columns
from bot.okr.model import LARGEST_ID
from bot.problems import EXPECTED, about_file, delivery_lines, in_words
from bot.services.files.importing import ImportRefused
from bot.services.sending.troubles import Decision
from bot.slack.manifest import manifest as app_manifest
from bot.watching import watched


class _InWords(TyperGroup):
    """Tells expected problems in words on stderr, with exit code 1; tracebacks are for our mistakes."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except EXPECTED as problem:
            _complain(in_words(problem))


app = typer.Typer(
    cls=_InWords,
    help="Weekly OKR check-ins in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
database_commands = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(database_commands, name="db")
delivery_commands = typer.Typer(
    help="Messages that failed, or of which nobody knows whether they were posted.",
    invoke_without_command=True,
)
app.add_typer(delivery_commands, name="deliveries")


def main() -> None:
    """The console script `okra`."""
    app()


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"okra {__version__}")
        raise typer.Exit


@app.callback()
def _okra(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Weekly OKR check-ins in Slack."""


@app.command()
def run() -> None:
    """Run the bot until it is told to stop (SIGTERM, Ctrl+C)."""
    running.run(_settings(RunSettings, quiet=False))


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is no moment; write it like 2026-11-20T10:00:00+08:00") from None
    if moment.tzinfo is None:
        raise typer.BadParameter(
            f"“{text}” does not say in which time zone; add the offset, as in 2026-11-20T10:00:00+08:00"
        )
    return moment


@app.command()
def tick(
    at: Annotated[
        datetime | None,
        typer.Option(parser=_moment, metavar="MOMENT", help="As of then, such as 2026-11-20T10:00:00+08:00."),
    ] = None,
) -> None:
    """Do once whatever is due now, or was at a given moment, sending included."""
    done = commands.tick(_settings(SlackSettings), at or utc_now())
    for line in done or ["Nothing was due."]:
        typer.echo(line)


@app.command("import")
def import_(
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OKR file, YAML or CSV.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    reason: Annotated[str | None, typer.Option(help="Why the OKRs of a running cycle change.")] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="HEADING=COLUMN", help="What a table's column is; - leaves it out."),
    ] = None,
    fixed: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="COLUMN=VALUE", help="What holds for all rows of a table."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The same in YAML: columns: and values:.")
    ] = None,
) -> None:
    """Take over the OKRs of a file."""
    settings = _settings(SlackSettings)
    try:
        naming = naming_from(mapped or (), fixed or (), mapping)
        for line in guessed_columns(file, naming):
            typer.echo(line)
        with watched(Console(stderr=True)) as progress:
            report = commands.import_file(
                settings,
                file,
                naming,
                now=utc_now(),
                reason=reason,
                dry_run=dry_run,
                progress=progress,
            )
    except (BadFile, ImportRefused) as problem:
        _complain(about_file(file, problem.troubles))
    for line in (*report.lines, *((report.summary,) if report.changed and report.summary else ())):
        typer.echo(line)
    if dry_run:
        typer.echo("This was a dry run: nothing was written.")


@app.command()
def export(
    *,
    output: Annotated[Path | None, typer.Option(help="Where to; otherwise it is printed.")] = None,
    cycle: Annotated[str | None, typer.Option(help="The cycle of that name instead.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All cycles, past ones and drafts.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="As a table with a row a key result.")] = False,
    history: Annotated[
        bool, typer.Option("--history", help="What was said of key results instead, as a table.")
    ] = False,
    team: Annotated[str | None, typer.Option(help="With --history: only of that team.")] = None,
) -> None:
    """Write the OKRs of the running cycles as an OKR file, which `okra import` takes again."""
    if history and (cycle or everything or csv):
        raise typer.BadParameter("--history is a table of all cycles; leave --cycle, --all and --csv out")
    if cycle and everything:
        raise typer.BadParameter("--cycle names one, --all takes every one; leave one of the two out")
    if team and not history:
        raise typer.BadParameter("--team goes with --history; OKR files hold all teams")
    settings = _settings(Settings)
    if history:
        text = commands.export_updates(settings, team)
    else:
        on = utc_now().date()
        text = commands.export_file(settings, on, cycle=cycle, everything=everything, as_table=csv)
    if output is None:
        typer.echo(text.encode(), nl=False)  # bytes: the rows of a table end with CR and LF everywhere
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        _complain([f"{output} cannot be written: {error.strerror}"])


@app.command()
def doctor() -> None:
    """Look whether everything is as it has to be; changes nothing."""
    logs.set_up(quiet=True)
    if not show(examine(utc_now), Console(highlight=False)):
        raise typer.Exit(1)


@app.command()
def manifest() -> None:
    """Print the manifest to make the Slack app from."""
    typer.echo(yaml.safe_dump(app_manifest(), sort_keys=False, allow_unicode=True, width=1000), nl=False)


@app.command()
def healthy() -> None:
    """Say whether `okra run` is alive, by exit code: for a container's health check."""
    settings = _settings(Settings)
    if not pulse.is_beating(settings.okra_data_dir, settings.okra_heartbeat_seconds):
        _complain(["`okra run` has left no heartbeat lately."])


@app.command()
def demo(
    play: Annotated[bool, typer.Option("--play", help="Play it and end.")] = False,
    record: Annotated[
        Path | None,
        typer.Option(help="Write there what crosses between the bot and Slack (after a reset: FILE-2)."),
    ] = None,
) -> None:
    """Play two weeks in a practice Slack: no network, no accounts."""
    from bot.demo.play import main as play_demo  # noqa: PLC0415 - the practice Slack is nothing to the rest

    raise typer.Exit(play_demo(play, record))


@database_commands.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to the revision that this version needs."""
    revision = commands.upgrade_database(_settings(Settings))
    typer.echo(f"The database is at revision {revision.current}.")


@delivery_commands.callback()
def deliveries(context: typer.Context) -> None:
    """List the messages that failed, or of which nobody knows whether they were posted."""
    if context.invoked_subcommand is not None:
        return
    for line in delivery_lines(commands.troubled(_settings(Settings))):
        typer.echo(line)


Number = Annotated[int, typer.Argument(metavar="NUMBER", min=1, max=LARGEST_ID, help="As the list has it.")]


@delivery_commands.command("post-again")
def post_again(number: Number) -> None:
    """Post it once more; `okra run` does so when its heart beats next."""
    _decide(number, Decision.POST_AGAIN, "It will be posted again, if it is still wanted.")


@delivery_commands.command("it-is-there")
def it_is_there(number: Number) -> None:
    """Say that it was posted; Okra leaves it as it is: no update and no further page of it follows."""
    _decide(number, Decision.IT_IS_THERE, "It counts as posted.")


@delivery_commands.command("leave")
def leave(number: Number) -> None:
    """Say that it need not be posted any more."""
    _decide(number, Decision.LEAVE, "It will not be posted.")


def _decide(number: int, decision: Decision, done: str) -> None:
    if not commands.decide(_settings(Settings), number, decision, utc_now()):
        _complain([f"There is nothing to decide about {number}. `okra deliveries` lists what there is."])
    typer.echo(done)


def _settings(kind: type[S], *, quiet: bool = True) -> S:
    """Reads the settings, and sets up the log by them."""
    settings = load(kind)
    logs.set_up(settings.okra_log_format, secrets=settings.secrets, quiet=quiet)
    return settings


def _complain(lines: list[str]) -> None:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(1)
