"""Several teams in a look: the company, what is at risk, who is waited for."""

from datetime import date

from bot.okr.overviews import (
    AtRiskView,
    CompanyView,
    RiskItem,
    TeamLine,
    TeamWaiting,
    WaitingView,
)
from bot.okr.views import ObjectiveView
from bot.slack import phrases
from bot.slack.blocks.compose import Part
from bot.slack.blocks.drawn import bar, sparkline
from bot.slack.blocks.looking_up.okrs import cycle_words, objective_lines
from bot.slack.blocks.pages import Pages
from bot.slack.blocks.words import figures, health_word, in_the_way, person, standing_title
from bot.slack.richtext import Line, bold, line, name
from bot.slack.texts import NO_CYCLE, looking

TITLE_MOST = 150
NOTE_MOST = 120
INDENT = "– "


def company(view: CompanyView) -> Pages:
    if view.cycle is None:
        return Pages((looking.COMPANY,), ([line(NO_CYCLE)],))
    head = f"{looking.COMPANY} · {cycle_words(view.cycle)}"
    body: list[list[Line]] = []
    if len(view.teams) > 1 and not view.tops:
        body.append([line(looking.NO_TOP)])
    if len(view.tops) > 1:
        body.append([line(looking.SEVERAL_TOPS)])
    for top in view.tops:
        body += [objective_lines(one, "", TITLE_MOST, also=top.name) for one in top.objectives] or [
            [line(bold(person(top.name)), f": {looking.NO_OBJECTIVES}")]
        ]
    body.append([line(bold(looking.TEAMS)), *(team_line(one) for one in view.teams)])
    return Pages((head,), tuple(body))


def team_line(one: TeamLine, *, indented: bool = True) -> Line:
    """ "– Logistics · 38 % · 2 red, 1 silent", with a bar; `indented` below the team above it."""
    about = f"{INDENT * one.depth if indented else ''}{person(one.name)}"
    if not one.key_results:
        return line(f"{about} · {looking.NO_OBJECTIVES}")
    progress = looking.NO_DATA if one.progress is None else f"{one.progress} %"
    return line(f"{about} · {progress} · {looking.states(one.states)}", bar(one.progress or 0))


def at_risk(view: AtRiskView) -> Pages:
    about = f"{looking.AT_RISK}: {person(view.team)}" if view.team else looking.AT_RISK
    if view.cycle is None:
        return Pages((about,), ([line(NO_CYCLE)],))
    if not view.items:
        return Pages((f"{about} · {cycle_words(view.cycle)}",), ([line(_no_risk(view))],))
    items = tuple(_risk(number, one, view.team) for number, one in enumerate(view.items, start=1))
    return Pages((f"{about} · {cycle_words(view.cycle)}",), items)


def _no_risk(view: AtRiskView) -> str:
    if view.cycle and view.cycle.begins:
        return looking.NOT_AT_RISK_YET
    return looking.nothing_at_risk(view.looked_at) if view.looked_at else looking.NOTHING_TO_LOOK_AT


def _risk(number: int, one: RiskItem, of_team: str | None) -> list[Line]:
    """ "1 RED Phone calls 41 → 20 a week, Jack, TeeBee" and, below, its figures and what is in the way."""
    stands = one.standing
    whose = ", ".join([person(one.owner), *([] if of_team else [person(one.team)])])
    blocker_owner = person(one.blocker_owner) if one.blocker_owner else ""
    fix = name(one.fix, NOTE_MOST) if one.fix.strip() else ""
    said = [*figures(stands), *in_the_way(one.blocker_kind, blocker_owner, fix)]
    head = f"{number} {health_word(stands).upper()} {standing_title(stands, TITLE_MOST)}"
    return [line(bold(head), f", {whose}"), line(" · ".join(said), sparkline(stands.course))]


def waiting(view: WaitingView) -> Pages:
    if not view.rounds:
        nothing = looking.NO_ROUND_OF.format(team=person(view.team)) if view.team else looking.NO_ROUND
        return Pages((), ([line(nothing)],))
    return Pages((looking.WAITING,), tuple(_round(one, view.on) for one in view.rounds))


def _round(one: TeamWaiting, on: date) -> list[Line]:
    """A line for the team, and one for each who has not answered."""
    head = looking.check_in_of(person(one.team), one.date, one.answered, one.asked)
    if not one.waiting:
        return [line(bold(head), f": {looking.ALL_ANSWERED if one.asked else looking.NOBODY_ASKED}")]
    late = f" · {looking.LATE_IS_WELCOME}" if one.digested else ""
    people = []
    for each in one.waiting:
        until = looking.UNTIL.format(when=phrases.since(each.until, on))
        people.append(line(f"• {person(each.name)}{'' if one.digested else f', {until}'}"))
    return [line(bold(head), late), *people]


def _in_a_line(one: ObjectiveView) -> Line:
    progress = looking.NO_DATA if one.progress is None else f"{one.progress} %"
    return line(f"• {name(one.title, TITLE_MOST)} · {progress}")


def parts_of_company(view: CompanyView, most: int) -> list[Part]:
    """For Home: the top level's objectives, a line each, then as many teams as `most` lines allow."""
    if view.cycle is None:
        return []
    objectives = [_in_a_line(one) for top in view.tops for one in top.objectives]
    teams = [team_line(one) for one in view.teams] if len(view.teams) > 1 else []
    lines = [*objectives, *teams]
    left = len(lines) - most
    more = [line(looking.MORE_TEAMS.format(more=phrases.more(left)))] if left > 0 else []
    return [f"{looking.COMPANY} · {cycle_words(view.cycle)}", [*lines[:most], *more]] if lines else []
