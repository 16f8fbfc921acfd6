"""What a person typed, out of what Slack sends: its control sequences decoded to plain text."""

import html
import re

_SEQUENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


def plain(text: str) -> str:
    """`<@U1|Hannah>` becomes "@Hannah", `<http://a.b|a.b>` "a.b", `<!channel>` "@channel", `&amp;` "&"."""
    return html.unescape(_SEQUENCE.sub(_decoded, text))


def mentioned(text: str) -> str | None:
    """The Slack id of the person a command's argument names, if it names one and nothing else."""
    match = _MENTION.fullmatch(text.strip())
    return match.group(1) if match else None


def _decoded(match: re.Match[str]) -> str:
    target, label = match.group(1), match.group(2)
    if target.startswith("!"):
        return label or "@" + target[1:].split("^")[0]
    if target[:1] in {"@", "#"}:
        return target[0] + (label or target[1:]).removeprefix(target[0])
    return label or target.removeprefix("mailto:")
