"""Everything that the bot has ever shown to somebody: messages, answers, forms, Home, options, files."""

import json
from collections.abc import Iterator
from typing import Any

from bot.practice import Actor
from bot.practice.suggestions import SEARCHED
from tests.slack.friday import Friday

EVERYBODY = "everybody"
"""Who reads what is said in a channel."""
Shown = tuple[str, str]
"""Who has seen it, by Slack id, and all of it as JSON."""


def _plain(what: object) -> str:
    return json.dumps(what, ensure_ascii=False, default=str)


class Watch:
    """Keeps what people see on their screens, for answers that later ones replace are recorded nowhere."""

    def __init__(self, friday: Friday) -> None:
        self._friday = friday
        self._looks: list[Shown] = []

    def look(self, actor: Actor) -> None:
        """All that the person sees now, and what menus that are searched by typing offer them."""
        self._friday.slack.settle()
        channels = [None, *(one for one in _channels(self._friday) if _is_member(self._friday, actor, one))]
        messages = [one for channel in channels for one in actor.messages(channel)]
        from_bot = [one for one in messages if one.from_bot]
        for one in from_bot:
            files = [(file.name, file.title, file.alt_txt) for file in one.files]
            self._looks.append((actor.id, _plain([one.text, one.blocks, files])))
        self._looks.append((actor.id, _plain([actor.view(), actor.home()])))

    def search(self, actor: Actor, *typed: str) -> None:
        """Types into every menu of the form that is open."""
        for block in (actor.view() or {}).get("blocks", ()):
            element = block.get("element", {})
            for words in typed if element.get("type") in SEARCHED else ():
                found = actor.suggest(block["block_id"], words)
                self._looks.append((actor.id, _plain(found.options)))

    def shown(self) -> list[Shown]:
        return [*self._looks, *_recorded(self._friday)]


def _channels(friday: Friday) -> list[str]:
    with friday.slack.world.looking() as world:
        return [one.id for one in world.workspace.channels.values() if one.id[0] == "C"]


def _is_member(friday: Friday, actor: Actor, channel: str) -> bool:
    with friday.slack.world.looking() as world:
        return actor.id in world.workspace.channels[channel].members


def _recorded(friday: Friday) -> Iterator[Shown]:
    """What has crossed to Slack, by who saw it there."""
    places = {channel: person for person, channel in friday.slack.direct_messages().items()}
    triggers: dict[str, str] = {}
    views: dict[str, str] = {}
    for record in friday.slack.records:
        payload = record.get("payload") or {}
        if record["direction"] == "to_bot":
            who = _who(payload)
            triggers[str(payload.get("trigger_id"))] = who
            yield who, _plain(record.get("response"))
            continue
        method = str(record.get("method", ""))
        if method.startswith("views."):
            who = str(payload.get("user_id") or triggers.get(str(payload.get("trigger_id")), ""))
            who = who or views.get(str(payload.get("view_id")), "")
            views[str(((record.get("response") or {}).get("view") or {}).get("id"))] = who
            yield who, _plain(payload)
        elif method.startswith(("chat.", "files.")):
            channel = str(payload.get("channel") or payload.get("channel_id") or "")
            yield places.get(channel, channel if channel[:1] in {"U", ""} else EVERYBODY), _plain(payload)


def _who(payload: dict[str, Any]) -> str:
    user = payload.get("user") or payload.get("user_id") or (payload.get("event") or {}).get("user") or ""
    return str(user["id"] if isinstance(user, dict) else user)
