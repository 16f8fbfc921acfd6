"""Messages about a team: how its week looks, that it has begun, who has gone, who looks after Okra."""

from collections.abc import Sequence
from typing import Any, Final

from slack_sdk.models.blocks import UserSelectElement

from bot.okr.days.timetable import AskedAt
from bot.services.teams.admins import AdminsView
from bot.services.teams.following import LeadLeft
from bot.services.teams.starting_check_ins import WeekView
from bot.services.teams.vacancies import HandOverView, VacanciesView, Vacancy
from bot.slack import ids, phrases
from bot.slack import texts as shared
from bot.slack.blocks.compose import Button, Part, buttons, first_that_fit, message
from bot.slack.blocks.fields import input_block, modal, text_field
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, Run, bold, line, name, paragraph, plain
from bot.slack.texts import teams as texts

TEAM_MOST: Final = 80
TITLE_MOST: Final = 150
NAMED_MOST: Final = 20
"""People in one line."""
LINES_MOST: Final = 2600
VACANT_MOST: Final = 10
ADMINS_MOST: Final = 40
REASON_MOST: Final = 300


def week(view: WeekView) -> Message:
    """To whoever set the team up and to its leads: who is asked when, and what comes next."""
    change = Button(texts.CHANGE_TEAM, ids.CHANGE_TEAM, str(view.team_id))
    start = Button(texts.START, ids.START_CHECK_INS, str(view.team_id), primary=True)
    row = buttons(start if view.may_start and not view.started else None, change)
    return message([*week_words(view), _next(view), row])


def week_words(view: WeekView) -> list[Part]:
    when = first_that_fit(_asked(view), LINES_MOST, lambda more: line(phrases.more(more)))
    heading = texts.WEEK_HEADING.format(team=name(view.team, TEAM_MOST))
    return [heading, when, [_digest(view), line(texts.WHO_OWNS)], _around(view)]


def started(view: WeekView, by: str) -> Message:
    """Into the channel: who has configured posts there."""
    heading = texts.STARTED_HEADING.format(team=name(view.team, TEAM_MOST))
    who = view.set_up_by or by
    does = texts.STARTED_DOES.format(when=f"{phrases.DAYS[view.timetable.digest_at.weekday()]}s")
    return message([heading, [line(texts.STARTED_BY.format(who=person(who)), " ", does)]])


def vacant(view: VacanciesView) -> Message:
    """To a lead: key results whose owners are gone, each with a button."""
    team = name(view.team, TEAM_MOST)
    if not view.vacancies:
        return message([[line(texts.NOTHING_VACANT.format(team=team))]])
    parts: list[Part] = [texts.VACANT_HEADING.format(team=team), [line(texts.NOBODY_ASKED)]]
    for one in view.vacancies[:VACANT_MOST]:
        button = Button(texts.HAND_OVER, ids.HAND_OVER_VACANT, ids.key_result_value(one.key_result_id))
        row = buttons(button, block_id=ids.field(ids.VACANT_ROW, one.key_result_id))
        parts += [[line(_vacancy(one))], row]
    left = len(view.vacancies) - VACANT_MOST
    return message([*parts, [line(texts.MORE_VACANT.format(more=phrases.more(left)))] if left > 0 else []])


def hand_over_form(view: HandOverView) -> dict[str, Any]:
    from_then_on = [paragraph([line(_vacancy(view.vacancy))])]
    owner = UserSelectElement(action_id=ids.NEW_OWNER, placeholder=plain(shared.CHOOSE_PERSON, 150))
    fields = [input_block(ids.NEW_OWNER, texts.WHO_TAKES_OVER, owner)]
    if view.takes_reason:
        reason = texts.HAS_LEFT.format(owner=person(view.vacancy.owner))
        field = text_field(ids.WHY_HANDED_OVER, reason, most=REASON_MOST)
        fields.append(input_block(ids.WHY_HANDED_OVER, texts.WHY_NOW, field, hint=texts.WHY_HINT))
    return modal(
        texts.HAND_OVER_TITLE,
        [*from_then_on, *fields],
        submit=texts.HAND_OVER,
        callback_id=ids.VACANT_FORM,
        private_metadata=ids.key_result_value(view.vacancy.key_result_id),
    )


def outside(team: str, channel: str, *, still: bool) -> Message:
    shown = name(team, TEAM_MOST)
    if not still:
        return message([[line(texts.INSIDE_AGAIN.format(team=shown))]])
    said = line(texts.OUTSIDE.format(team=shown), Run(channel=channel))
    return message([[said, line(texts.HOW_BACK.format(team=shown))]])


def lead_left(view: LeadLeft) -> Message:
    who, team = person(view.who), name(view.team, TEAM_MOST)
    if not view.alone:
        return message([[line(texts.NOT_LEADING.format(who=who, team=team))]])
    said = texts.NO_LEAD_LEFT if view.active else texts.NO_LEAD_ACTIVE
    change = Button(texts.CHANGE_TEAM, ids.CHANGE_TEAM, str(view.team_id))
    return message([[line(said.format(who=who, team=team))], buttons(change)])


def admins(view: AdminsView, said: str = "") -> Message:
    """The reply to `/okr admins`; `said` is what became of it."""
    parts: list[Part] = [[line(said)] if said else [], texts.ADMINS]
    shown = [line(texts.SLACK_ADMIN.format(who=person(one))) for one in view.slack]
    if not view.slack and not view.named:
        shown = [line(texts.NO_ADMINS)]
    parts.append(first_that_fit(shown, LINES_MOST // 2, lambda more: line(phrases.more(more))))
    for person_id, who in view.named[:ADMINS_MOST]:
        parts.append([line(texts.NAMED_ADMIN.format(who=person(who)))])
        if view.may_name:
            button = Button(texts.UNNAME, ids.UNNAME_ADMIN, str(person_id))
            parts.append(buttons(button, block_id=ids.field(ids.UNNAME_ADMIN, person_id)))
    return message([*parts, [line(texts.NAME_HINT)] if view.may_name else []])


def _asked(view: WeekView) -> list[Line]:
    asked = [_asked_at(view, one) for one in view.timetable.asked]
    if view.timetable.never:
        asked.append(line(texts.NEVER.format(names=_names(view, view.timetable.never))))
    return asked or [line(texts.NOBODY_YET)]


def _asked_at(view: WeekView, one: AskedAt) -> Line:
    names = _names(view, one.person_ids)
    said = texts.ASKED.format(names="\0", when=texts.hour_of(one.at), zone=texts.zone_name(one.zone))
    return line(bold(names), said.partition("\0")[2])


def _names(view: WeekView, person_ids: Sequence[int]) -> str:
    return phrases.listed([person(view.names[one]) for one in person_ids], NAMED_MOST)


def _digest(view: WeekView) -> Line:
    planned = view.timetable
    said = texts.DIGEST.format(when=texts.hour_of(planned.digest_at), zone=texts.zone_name(planned.zone))
    after = texts.BEFORE_MEETING if view.before_meeting else texts.AFTER_ANSWERS
    return line(said, Run(channel=view.channel), after)


def _around(view: WeekView) -> list[Line]:
    observers = phrases.listed([person(one) for one in view.observers], NAMED_MOST)
    out = phrases.listed([person(one) for one in view.left_out], NAMED_MOST)
    return [
        *([line(texts.OBSERVING.format(names=observers))] if observers else []),
        *([line(texts.LEFT_OUT.format(names=out))] if out else []),
        *([line(texts.STILL_LOOKING)] if view.still_looking else []),
    ]


def _next(view: WeekView) -> list[Line]:
    if view.started:
        return [line(texts.RUNNING)]
    steps = texts.ONLY_START if view.has_okrs else texts.NEXT_STEPS
    lead = [] if view.may_start else [line(texts.LEADS_START)]
    return [line(texts.NOT_STARTED, " ", steps), *lead]


def _vacancy(one: Vacancy) -> str:
    said = texts.OWNER_LEFT if one.left else texts.OWNER_INACTIVE
    return said.format(title=name(one.title, TITLE_MOST), owner=person(one.owner))
