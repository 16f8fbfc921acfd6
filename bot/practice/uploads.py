"""Files on their way into the workspace: asked for, then sent to an address of their own, then completed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.practice.errors import SlackError
from bot.practice.ids import Ids
from bot.practice.model import File

UPLOAD_SECONDS = 600.0  # Slack does not say how long an address is good for
TEXT = ("text/plain", "text")
OTHER = ("application/octet-stream", "binary")
TYPES = {
    "png": ("image/png", "png"),
    "jpg": ("image/jpeg", "jpg"),
    "jpeg": ("image/jpeg", "jpg"),
    "gif": ("image/gif", "gif"),
    "svg": ("image/svg+xml", "svg"),
    "pdf": ("application/pdf", "pdf"),
    "csv": ("text/csv", "csv"),
    "json": ("text/plain", "json"),
    "yaml": ("text/plain", "yaml"),
    "yml": ("text/plain", "yaml"),
    "txt": TEXT,
}


def types_of(name: str) -> tuple[str, str]:
    """The MIME type and Slack's own name for the type of a file called this."""
    return TYPES.get(name.rpartition(".")[2].lower(), OTHER)


@dataclass
class Upload:
    """A file with its promised `size`; its content is empty until it was sent."""

    file: File
    made: float
    sent: bool = False


class Uploads:
    """Gives out addresses to send files to, one use each. `timer` gives seconds that only grow."""

    def __init__(self, ids: Ids, timer: Callable[[], float]) -> None:
        self._ids = ids
        self._timer = timer
        self._by_key: dict[str, Upload] = {}
        self._by_file: dict[str, Upload] = {}

    def new(self, file: File) -> str:
        """The key of an address for this file."""
        key = self._ids.new("", 24)
        self._by_key[key] = self._by_file[file.id] = Upload(file, self._timer())
        return key

    def receive(self, key: str, content: bytes) -> None:
        """Takes the content; SlackError if the address is unknown, used or old, or the length is wrong."""
        upload = self._by_key.get(key)
        if upload is None:
            raise SlackError("invalid_url")
        if upload.sent:
            raise SlackError("used_url")
        if self._timer() - upload.made > UPLOAD_SECONDS:
            raise SlackError("expired_url")
        if len(content) != upload.file.size:
            raise SlackError("wrong_length")
        upload.file, upload.sent = replace(upload.file, content=content), True

    def sent(self, file_id: str) -> File:
        """The file, sent and not yet completed; SlackError `file_not_found` if there is none."""
        upload = self._by_file.get(file_id)
        if upload is None or not upload.sent:
            raise SlackError("file_not_found")
        return upload.file

    def complete(self, files: Iterable[File]) -> None:
        """These have arrived: completing them again finds nothing."""
        for file in files:
            del self._by_file[file.id]
