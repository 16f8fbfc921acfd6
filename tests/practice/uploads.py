"""Uploading in three steps, each of which a test can bend."""

from typing import Any

from tests.practice.conftest import TeeBee
from tests.practice.wire import request

PNG = b"\x89PNG\r\n\x1a\n\x00\xffprogress"
RAW = {"Content-Type": "image/png"}


def asked(teebee: TeeBee, content: bytes = PNG, name: str = "progress.png", **more: Any) -> tuple[str, str]:
    """The address to send this content to, and the file's id."""
    answer = teebee.web.api_call(
        "files.getUploadURLExternal", params={"filename": name, "length": len(content), **more}
    )
    return str(answer["upload_url"]), str(answer["file_id"])


def sent(teebee: TeeBee, content: bytes = PNG, name: str = "progress.png", **more: Any) -> str:
    """The id of a file whose content is there already."""
    url, file_id = asked(teebee, content, name, **more)
    assert request(url, content, **RAW) == (200, f"OK - {len(content)}")
    return file_id


def completed(teebee: TeeBee, *file_ids: str, **more: Any) -> Any:
    files = [{"id": file_id} for file_id in file_ids]
    return teebee.web.api_call("files.completeUploadExternal", json={"files": files, **more})
