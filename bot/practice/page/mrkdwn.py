"""Slack's mrkdwn as HTML. Whatever people typed is escaped first; only our own tags come of it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from bot.practice.page.dates import formatted
from bot.practice.screen.mrkdwn import channel, person, sequences, unescape

_SEQUENCE: Final = r"<(?P<inside>[@#!][^<>\n]+|[a-z][a-z0-9+.-]*:[^<>\n]+)>"
_SPECIAL: Final = re.compile(
    rf"```\n?(?P<pre>.*?)\n?```|`(?P<code>[^`\n]+)`|{_SEQUENCE}", re.DOTALL | re.IGNORECASE
)
"""Code and `<…>`, whichever begins first: neither is looked for within the other."""
_PLAIN_LINK: Final = re.compile(r"https?://[^\s<>\x00]+[^\s<>\x00.,;:!?)\]]")
_BROADCAST: Final = re.compile(r"(?<![\w@])@(here|channel|everyone)(?!\w)")
_STYLES: Final = (("*", "b"), ("_", "i"), ("~", "s"))
_KEPT: Final = re.compile("\x00(\\d+)\x00")
_SAFE: Final = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


@dataclass(frozen=True)
class Reader:
    """Who reads: names of people and channels by id, the reader's own id and zone, and the time."""

    names: Mapping[str, str]
    me: str
    zone: ZoneInfo
    now: datetime

    def mention(self, user: str) -> Markup:
        kind = "mention me" if user == self.me else "mention"
        return Markup('<span class="{}">{}</span>').format(kind, person(user, self.names))

    def channel(self, place: str) -> Markup:
        return Markup('<span class="mention">{}</span>').format(channel(place, self.names))

    def moment(self, timestamp: int, pattern: str) -> str:
        return formatted(timestamp, pattern, self.zone, self.now)


def broadcast(words: str) -> Markup:
    return Markup('<span class="mention loud">@{}</span>').format(words)


def link(address: str, label: str) -> Markup:
    """A link that tells its target nothing; what is no web or mail address is only words."""
    if not _SAFE.match(address):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, label)


def html(text: str, reader: Reader, *, verbatim: bool = False) -> Markup:
    """mrkdwn as HTML; with `verbatim` plain addresses and @here stay words, as Slack leaves them."""
    kept: list[Markup] = []

    def keep(made: Markup) -> str:
        kept.append(made)
        return f"\x00{len(kept) - 1}\x00"

    text = text.replace("\x00", "")
    text = _SPECIAL.sub(lambda match: keep(_special(match, reader)), text)
    text = unescape(text)
    if not verbatim:
        text = _PLAIN_LINK.sub(lambda match: keep(link(match[0], match[0])), text)
        text = _BROADCAST.sub(lambda match: keep(broadcast(match[1])), text)
    made = _KEPT.sub(lambda match: str(kept[int(match[1])]), _quoted(_styled(str(escape(text)))))
    return Markup(made)  # noqa: S704 - escaped above, but for what we have made ourselves


def _special(match: re.Match[str], reader: Reader) -> Markup:
    if match["inside"] is not None:
        return _sequence(match["inside"], reader)
    around = Markup("<code>{}</code>") if match["pre"] is None else Markup("<pre>{}</pre>")
    code = match["code"] if match["pre"] is None else match["pre"]
    return around.format(sequences(code, reader.names))


def _styled(text: str) -> str:
    """*bold*, _italic_ and ~struck~ as tags, from the outside in; 2*3*4 and snake_case are none."""
    for sign, tag in _STYLES:
        mark = re.escape(sign)
        pattern = rf"(?<![\w{mark}]){mark}(?=\S)([^\n]*?)(?<=\S){mark}(?![\w{mark}])"
        text = re.sub(pattern, rf"<{tag}>\1</{tag}>", text)
    return text


def _quoted(text: str) -> str:
    """Lines that begin with ">" as a quotation, line breaks as such."""
    lines: list[str] = []
    for line in text.split("\n"):
        quote = re.match(r"&gt; ?(.*)", line)
        if quote is None:
            lines.append(line)
        elif lines and lines[-1].endswith("</blockquote>"):
            lines[-1] = lines[-1].removesuffix("</blockquote>") + f"<br>{quote[1]}</blockquote>"
        else:
            lines.append(f"<blockquote>{quote[1]}</blockquote>")
    return "<br>".join(lines).replace("</blockquote><br>", "</blockquote>")


def _sequence(inside: str, reader: Reader) -> Markup:
    target, _, label = inside.partition("|")
    label = unescape(label)
    kinds: dict[str, Callable[[], Markup]] = {
        "@": lambda: reader.mention(target[1:]),
        "#": lambda: reader.channel(target[1:]),
        "!": lambda: _command(target[1:], label, reader),
    }
    known = kinds.get(target[:1])
    return known() if known else link(unescape(target), label or unescape(target).removeprefix("mailto:"))


def _command(target: str, label: str, reader: Reader) -> Markup:
    kind, *parts = target.split("^")
    if kind == "date" and parts and re.fullmatch(r"\d{1,11}", parts[0]):
        pattern = parts[1] if len(parts) > 1 else "{date} {time}"
        return escape(reader.moment(int(parts[0]), unescape(pattern)))
    if kind == "subteam" and parts:
        return Markup('<span class="mention">{}</span>').format(label or f"@{parts[0]}")
    return escape(label) if kind == "date" else broadcast(label.removeprefix("@") or kind)
