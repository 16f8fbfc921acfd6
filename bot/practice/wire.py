"""Talks with the control interface of a practice Slack, and reads what comes back."""

import json
import threading
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from bot.practice.model import File, Message
from bot.practice.outcome import Outcome
from bot.practice.suggestions import Group, Suggestions

Json = dict[str, Any]
TIMEOUT_SECONDS = 90.0  # longer than anybody waits for the bot


class Wire:
    """Asks over HTTP; every thread may, each on a connection of its own while it lasts."""

    def __init__(self, control_url: str) -> None:
        place = urlsplit(control_url)
        self._netloc, self._root = place.netloc, place.path
        self._lock = threading.Lock()
        self._idle: list[HTTPConnection] = []

    def get(self, path: str, **query: Any) -> Json:
        return self._ask("GET", f"{path}?{urlencode(query)}", None)

    def post(self, path: str, arguments: Any) -> Any:
        return self._ask("POST", path, json.dumps(arguments))["result"]

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _ask(self, verb: str, path: str, body: str | None) -> Json:
        with self._lock:
            free = self._idle.pop() if self._idle else None
        connection = free or HTTPConnection(self._netloc, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(verb, self._root + path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            words = response.read().decode()
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)
        answer: Json = json.loads(words) if words.startswith("{") else {"error": words}
        if "error" in answer:
            raise LookupError(answer["error"])
        return answer


def read_message(fields: Json) -> Message:
    held = {
        "blocks": tuple(fields["blocks"]),
        "files": tuple(File(**file) for file in fields["files"]),
        "reactions": {name: tuple(users) for name, users in fields["reactions"].items()},
    }
    return Message(**{**fields, **held})


def read_outcome(fields: Json) -> Outcome:
    return Outcome(**{**fields, "messages": tuple(read_message(each) for each in fields["messages"])})


def read_suggestions(fields: Json) -> Suggestions:
    groups = tuple(Group(group["label"], tuple(group["options"])) for group in fields["groups"])
    return Suggestions(**{**fields, "groups": groups, "problems": tuple(fields["problems"])})


def given(**arguments: Any) -> Json:
    """The arguments that are not None."""
    return {name: value for name, value in arguments.items() if value is not None}


def read_result(answer: Json) -> Any:
    if "error" in answer:
        return LookupError(answer["error"])
    result = answer["result"]
    return read_outcome(result) if isinstance(result, dict) and "acked" in result else result
