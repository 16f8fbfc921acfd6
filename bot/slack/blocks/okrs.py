"""Somebody's OKRs, as `/okr` answers and as the Home tab shows them."""

from typing import Any, Final

from bot.okr.views import KeyResultView, ObjectiveView, OkrView
from bot.slack import ids, phrases, texts
from bot.slack.blocks import blockers, needs, tree
from bot.slack.blocks.compose import (
    TITLE_LEVELS,
    Button,
    Part,
    as_many_as_fit,
    buttons,
    check_in_button,
    here_button,
    message,
    room,
    to_blocks,
    unchanged_button,
    weight,
)
from bot.slack.blocks.drawn import sparkline, weeks
from bot.slack.blocks.words import asked_line, figures, health_word, person, standing_title
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name
from bot.slack.texts import teams

HOME_MOST: Final = 40_000
"""Characters of objectives in Home: some 15 blocks of them beside the ones their number makes."""
PARAGRAPHS_MOST: Final = 30
"""With more objectives than this they share paragraphs, to stay within the blocks of a message."""
WAITING_MOST: Final = 1200
NEEDED_MOST: Final = 8
"""So many are asked of one what another team needs; Slack takes only so many blocks."""


def okrs(view: OkrView) -> Message:
    """The reply to `/okr`, `/okr @person` and `/okr team`."""
    owed = [*_owed(view), *_stood_in_for(view, here=True)]
    before: list[Part] = [_heading(view), _record(view), *owed, *_blockers(view, blockers.MESSAGE_MOST)]
    after: list[Part] = [_next(view), *_for_them(view)]
    return message([*before, *_objectives(view, room([*before, *after])), *after])


def home(view: OkrView) -> dict[str, Any]:
    """The Home tab: what I owe, my OKRs, and how to pause."""
    away = here_button(view.away) if view.away else Button(texts.AWAY_BUTTON, ids.AWAY)
    pause = Button(texts.RESUME, ids.RESUME) if view.paused else Button(texts.PAUSE, ids.PAUSE)
    set_up = None if view.objectives else Button(teams.SET_UP_BUTTON, ids.SET_UP_TEAM)
    stood_in_for = _stood_in_for(view, here=view.away is None)
    owed = [*_owed(view), *stood_in_for]
    if not owed and view.own and not view.paused:
        owed = [[line(texts.NOTHING_OWED)]]
    parts = [
        _heading(view),
        *owed,
        *_blockers(view, blockers.HOME_MOST),
        *_objectives(view, HOME_MOST),
        _next(view),
        buttons(pause, away, set_up, block_id=ids.HOME_BUTTONS),
    ]
    return {"type": "home", "blocks": to_blocks(part for part in parts if part)}


def _heading(view: OkrView) -> str:
    whose = "Your OKRs" if view.own else person(view.heading)
    if view.cycle is None:
        return whose
    return f"{whose} · {name(view.cycle, 40)}, week {view.week} of {view.weeks}, pace {view.pace} %"


def _record(view: OkrView) -> list[Line]:
    if view.record is None:
        return []
    response, run = texts.team_record(view.record)
    return [line(response, weeks(view.record.weeks), run)]


def _owed(view: OkrView) -> list[Part]:
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


def _stood_in_for(view: OkrView, *, here: bool) -> list[Part]:
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


def _blockers(view: OkrView, most: int) -> list[Part]:
    asked = needs.needed(view.needed, min(most, NEEDED_MOST))
    return [*blockers.to_clear(view.to_clear, most), *asked, *blockers.cleared(view.cleared)]


def _next(view: OkrView) -> list[Line]:
    if view.paused:
        return [line(texts.PAUSED)]
    away = [line(texts.away_now(view.away))] if view.away else []
    if view.next_prompt is None or view.cycle is None:
        return away
    return [*away, line(texts.next_prompt(view.next_prompt))]


def _objectives(view: OkrView, most: int) -> list[Part]:
    if view.cycle is None:
        return [[line(texts.NO_CYCLE)]]
    if not view.objectives:
        return [[line(texts.NO_OKRS_OWN if view.own else texts.NO_OKRS)]]
    paragraphs: list[list[Line]] = []
    for level in TITLE_LEVELS:
        paragraphs = [_objective(objective, view, level) for objective in view.objectives]
        if sum(weight(lines) for lines in paragraphs) <= most:
            return _spaced(paragraphs)
    return _spaced(_beginning(paragraphs, most - 100))


def _beginning(paragraphs: list[list[Line]], most: int) -> list[list[Line]]:
    """The first key results that fit, and how many more there are (an objective's first line is none)."""
    kept: list[list[Line]] = []
    left, hidden = most, 0
    for lines in paragraphs:
        if hidden or weight(lines[:2]) > left:
            hidden += len(lines) - 1
            continue
        kept.append([])
        for one in lines:
            left -= weight([one])
            if left < 0:
                hidden += 1
            else:
                kept[-1].append(one)
    return [*kept, [_and_more_key_results(hidden)]]


def _spaced(paragraphs: list[list[Line]]) -> list[Part]:
    if len(paragraphs) <= PARAGRAPHS_MOST:
        return list(paragraphs)
    return [[one for lines in paragraphs for one in lines]]


def _objective(objective: ObjectiveView, view: OkrView, title_most: int) -> list[Line]:
    progress = "no data yet" if objective.progress is None else f"{objective.progress} %"
    said = [progress, texts.OBJECTIVE_KIND[objective.kind]]
    if objective.owner != view.heading:
        said.append(person(objective.owner))
    first = line(bold(name(objective.title, title_most)), f" · {' · '.join(said)}")
    return [first, *(_key_result(one, view, title_most) for one in objective.key_results)]


def _key_result(one: KeyResultView, view: OkrView, title_most: int) -> Line:
    standing, owner = one.standing, one.owner
    about = standing_title(standing, title_most)
    who = f", {person(owner)}" if owner != view.heading else ""
    said = dict.fromkeys(
        (health_word(standing), *figures(standing), *tree.needs(one.needs))
    )  # "no update yet" is both: say it once
    return line(f"• {about}{who} · {' · '.join(said)}", sparkline(standing.course))


def _and_more(count: int) -> Line:
    return line(phrases.more(count))


def _and_more_key_results(count: int) -> Line:
    return line(
        f"… and {phrases.count(count, 'more key result')} than fit here; /okr @person shows one person’s."
    )
