"""What can go wrong on the command line without being our mistake, and how it is told: in words."""

from pathlib import Path

from bot.config import BadSettings
from bot.files.marked import BadFile
from bot.files.naming import BadNaming
from bot.okr.outline import Trouble
from bot.services.files.exporting import UnknownCycle
from bot.services.files.importing import ImportRefused
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.services.sending.troubles import shown_error
from bot.services.teams.named import UnknownTeam
from bot.storage.deliveries import Delivery
from bot.storage.engine import NoDatabase, StorageUnavailable
from bot.storage.migrations import NewerDatabase, OutdatedDatabase
from bot.storage.running import AlreadyRunning
from bot.storage.workspace import OtherWorkspace

WHAT_TO_DECIDE = (
    "`okra deliveries post-again NUMBER` posts one again, `it-is-there` says that it was posted, "
    "`leave` that it need not be."
)
EXPECTED = (
    BadSettings,
    BadFile,
    BadNaming,
    ImportRefused,
    UnknownCycle,
    UnknownTeam,
    NoDatabase,
    NewerDatabase,
    OutdatedDatabase,
    OtherWorkspace,
    AlreadyRunning,
    StorageUnavailable,
    NotSent,
    Refused,
    Unsure,
)


def in_words(problem: Exception) -> list[str]:
    """One of EXPECTED as lines for a person."""
    match problem:
        case BadSettings():
            return [*problem.problems, "Settings come from the environment or from a file .env here."]
        case UnknownTeam():
            return [
                f"There is no team “{problem.name}”. There are: {', '.join(problem.known) or 'none yet'}."
            ]
        case StorageUnavailable():
            return [f"The database cannot be used: {problem}"]
        case Refused():
            return [f"Slack refuses: {problem}", "`okra doctor` says more."]
        case NotSent() | Unsure():
            return [f"Slack could not be asked: {problem}"]
    return [str(problem)]


def about_file(path: Path, troubles: tuple[Trouble, ...]) -> list[str]:
    """Every mistake on a line of its own, with the file's name and the place."""
    return [_about_file(path, trouble) for trouble in troubles] + ["Nothing was imported."]


def _about_file(path: Path, trouble: Trouble) -> str:
    # A file that cannot be read at all is its own place.
    itself = trouble.place.line is None and trouble.place.path in {str(path), path.name}
    return f"{path}: {trouble.message}" if itself else f"{path}: {trouble}"


def delivery_lines(troubled: list[Delivery]) -> list[str]:
    """The messages in trouble as lines for whoever runs Okra, and what can be done about them."""
    if not troubled:
        return ["Nothing needs a decision: what is not posted yet will be, as long as it is wanted."]
    return [*(line for one in troubled for line in _about_delivery(one)), "", WHAT_TO_DECIDE]


def _about_delivery(one: Delivery) -> list[str]:
    if one.state == "failed":
        became = "could not be sent"
    elif one.unreadable:
        became = "may be there or not, and its history cannot be read: please look"
    else:
        became = "may be there or not: Okra looks for it by itself"
    due = one.due_at.isoformat(timespec="minutes")
    return [f"{one.id}  {one.key} to {one.address}, due {due}", f"    {became} ({shown_error(one.error)})"]
