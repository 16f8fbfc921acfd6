"""The Home tab: useful to whoever opens it, whatever they have to do with OKRs."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from bot.okr.model import Role
from bot.services.away.settings import SettingsView
from bot.services.looking_up.home import HomeView, TeamCard
from bot.slack import ids, phrases, texts
from bot.slack.blocks.check_in import blockers
from bot.slack.blocks.compose import Button, Part, buttons, here_button, to_blocks, weight
from bot.slack.blocks.looking_up.okrs import coming, heading, in_the_way_of, objectives, owed, stood_in_for
from bot.slack.blocks.looking_up.overviews import parts_of_company, team_line
from bot.slack.blocks.pages import in_a_row, run_button
from bot.slack.blocks.words import person
from bot.slack.richtext import Line, line, name
from bot.slack.texts import looking, teams

OBJECTIVES_MOST: Final = 20
OBJECTIVES_ROOM: Final = 24_000
"""Characters, some eight blocks beside those that their number makes."""
TEAMS_MOST: Final = 8
COMPANY_MOST: Final = 20
"""Lines."""


def home(view: HomeView) -> dict[str, Any]:
    mine = view.mine
    top = [looking.HELLO, *_new(view)] if view.new else [heading(mine), *_mine(view)]
    parts: list[Part] = [*top, *_teams(view.teams), *_company(view), *_settings(view)]
    return {"type": "home", "blocks": to_blocks(part for part in parts if part)}


def _new(view: HomeView) -> list[Part]:
    """To somebody who has nothing to do with any team yet."""
    ask = looking.WHO_TO_ASK.format(people=phrases.either([person(one) for one in view.to_ask]))
    lines = [
        line(looking.WHAT_OKRA_IS),
        line(ask if view.to_ask else looking.NOBODY_TO_ASK),
        *([line(looking.LOOK_AROUND)] if view.to_ask else []),
    ]
    set_up = buttons(Button(teams.SET_UP_BUTTON, ids.SET_UP_TEAM))
    return [lines, *in_the_way_of(view.mine, blockers.HOME_MOST), set_up]


def _mine(view: HomeView) -> list[Part]:
    mine = view.mine
    owing = [*owed(mine), *stood_in_for(mine, here=mine.away is None)]
    if not owing and mine.own and not mine.paused:
        owing = [[line(texts.NOTHING_OWED)]]
    observes = bool(view.teams) and not mine.objectives and not _is_asked(view)
    return [
        *owing,
        *in_the_way_of(mine, blockers.HOME_MOST),
        *([] if observes else _as_many(objectives(mine))),
        *([[line(looking.GUEST)]] if view.guest and mine.objectives else []),
        coming(mine),
    ]


def _is_asked(view: HomeView) -> bool:
    """Whether they may be asked something at all, so that there is something to pause."""
    return view.settings is not None or view.mine.paused or view.mine.away is not None


def _as_many(every: Sequence[list[Line]]) -> list[Part]:
    """The objectives that fit, and how many key results the others have."""
    shown: list[Part] = []
    left = OBJECTIVES_ROOM
    for number, lines in enumerate(every):
        left -= weight(lines)
        if left < 0 or number == OBJECTIVES_MOST:
            hidden = sum(len(each) - 1 for each in every[number:])
            more = phrases.count(hidden, "more key result")
            return [*shown, [line(looking.MORE_OF_MINE.format(more=more))]]
        shown.append(lines)
    return shown


def _teams(cards: Sequence[TeamCard]) -> list[Part]:
    if not cards:
        return []
    parts: list[Part] = [looking.YOUR_TEAMS]
    for card in cards[:TEAMS_MOST]:
        parts += [_team(card), _team_buttons(card)]
    left = len(cards) - TEAMS_MOST
    if left > 0:
        parts.append([line(looking.MORE_TEAMS.format(more=phrases.more(left)))])
    return parts


def _team(card: TeamCard) -> list[Line]:
    if not card.started:
        digest = looking.NOT_STARTED
    elif card.digest_at is None:
        digest = looking.NO_DIGEST
    else:
        digest = looking.NEXT_DIGEST.format(when=phrases.day_and_clock(card.digest_at))
    lines = [team_line(card.line, indented=False), line(phrases.capital(f"{digest}."))]
    if card.role is Role.OBSERVER:
        lines.append(line(looking.YOU_OBSERVE))
    if card.draft:
        cycle, team = name(card.draft, 40), person(card.line.name)
        lines.append(line(looking.A_DRAFT.format(cycle=cycle, team=team)))
    return lines


def _team_buttons(card: TeamCard) -> dict[str, Any]:
    team_id = card.line.team_id
    # What a person types comes escaped, and so is what a button says in their place.
    look = run_button(0, looking.LOOK, f"team {escape(card.line.name, quote=False)}")
    preview = Button(looking.PREVIEW, ids.field(ids.PREVIEW, team_id), str(team_id))
    lead = card.role is Role.LEAD
    return buttons(look, preview if lead else None, block_id=ids.field(ids.HOME_TEAM_ROW, team_id))


def _company(view: HomeView) -> list[Part]:
    if view.company is None:
        return []
    parts = parts_of_company(view.company, COMPANY_MOST)
    if not parts:
        return []
    row = in_a_row(run_button(0, looking.LOOK_AT_COMPANY, "company"), block_id=ids.HOME_COMPANY)
    return [*parts, *row]


def _settings(view: HomeView) -> list[Part]:
    """How they are asked, and the buttons to change that; whoever is asked nothing has nothing to pause."""
    if not _is_asked(view):
        return []
    mine = view.mine
    away = here_button(mine.away) if mine.away else Button(texts.AWAY_BUTTON, ids.AWAY)
    pause = Button(texts.RESUME, ids.RESUME) if mine.paused else Button(texts.PAUSE, ids.PAUSE)
    change = Button(looking.SETTINGS_BUTTON, ids.SETTINGS)
    said = [_week(view.settings)] if view.settings else []
    return [said, buttons(pause, away, change, block_id=ids.HOME_BUTTONS)]


def _week(view: SettingsView) -> Line:
    week = view.week
    return line(
        looking.SETTINGS_LINE.format(
            hour=phrases.clock(week.own_prompt or view.team_prompt),
            days=phrases.weekdays(week.working_days),
            reminders=looking.NO_REMINDER if week.muted else looking.ONE_REMINDER,
        )
    )
