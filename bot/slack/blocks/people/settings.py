"""A person's settings: shown, and the form that changes them."""

from typing import Any, Final

from slack_sdk.models.blocks import (
    CheckboxesElement,
    Option,
    StaticSelectElement,
    TimePickerElement,
)

from bot.services.away.settings import NotPossible, SettingsView
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import Button, buttons, message
from bot.slack.blocks.fields import OPTION_MOST, input_block, modal, text_field
from bot.slack.message import Message
from bot.slack.richtext import line, name, paragraph, plain
from bot.slack.texts import teams

REGION_MOST: Final = 20
REGIONS_MOST: Final = 60
ON: Final = "on"
FIRST: Final = "first"
TEAMS_MOST: Final = 99


def shown(view: SettingsView) -> Message:
    """The reply to `/okr settings`."""
    week = view.week
    days = phrases.listed([phrases.DAYS[day] for day in sorted(week.working_days)])
    lines = [
        line(f"You work on {days}."),
        line(f"I ask you at {phrases.clock(week.own_prompt or view.team_prompt)} by your own clock."),
        line(f"Reminders: {'none' if week.muted else 'one, if you have not answered'}."),
        line(f"Public holidays: {week.region or texts.NO_HOLIDAYS}."),
    ]
    if view.attendance.all:
        lines.append(line(texts.attendance(view.attendance)))
    return message([texts.SETTINGS_TITLE, lines, buttons(Button(texts.CHANGE_SETTINGS, ids.SETTINGS))])


def settings_form(view: SettingsView) -> dict[str, Any]:
    """All fields are optional to Slack: an empty one is answered by us, in words."""
    week = view.week
    days = [Option(text=plain(day, 75), value=str(number)) for number, day in enumerate(phrases.DAYS)]
    mute = Option(text=plain(texts.NO_REMINDERS, 75), value=ON)
    hint = texts.OWN_PROMPT_HINT.format(
        latest=phrases.clock(view.latest), team=phrases.clock(view.team_prompt)
    )
    blocks = [
        paragraph([line(texts.FROM_NEXT_ON)]),
        input_block(
            ids.WORKING_DAYS,
            texts.WORKING_DAYS,
            CheckboxesElement(
                action_id=ids.WORKING_DAYS,
                options=days,
                initial_options=[days[day] for day in sorted(week.working_days)] or None,
            ),
            optional=True,
        ),
        input_block(
            ids.OWN_PROMPT,
            texts.OWN_PROMPT,
            TimePickerElement(
                action_id=ids.OWN_PROMPT,
                initial_time=phrases.clock(week.own_prompt) if week.own_prompt else None,
            ),
            optional=True,
            hint=hint,
        ),
        input_block(
            ids.MUTED,
            texts.REMINDERS,
            CheckboxesElement(
                action_id=ids.MUTED, options=[mute], initial_options=[mute] if week.muted else None
            ),
            optional=True,
        ),
        input_block(
            ids.REGION,
            texts.REGION,
            text_field(ids.REGION, week.region, most=REGION_MOST),
            optional=True,
            hint=texts.REGION_HINT,
        ),
    ]
    if len(view.teams) > 1:
        blocks.append(_home_team(view))
    return modal(texts.SETTINGS_TITLE, blocks, submit=texts.SAVE, callback_id=ids.SETTINGS_FORM)


def _home_team(view: SettingsView) -> dict[str, Any]:
    first = Option(text=plain(teams.FIRST_JOINED, OPTION_MOST), value=FIRST)
    named = {
        one: Option(text=plain(name(called, OPTION_MOST), OPTION_MOST), value=str(one))
        for one, called in view.teams[:TEAMS_MOST]
    }
    element = StaticSelectElement(
        action_id=ids.HOME_TEAM,
        options=[first, *named.values()],
        initial_option=named.get(view.week.home_team or 0, first),
    )
    return input_block(ids.HOME_TEAM, teams.HOME_TEAM, element, optional=True, hint=teams.HOME_TEAM_HINT)


def problems(wrong: NotPossible) -> dict[str, str]:
    """What to say beside which field."""
    said = {}
    if wrong.no_days:
        said[ids.WORKING_DAYS] = texts.NO_WORKING_DAY
    if wrong.too_late is not None:
        said[ids.OWN_PROMPT] = texts.TOO_LATE_TO_ASK.format(latest=phrases.clock(wrong.too_late))
    if wrong.region is not None:
        typed, unknown = wrong.region
        said[ids.REGION] = texts.UNKNOWN_REGION.format(region=name(typed, REGION_MOST))
        if unknown.country and unknown.regions:
            regions = phrases.listed(unknown.regions, REGIONS_MOST)
            said[ids.REGION] = texts.KNOWN_REGIONS.format(country=unknown.country, regions=regions)
        elif unknown.country:
            said[ids.REGION] = texts.NO_REGIONS.format(country=unknown.country)
    return said
