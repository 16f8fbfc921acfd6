"""How far an import has come is shown on a terminal, and nowhere else."""

import io

from rich.console import Console

from bot.services.files.progressing import Stage, unwatched
from bot.watching import watched


def test_a_terminal_shows_each_stage_and_how_many_of_how_many() -> None:
    text = io.StringIO()
    with watched(Console(file=text, force_terminal=True, width=100)) as progress:
        progress(Stage.COMPARING, 1, 4)
        progress(Stage.COMPARING, 3, 4)
        progress(Stage.WRITING, 4, 4)
    said = text.getvalue()
    assert "Comparing" in said
    assert "3/4" in said
    assert "Writing" in said


def test_elsewhere_nothing_is_said() -> None:
    text = io.StringIO()
    with watched(Console(file=text, force_terminal=False)) as progress:
        progress(Stage.ASKING, 1, 1)
    assert progress is unwatched
    assert not text.getvalue()
