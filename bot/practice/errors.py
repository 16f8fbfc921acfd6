"""How the Web API says no."""

from collections.abc import Iterable
from typing import Any

from bot.practice.limits import Problem


class SlackError(Exception):
    """A refused call: `code` is Slack's name for it, `details` join the answer's body."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    def body(self) -> dict[str, Any]:
        return {"ok": False, "error": self.code, **self.details}


def invalid_arguments(*messages: str) -> SlackError:
    return SlackError(
        "invalid_arguments", response_metadata={"messages": [f"[ERROR] {message}" for message in messages]}
    )


def refused(code: str, problems: Iterable[Problem]) -> SlackError:
    """The error for blocks or views that break a limit; each message names the place as a JSON pointer."""
    plain = [str(problem) for problem in problems]
    return SlackError(
        code, errors=plain, response_metadata={"messages": [f"[ERROR] {message}" for message in plain]}
    )
