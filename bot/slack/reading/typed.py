"""What a person typed, out of what Slack sends: its control sequences decoded to plain text."""

import html
import re
from collections.abc import Mapping
from types import MappingProxyType

NOBODY: Mapping[str, str] = MappingProxyType({})
_SEQUENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def plain(text: str, names: Mapping[str, str] = NOBODY) -> str:
    """`<@U1|Hannah>` becomes "@Hannah", `<http://a.b|a.b>` "a.b", `<!channel>` "@channel", `&amp;` "&".

    `names` are those of people by Slack id, for mentions that come without one: in messages all do.
    """
    return html.unescape(_SEQUENCE.sub(lambda match: _decoded(match, names), text))


def mentions(text: str) -> set[str]:
    """The Slack ids of everybody mentioned in a message."""
    return set(_MENTION.findall(text))


def mentioned(text: str) -> str | None:
    """The Slack id of the person a command's argument names, if it names one and nothing else."""
    match = _MENTION.fullmatch(text.strip())
    return match.group(1) if match else None


def beginning(text: str) -> tuple[str | None, str]:
    """The Slack id of the person a command's argument begins with, if it does, and what follows."""
    match = _MENTION.match(text.strip())
    return (match.group(1), text.strip()[match.end() :].strip()) if match else (None, text)


def _decoded(match: re.Match[str], names: Mapping[str, str]) -> str:
    target, label = match.group(1), match.group(2)
    if target.startswith("!"):
        return label or "@" + target[1:].split("^")[0]
    if target[:1] in {"@", "#"}:
        return target[0] + (label or names.get(target[1:]) or target[1:]).removeprefix(target[0])
    return label or target.removeprefix("mailto:")
