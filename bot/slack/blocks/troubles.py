"""To a lead: messages of their round that somebody has to decide about, each with its buttons."""

from typing import Final

from bot.services.sending import asks
from bot.services.sending.troubles import Decision, Trouble, TroublesView, choices
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import Button, Part, buttons, message
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, Run, line, name, note

TROUBLES_MOST: Final = 8
TEAM_MOST: Final = 60
REASON_MOST: Final = 200
BUTTON: Final = {
    Decision.POST_AGAIN: (texts.POST_AGAIN, ids.POST_AGAIN),
    Decision.IT_IS_THERE: (texts.IT_IS_THERE, ids.IT_IS_THERE),
    Decision.LEAVE: (texts.LEAVE_IT, ids.LEAVE),
}


def troubles(view: TroublesView) -> Message:
    head = f"{name(view.team, TEAM_MOST)} check-in of {phrases.day(view.date)}"
    missing = [line(texts.missing([person(one) for one in view.missing]))] if view.missing else []
    if not view.troubles:
        return message([head, missing or [line(texts.NOTHING_TO_DECIDE)]])
    needs = phrases.count(len(view.troubles), "message needs you", "messages need you")
    parts: list[Part] = [f"{head}: {needs}", missing]
    for trouble in view.troubles[:TROUBLES_MOST]:
        parts += [[_said(trouble)], _row(trouble)]
    left = len(view.troubles) - TROUBLES_MOST
    if left > 0:
        parts.append([line(f"{phrases.more(left)}; {texts.MORE_TROUBLES}")])
    return message(parts)


def _said(trouble: Trouble) -> Line:
    sentence = texts.MAYBE_SENT if trouble.maybe_there else texts.NOT_SENT
    before, after = sentence.format(what="\0", why=note(texts.reason(trouble.error), REASON_MOST)).split("\0")
    return line(before, *_what(trouble), after)


def _what(trouble: Trouble) -> tuple[str | Run, ...]:
    if trouble.channel is not None:
        page = f"Page {trouble.page + 1} of the digest" if trouble.page else "The digest"
        return (f"{page} for ", Run(channel=trouble.channel))
    what = "The reminder" if trouble.kind == asks.REMINDER else "The prompt"
    return (f"{what} to {person(trouble.person or '')}",)


def _row(trouble: Trouble) -> dict[str, object]:
    row = (BUTTON[one] for one in choices(trouble))
    value = ids.delivery_value(trouble.delivery_id)
    return buttons(
        *(Button(text, action_id, value) for text, action_id in row),
        block_id=ids.field(ids.BUTTONS, trouble.delivery_id),
    )
