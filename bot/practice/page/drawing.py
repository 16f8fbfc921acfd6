"""From a scene to HTML, by the templates. Everything is escaped but what this package has made itself."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from bot.practice.forms import options_of
from bot.practice.page import mrkdwn, rich_text
from bot.practice.page.mrkdwn import Reader
from bot.practice.page.scene import HOME, MESSAGES, Scene
from bot.practice.picks import KINDS, offered
from bot.practice.screen.elements import chosen, untouched
from bot.practice.screen.elements import said as words
from bot.practice.screen.emoji import emoji
from bot.practice.screen.mrkdwn import from_markdown, sequences
from bot.practice.suggestions import SEARCHED, shortest_query

REGIONS: Final = ("doors", "clock", "head", "lines", "thread", "view", "home", "calls")
"""What is brought up to date live, each a template of its own and an element of the page."""
REACTIONS: Final = ("+1", "heart", "tada", "eyes", "white_check_mark")
"""What can be reacted with in one tap."""
STATIC: Final = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "search.js": "text/javascript",
}
"""Files served as they are, and their types."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.practice.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(HOME=HOME, MESSAGES=MESSAGES, REACTIONS=REACTIONS)
    environment.globals.update(options_of=options_of, offered=_offered, shortest_query=shortest_query)
    environment.globals.update(SEARCHED=SEARCHED)
    environment.filters.update(
        said=_said,
        rich=rich_text.html,
        markdown=_markdown,
        emoji=emoji,
        held=_held,
        keys=_keys,
        localtime=_localtime,
        confirm=_confirm,
        typed=_typed,
        path=_path,
    )
    return environment


def static(name: str) -> bytes:
    """One of `STATIC`."""
    return (files("bot.practice.page") / "static" / name).read_bytes()


def document(scene: Scene) -> str:
    """The whole page."""
    return _templates().get_template("page.html").render(scene=scene, regions=regions(scene))


def regions(scene: Scene) -> dict[str, Markup]:
    """The parts that change, by name."""
    return {
        name: Markup(_templates().get_template(f"{name}.html").render(scene=scene).strip())  # noqa: S704 - made by our templates, which escape
        for name in REGIONS
    }


def _said(text: Any, reader: Reader) -> Markup:
    """A text object as HTML; plain_text to the letter."""
    if not isinstance(text, Mapping):
        return Markup()
    words = str(text.get("text", ""))
    if text.get("type") == "mrkdwn":
        return mrkdwn.html(words, reader, verbatim=text.get("verbatim") is True)
    return Markup("<br>").join(words.split("\n"))


def _markdown(text: str, reader: Reader) -> Markup:
    """Standard Markdown, as far as words go."""
    return Markup("<br>").join(from_markdown(text, reader.names).split("\n"))


def _held(element: Mapping[str, Any], values: Mapping[str, Any], block_id: str) -> list[Any]:
    """What is typed or chosen in an element now: texts, ids, or options."""
    return chosen(element, untouched(values, block_id, element.get("action_id")))


def _keys(held: list[Any]) -> list[Any]:
    """The same with each option by its value, for comparing."""
    return [one.get("value") if isinstance(one, Mapping) else one for one in held]


def _offered(element: Mapping[str, Any], now: list[Any], scene: Scene) -> list[dict[str, Any]]:
    """What a menu offers, each with its group's label, words and whether it is chosen; last what is chosen
    though it is not offered."""
    if element["type"] in KINDS:
        picks = offered(dict(element), scene.me, scene.everybody, scene.places)
        found = [("", pick.id, pick.name, "") for pick in picks]
        known = {pick.id for pick in picks}
        names = scene.reader.names
        found += [("", one, str(names.get(one, one)), "") for one in now if one not in known]
    else:
        groups = element.get("option_groups") or [{"options": element.get("options", [])}]
        found = [
            (
                words(group.get("label"), {}),
                option["value"],
                words(option["text"], scene.reader.names),
                words(option.get("description"), scene.reader.names),
            )
            for group in groups
            for option in group["options"]
        ]
    keys = ("group", "id", "name", "about")
    return [dict(zip(keys, one, strict=True)) | {"chosen": one[1] in now} for one in found]


def _confirm(asked: Mapping[str, Any], reader: Reader) -> dict[str, str]:
    """What is asked before something is sent, in words; `style` is that of the button that goes on."""
    said = {key: words(asked[key], reader.names) for key in ("title", "text", "confirm", "deny")}
    return said | {"style": str(asked.get("style", "primary"))}


def _localtime(timestamp: int, reader: Reader) -> str:
    """As the browser's field for a date and a time wants it, in the reader's zone."""
    return f"{datetime.fromtimestamp(timestamp, UTC).astimezone(reader.zone):%Y-%m-%dT%H:%M}"


def _typed(text: str, reader: Reader) -> str:
    """A message as its author would type it again."""
    return sequences(text, reader.names)


def _path(scene: Scene, **changes: Any) -> str:
    """The address of another place, thread or panel; all else as it is on this screen."""
    at = replace(scene.at, **changes)
    beside = {"thread": at.thread, "calls": at.calls}
    query = urlencode({key: value for key, value in beside.items() if value})
    return f"/as/{quote(at.user)}/{quote(at.place)}" + (f"?{query}" if query else "")
