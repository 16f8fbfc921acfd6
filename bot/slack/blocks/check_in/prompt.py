"""The prompt and its reminder: what a person is asked, and how to answer it."""

from dataclasses import replace
from datetime import datetime

from bot.okr.views import AskedKeyResult, PromptView, Welcome
from bot.slack import ids, phrases, texts
from bot.slack.blocks.alignment import needs
from bot.slack.blocks.check_in import blockers
from bot.slack.blocks.compose import (
    Button,
    Menu,
    Part,
    as_many_as_fit,
    buttons,
    check_in_button,
    first_that_fit,
    here_button,
    message,
    room,
    unchanged_button,
)
from bot.slack.blocks.measured import typed_words
from bot.slack.blocks.words import action_line, asked_line, not_told, person, question_line, what_moves_it
from bot.slack.message import Message
from bot.slack.richtext import Line, Run, bold, line, name

TEAMS_NAMED = 3
TEAM_MOST = 60
WELCOMES_MOST = 5
ANSWERED_NAMED = 5
QUESTIONS_MOST = 3
STATUS_MOST = 100
ACTION_MOST = 150
ACTIONS_MOST = 900
"""Characters of one of last week's actions, and of all of them."""


def prompt(view: PromptView) -> Message:
    """The prompt in its present state: waiting, partly answered, answered, paused or closed."""
    if view.paused:
        return _without_questions(view, texts.PAUSED, buttons(Button(texts.RESUME, ids.RESUME)))
    if view.stand_ins and not view.asked:
        row = buttons(Button(texts.HERE_AFTER_ALL, ids.COME_BACK))
        return _without_questions(view, texts.answers_for_you(view.stand_ins), row)
    if not view.open:
        return _without_questions(view, texts.CLOSED if view.asked else texts.NOTHING_LEFT)
    if view.away is not None:
        row = buttons(
            here_button(view.away), check_in_button(texts.CHECK_IN, view.check_in_id, primary=False)
        )
        stand_ins = f" {texts.answers_for_you(view.stand_ins)}" if view.stand_ins else ""
        return _without_questions(view, texts.passed_by(view.away) + stand_ins, row)
    if view.answered_at is not None:
        return _answered(view, view.answered_at)
    waiting = [asked for asked in view.asked if not asked.answered]
    head = f"{_teams(view)} check-in · {_how_many(view)} · {_answer_by(view)}"
    hello = _hello(view) if view.welcome else []
    thoughts = [question_line(one) for one in view.questions[:QUESTIONS_MOST]]
    return _with_questions(view, head, list(view.asked), waiting, hello, thoughts=thoughts)


def _status(view: PromptView) -> list[Part]:
    """Whether their Slack status means that they are away."""
    asked = view.status
    if asked is None:
        return []
    last_day, value = phrases.day(asked.last_day), ids.status_value(asked.id, asked.last_day)
    words = texts.YOUR_STATUS.format(words=name(asked.words, STATUS_MOST), last_day=last_day)
    row = buttons(
        Button(texts.AWAY_UNTIL.format(last_day=phrases.short_day(asked.last_day)), ids.STATUS_AWAY, value),
        Button(texts.I_AM_HERE, ids.STATUS_HERE, value),
        block_id=ids.STATUS_BUTTONS,
    )
    return [[line(words)], row]


def reminder(view: PromptView) -> Message:
    """Only what is still unanswered; the same as the prompt once nothing is, or nothing is asked any more."""
    waiting = [asked for asked in view.asked if not asked.answered]
    if not waiting or view.paused or view.away or not view.open or view.answered_at is not None:
        return prompt(view)
    waits = f"{phrases.count(len(waiting), 'key result')} still {'waits' if len(waiting) == 1 else 'wait'}"
    head = f"Reminder: {_teams(view)} check-in · {waits} · {_answer_by(view)}"
    plainly = replace(view, later=(), later_at=None, status=None)
    return _with_questions(plainly, head, waiting, waiting, [], thoughts=[])


def _with_questions(
    view: PromptView,
    head: str,
    listed: list[AskedKeyResult],
    waiting: list[AskedKeyResult],
    hello: list[Line],
    *,
    thoughts: list[Line],
) -> Message:
    how = [_or_type(waiting[0], view)] if waiting else []
    if view.later_at is not None:
        hello = [*hello, line(texts.comes_back(view.later_at, view.date))]
    some_answered = len(waiting) < len(view.asked)
    row = buttons(
        check_in_button(texts.CHECK_IN, view.check_in_id),
        unchanged_button(view.check_in_id, some_answered=some_answered),
        _later(view),
        Button(texts.AWAY_BUTTON, ids.AWAY),
        Button(texts.PAUSE, ids.PAUSE, ids.check_in_value(view.check_in_id)) if view.welcome else None,
    )
    last_week = _last_week(view)
    beside = _beside(view)
    status = _status(view)
    around: list[Part] = [head, *status, hello, how, *beside, thoughts]
    this_week = _this_week(listed, last_week, around)
    return message([head, *status, hello, last_week, this_week, row, how, *beside, thoughts])


def _later(view: PromptView) -> Button | Menu | None:
    """When to come back, or that it shall be as usual after all."""
    if view.later_at is not None:
        return Button(texts.AS_USUAL, ids.AS_USUAL, ids.check_in_value(view.check_in_id))
    if not view.later:
        return None
    options = (
        (texts.later(choice, at, view.date), ids.later_value(view.check_in_id, choice))
        for choice, at in view.later
    )
    return Menu(texts.LATER_BUTTON, ids.LATER, tuple(options))


def _answered(view: PromptView, answered_at: datetime) -> Message:
    same_day = answered_at.date() == view.date
    when = f"at {phrases.clock(answered_at)}" if same_day else f"on {phrases.day_and_clock(answered_at)}"
    head = f"{_teams(view)} check-in · {_how_many(view)}"
    thanks = [line(f"Answered {when} – thank you."), *_answered_by_others(view)]
    last_week = _last_week(view)
    unmoved = what_moves_it([one for one in view.asked if one.asks_what_moves_it])
    beside = _beside(view)
    around: list[Part] = [head, thanks, unmoved, *beside]
    lines = _this_week([_unmarked(asked) for asked in view.asked], last_week, around)
    row = buttons(check_in_button(texts.CHANGE_ANSWER, view.check_in_id, primary=False), _undo(view))
    return message([head, thanks, last_week, lines, unmoved, row, *beside])


def _beside(view: PromptView) -> list[Part]:
    """What is in the way, of the reader and of those who wait for them."""
    untold = not_told(one for one in view.asked if one.answered)
    said = [*blockers.cleared(view.cleared), *needs.answered(view.needs)]
    return [untold, *said, *blockers.to_clear(view.to_clear), *needs.needed(view.needed)]


def _undo(view: PromptView) -> Button | None:
    if not view.by_tap:
        return None
    return Button(texts.UNDO, ids.UNDO_UNCHANGED, ids.check_in_value(view.check_in_id))


def _answered_by_others(view: PromptView) -> list[Line]:
    """ "Hannah answered for you: KR1 and KR2." """
    by: dict[str, list[str]] = {}
    for asked in view.asked:
        if asked.answered_by:
            by.setdefault(asked.answered_by, []).append(f"KR{asked.number}")
    return [
        line(texts.ANSWERED_FOR_YOU.format(who=person(who), which=phrases.listed(which, ANSWERED_NAMED)))
        for who, which in by.items()
    ][:ANSWERED_NAMED]


def _without_questions(view: PromptView, sentence: str, *row: Part) -> Message:
    head = phrases.capital(f"{_teams(view)} check-in of {phrases.day(view.date)}".strip())
    says = [line(sentence)]
    return message([head, says, _lines(list(view.asked), [head, says]), *row])


def _this_week(listed: list[AskedKeyResult], last_week: list[Line], around: list[Part]) -> list[Line]:
    """Both lists are numbered: below last week's actions it needs a heading."""
    heading = [line(bold(texts.THIS_WEEK))] if last_week else []
    return [*heading, *_lines(listed, [*around, heading, last_week])]


def _lines(listed: list[AskedKeyResult], around: list[Part]) -> list[Line]:
    def more(count: int) -> Line:
        return line(f"… and {count} more; they follow in the form, and you can answer them in words too.")

    return as_many_as_fit(lambda most: [asked_line(asked, most) for asked in listed], room(around), more)


def _last_week(view: PromptView) -> list[Line]:
    if not view.open_actions:
        return []
    lines = [action_line(one, ACTION_MOST) for one in view.open_actions]

    def more(count: int) -> Line:
        return line(f"{phrases.more(count)}; they follow in the form.")

    shown = first_that_fit(lines, ACTIONS_MOST, more)
    if view.answered_at is not None:
        return [line(bold(texts.CLOSED_ACTIONS)), *shown]
    return [line(bold(texts.LAST_WEEK)), *shown, line(texts.HOW_TO_CLOSE)]


def _hello(view: PromptView) -> list[Line]:
    own_day = view.answer_by.date() != view.date
    teams = [_by_team(one, own_day=own_day) for one in view.welcome[:WELCOMES_MOST]]
    return [line(texts.HELLO), *teams, line(texts.HOW_TO_PAUSE)]


def _by_team(one: Welcome, *, own_day: bool) -> Line:
    """Whoever is asked on a day of their own hears only when the team has its check-in."""
    team = name(one.team, TEAM_MOST)
    added = f"{person(one.enrolled_by)} added you to {team}." if one.enrolled_by else f"You lead {team}."
    when = f"{'Its check-in is' if own_day else 'I ask'} on {phrases.DAYS[one.check_in_day]}s"
    return line(f"{added} {when}; ", Run(channel=one.channel), " sees the answers.")


def _or_type(asked: AskedKeyResult, view: PromptView) -> Line:
    """ "Or just type: 1 52%"."""
    value = typed_words(asked.measure, asked.value, asked.unit)
    return line(f"Or just type: {value}" if len(view.asked) == 1 else f"Or just type: {asked.number} {value}")


def _teams(view: PromptView) -> str:
    return phrases.listed([name(team, 30) for team in view.teams], TEAMS_NAMED)


def _how_many(view: PromptView) -> str:
    return phrases.count(len(view.asked), "key result")


def _answer_by(view: PromptView) -> str:
    by = view.answer_by
    same_day = by.date() == view.date
    return (
        f"answer by {phrases.clock(by)}" if same_day else f"answer by {phrases.day(by)}, {phrases.clock(by)}"
    )


def _unmarked(asked: AskedKeyResult) -> AskedKeyResult:
    """Where all of it is answered, a mark on every line says nothing."""
    return replace(asked, answered=False)
