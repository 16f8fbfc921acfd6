"""The Slack calls behind what is on the screen: what has crossed between the bot and Slack, for people."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from bot.practice.recorder import Recorder

Json = dict[str, Any]
MOST = 40
LOOKED_BACK = 2000
"""So many of the newest crossings are searched."""
NESTED = ("blocks", "view", "metadata", "files")
"""Arguments that may be JSON within JSON: shown as what they are."""


@dataclass(frozen=True)
class Crossing:
    """One call of the bot's, or something that Slack told it."""

    number: int
    outgoing: bool
    at: datetime
    what: str
    about: str
    """One line of what matters in it."""
    outcome: str
    good: bool
    payload: str
    response: str


def crossings(recorder: Recorder, ids: frozenset[str] | None) -> Sequence[Crossing]:
    """The newest first; only those that have to do with one of these ids (of people and channels)."""
    numbered = recorder.newest(LOOKED_BACK)
    wanted = (
        (number, record) for number, record in reversed(numbered) if ids is None or _names_one(record, ids)
    )
    return [_crossing(number, record) for number, record in islice(wanted, MOST)]


def _names_one(record: Mapping[str, Any], ids: frozenset[str]) -> bool:
    """Whether it is about a channel or a person: by its own fields, not by what is said in it."""
    payload, response = record["payload"], record["response"] or {}
    event = payload.get("event") or {}
    places = [
        *(payload.get(key) for key in ("channel", "channel_id", "user", "user_id", "users")),
        *(event.get(key) for key in ("channel", "user")),
        response.get("channel") if isinstance(response, Mapping) else None,
    ]
    view = response.get("view") if isinstance(response, Mapping) else None
    found = {place.get("id") if isinstance(place, Mapping) else place for place in places}
    if isinstance(view, Mapping) and isinstance(view.get("user"), str):
        found.add(view["user"])
    return any(one in ids for one in found if isinstance(one, str))


def _crossing(number: int, record: Json) -> Crossing:
    response = record["response"]
    outgoing = record["direction"] == "to_slack"
    outcome, good = _outcome(record, outgoing=outgoing)
    return Crossing(
        number=number,
        outgoing=outgoing,
        at=datetime.fromisoformat(record["at"]),
        what=record["method"] if outgoing else _told(record),
        about=_about(record["payload"]),
        outcome=outcome,
        good=good,
        payload=_pretty(record["payload"]),
        response="" if response is None else _pretty(response),
    )


def _told(record: Json) -> str:
    payload = record["payload"]
    event = payload.get("event") or {}
    kind = event.get("subtype") or event.get("type") or payload.get("type") or payload.get("command")
    return str(kind or record.get("type"))


def _outcome(record: Json, *, outgoing: bool) -> tuple[str, bool]:
    response = record["response"]
    if "lost" in record:
        return "answer lost", False
    if record.get("acked") is False:
        return "not acknowledged", False
    if response is None and "acked" not in record:
        return "under way", True
    if outgoing and isinstance(response, Mapping) and response.get("ok") is False:
        return str(response.get("error", "failed")), False
    return "ok" if outgoing else "acknowledged", True


def _about(payload: Json) -> str:
    """The words of a message, the action that was tapped, or the command's text."""
    actions = payload.get("actions") or []
    if actions:
        return str(actions[0].get("action_id", ""))
    event = payload.get("event") or {}
    view = payload.get("view")
    title = view.get("title", {}).get("text", "") if isinstance(view, Mapping) else ""
    words = payload.get("text") or event.get("text") or title or ""
    return str(words).strip().split("\n")[0]


def _pretty(value: Any) -> str:
    if isinstance(value, Mapping):
        value = {key: _read(key, item) for key, item in value.items()}
    return json.dumps(value, ensure_ascii=False, indent=2)


def _read(key: str, value: Any) -> Any:
    if key not in NESTED or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
