"""`/okr changes`: what was changed in a team's OKRs, the newest first, a page at a time."""

from typing import Any, Final

from bot.okr.model import Change
from bot.services.okrs.changes import ChangesView
from bot.slack import ids, phrases
from bot.slack.blocks.compose import Button, buttons, message, room, weight
from bot.slack.blocks.digest.lines import changed_words
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name, note
from bot.slack.texts import writing

WORDS_MOST: Final = 160
TITLE_MOST: Final = 100
REASON_MOST: Final = 300


def changes(view: ChangesView, start: int = 0) -> Message:
    """From the change at `start`, as many as one message takes."""
    if not view.changes:
        return message([[line(writing.NO_CHANGES.format(team=person(view.team)))]])
    heading = writing.CHANGES_TITLE.format(team=person(view.team))
    start = min(start, len(view.changes) - 1)
    lines: list[Line] = []
    left = room([heading])
    for one in view.changes[start:]:
        said = _line(one)
        left -= weight([said])
        if left < 0:
            break
        lines.append(said)
    end = start + len(lines)
    return message([heading, lines, *_buttons(view, start, end)])


def _buttons(view: ChangesView, start: int, end: int) -> list[dict[str, Any]]:
    older = Button(writing.OLDER, ids.OKR_CHANGES, ids.changes_value(view.team_id, end))
    newest = Button(writing.NEWEST, f"{ids.OKR_CHANGES}:0", ids.changes_value(view.team_id, 0))
    row = [*([older] if end < len(view.changes) else []), *([newest] if start else [])]
    return [buttons(*row)] if row else []


def _line(one: Change) -> Line:
    """ "Friday 20 November, Hannah · Customers who renew: target 70 % → 75 %. Why: the market has moved"."""
    who = f", {person(one.by_name)}" if one.by_name else ""
    what = changed_words(name(one.field, 60), name(one.before, WORDS_MOST), name(one.after, WORDS_MOST))
    because = f". {writing.WHY_IT_CHANGED} {note(one.reason, REASON_MOST)}" if one.reason else ""
    return line(
        f"{phrases.day(one.at.date())}{who} · ", bold(name(one.subject, TITLE_MOST)), f": {what}{because}"
    )
