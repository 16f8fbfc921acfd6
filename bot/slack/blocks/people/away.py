"""A person's days away: what is coming, what was noted, and the form for more."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import DatePickerElement

from bot.okr.days.away import Days
from bot.okr.model import Absence
from bot.services.away.absence import AwayView
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import Button, Part, buttons, check_in_button, here_button, message
from bot.slack.blocks.fields import input_block, modal
from bot.slack.message import Message
from bot.slack.richtext import line, paragraph

COMING_MOST: Final = 15


def coming(view: AwayView) -> Message:
    """The reply to `/okr away`: what is coming, each with a button to cancel it."""
    parts: list[Part] = [texts.COMING_AWAY]
    if view.paused:
        parts.append([line(texts.PAUSED)])
    if not view.coming:
        parts.append([line(texts.NONE_COMING)])
    for absence in view.coming[:COMING_MOST]:
        button = here_button(absence, coming=absence.starts > view.today)
        row = buttons(button, block_id=ids.field(ids.BUTTONS, absence.id))
        parts += [[line(texts.absence_days(absence))], row]
    left = len(view.coming) - COMING_MOST
    if left > 0:
        parts.append([line(phrases.more(left))])
    add = buttons(Button(texts.ADD_DAYS_AWAY, ids.AWAY))
    return message([*parts, [line(texts.HOW_TO_SAY_AWAY)], add])


def noted(absence: Absence, today: date) -> Message:
    """The reply to days that a person gave."""
    return message(
        [
            [line(texts.away_noted(absence, today))],
            buttons(here_button(absence, coming=absence.starts > today)),
        ]
    )


def welcome_back(check_in_id: int | None) -> Message:
    """To somebody for whom delegates have answered until now; None: nothing waits for them."""
    if check_in_id is None:
        return message([[line(texts.NOTHING_TO_COME_BACK_TO)]])
    row = buttons(check_in_button(texts.CHECK_IN, check_in_id, primary=False))
    return message([[line(texts.COME_BACK)], row])


def which(readings: Sequence[Days]) -> Message:
    """Asks which of two readings is meant."""
    row = (
        Button(
            phrases.days(one.starts, one.ends),
            ids.field(ids.AWAY_DAYS, number),
            ids.days_value(one.starts, one.ends),
        )
        for number, one in enumerate(readings)
    )
    return message([[line(texts.WHICH_DAYS)], buttons(*row)])


def away_form(today: date) -> dict[str, Any]:
    """The modal; it starts with today alone."""
    blocks = [
        paragraph([line(texts.AWAY_HINT)]),
        _date(ids.FIRST_DAY, texts.AWAY_FIRST, today),
        _date(ids.LAST_DAY, texts.AWAY_LAST, today),
    ]
    return modal(texts.AWAY_TITLE, blocks, submit=texts.NOTE_IT, callback_id=ids.AWAY_FORM)


def _date(field: str, label: str, starts_at: date) -> dict[str, Any]:
    return input_block(field, label, DatePickerElement(action_id=field, initial_date=str(starts_at)))
