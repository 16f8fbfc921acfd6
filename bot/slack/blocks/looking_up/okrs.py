"""Somebody's OKRs, as `/okr` answers and as the Home tab shows them."""

from typing import Final

from bot.okr.views import CycleView, KeyResultView, ObjectiveView, OkrView
from bot.slack import ids, phrases, texts
from bot.slack.blocks.alignment import needs, tree
from bot.slack.blocks.check_in import blockers
from bot.slack.blocks.compose import (
    Button,
    Part,
    as_many_as_fit,
    buttons,
    check_in_button,
    unchanged_button,
)
from bot.slack.blocks.drawn import sparkline, weeks
from bot.slack.blocks.pages import Pages
from bot.slack.blocks.words import asked_line, figures, health_word, person, standing_title
from bot.slack.richtext import Line, bold, line, name

TITLE_MOST: Final = 150
WAITING_MOST: Final = 1200
NEEDED_MOST: Final = 8
"""So many are asked of one what another team needs; Slack takes only so many blocks."""


def okrs(view: OkrView) -> Pages:
    """The reply to `/okr`, `/okr @person` and `/okr team`."""
    first = [_record(view), *owed(view), *stood_in_for(view, here=True), *in_the_way_of(view)]
    after: list[Part] = [coming(view), *_for_them(view)]
    return Pages(
        (heading(view),),
        tuple(objectives(view)),
        first=tuple(part for part in first if part),
        last=tuple(part for part in after if part),
    )


def heading(view: OkrView) -> str:
    whose = "Your OKRs" if view.own else person(view.heading)
    if view.cycle is None:
        return whose
    return f"{whose} · {cycle_words(view.cycle)}"


def cycle_words(cycle: CycleView) -> str:
    """ "2026 Q4, week 8 of 13, pace 55 %", or "2027 Q1, begins on 4 January"."""
    if cycle.begins is not None:
        return f"{name(cycle.name, 40)}, {phrases.begins(cycle.begins)}"
    return f"{name(cycle.name, 40)}, week {cycle.week} of {cycle.weeks}, pace {cycle.pace} %"


def _record(view: OkrView) -> list[Line]:
    if view.record is None:
        return []
    response, run = texts.team_record(view.record)
    return [line(response, weeks(view.record.weeks), run)]


def owed(view: OkrView) -> list[Part]:
    """What the reader still has to answer, and the buttons to do so."""
    if not view.waiting or view.check_in_id is None or view.paused:
        return []
    by = f", answer by {phrases.clock(view.answer_by)}" if view.answer_by else ""
    waits = "waits" if len(view.waiting) == 1 else "wait"
    head = line(bold(f"{phrases.count(len(view.waiting), 'key result')} {waits} for you{by}"))
    lines = as_many_as_fit(
        lambda most: [asked_line(asked, most) for asked in view.waiting], WAITING_MOST, _and_more
    )
    row = buttons(
        check_in_button(texts.CHECK_IN, view.check_in_id),
        unchanged_button(view.check_in_id, some_answered=any(asked.answered for asked in view.waiting)),
    )
    return [[head, *lines], row]


def stood_in_for(view: OkrView, *, here: bool) -> list[Part]:
    """Who answers for the reader, and, where `here`, the button to answer oneself. Resuming is that, too."""
    if not view.stand_ins or view.paused:
        return []
    button = Button(texts.HERE_AFTER_ALL, ids.COME_BACK)
    says: list[Part] = [[line(texts.answers_for_you(view.stand_ins))]]
    return [*says, buttons(button, block_id=ids.COME_BACK)] if here else says


def _for_them(view: OkrView) -> list[Part]:
    if view.open_to_reader is None:
        return []
    text = texts.CHECK_IN_FOR.format(owner=name(view.heading, 50))
    return [buttons(check_in_button(text, view.open_to_reader, primary=False))]


def in_the_way_of(view: OkrView, most: int = blockers.MESSAGE_MOST) -> list[Part]:
    """What others wait for, and what became of the reader's own blockers."""
    asked = needs.needed(view.needed, min(most, NEEDED_MOST))
    return [*blockers.to_clear(view.to_clear, most), *asked, *blockers.cleared(view.cleared)]


def coming(view: OkrView) -> list[Line]:
    if view.paused:
        return [line(texts.PAUSED)]
    away = [line(texts.away_now(view.away))] if view.away else []
    if view.next_prompt is None or view.cycle is None:
        return away
    return [*away, line(texts.next_prompt(view.next_prompt))]


def objectives(view: OkrView) -> list[list[Line]]:
    """A paragraph each, or what to do where there are none."""
    if view.cycle is None:
        return [[line(texts.NO_CYCLE)]]
    if not view.objectives:
        return [[line(texts.NO_OKRS_OWN if view.own else texts.NO_OKRS)]]
    return [objective_lines(one, view.heading, TITLE_MOST) for one in view.objectives]


def objective_lines(objective: ObjectiveView, whose: str, title_most: int, also: str = "") -> list[Line]:
    """Its own line and one for each key result; owners are named where they are not the one it is all about.
    `also`: the team's name, where there are several."""
    progress = "no data yet" if objective.progress is None else f"{objective.progress} %"
    said = [progress, texts.OBJECTIVE_KIND[objective.kind]]
    said += [person(one) for one in (objective.owner, also) if one and one != whose]
    first = line(bold(name(objective.title, title_most)), f" · {' · '.join(said)}")
    return [
        first,
        *(_key_result(one, whose, title_most) for one in objective.key_results),
    ]


def _key_result(one: KeyResultView, whose: str, title_most: int) -> Line:
    standing, owner = one.standing, one.owner
    about = standing_title(standing, title_most)
    who = f", {person(owner)}" if owner != whose else ""
    # "no update yet" is both a state and a figure: say it once.
    said = dict.fromkeys((health_word(standing), *figures(standing), *tree.needs(one.needs)))
    return line(f"• {about}{who} · {' · '.join(said)}", sparkline(standing.course))


def _and_more(count: int) -> Line:
    return line(phrases.more(count))
