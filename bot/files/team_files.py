"""A team's file and its history as they are sent: an OKR file in YAML, and a table."""

from bot.files.export import write_yaml
from bot.files.history_csv import write_history
from bot.services.files.team_files import TeamFiles


def write(files: TeamFiles) -> dict[str, bytes]:
    """The contents by the ending of the file's name."""
    # A spreadsheet takes a table for UTF-8 where it begins with a byte order mark.
    return {
        "yaml": write_yaml(files.outline).encode(),
        "csv": f"\ufeff{write_history(files.history)}".encode(),
    }
