"""Shows on a terminal how far an import has come, where that takes a while; elsewhere nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from bot.services.files.progressing import Progress, Stage, unwatched


@contextmanager
def watched(console: Console) -> Iterator[Progress]:
    """A bar for each stage, gone in the end."""
    if not console.is_terminal:
        yield unwatched
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=console, transient=True) as bars:
        reading = bars.add_task("Reading", total=None)
        tasks = {}

        def tell(stage: Stage, done: int, of: int) -> None:
            bars.update(reading, visible=False)
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage.capitalize(), total=of)
            bars.update(tasks[stage], completed=done)

        yield tell
