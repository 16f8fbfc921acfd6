"""The receipt: what was understood of an answer, and what was not."""

from bot.okr.defaults import MEDIUM_CONFIDENCE
from bot.okr.replies.doubt_views import DoubtKind, DoubtView
from bot.okr.views import ReceiptLine, ReceiptView
from bot.slack import ids, phrases, texts
from bot.slack.blocks.compose import (
    REST_ROOM,
    Button,
    Part,
    as_many_as_fit,
    buttons,
    check_in_button,
    first_that_fit,
    message,
    room,
    unchanged_button,
    weight,
)
from bot.slack.blocks.help import usage
from bot.slack.blocks.measured import between, change_words
from bot.slack.blocks.words import (
    ASKED_MOST,
    action_line,
    asked_line,
    in_the_way,
    not_told,
    person,
    what_moves_it,
)
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name, note

NOTE_MOST = 300
DOUBTFUL_MOST, ABOUT_MOST, LABEL_MOST = 60, 40, 73
WORDS_MOST = 600
"""Of each thing the person wrote that was not understood; all of it stands in their own message above."""
ACTIONS_MOST, CLOSED_MOST, THANKS_MOST, PROBLEMS_MOST, KEPT_MOST = 950, 400, 350, 450, 800
"""Characters of each part, so that together they leave room for what was understood and what still waits."""


def receipt(view: ReceiptView) -> Message:
    if view.help:
        return usage()
    if view.nothing_asked:
        return _nothing_asked(view)
    after: list[Part] = [
        *_doubts(view),
        _asks(view),
        _closed(view),
        _thanks(view),
        _actions(view),
        _problems(view),
        _kept(view),
    ]
    parts: list[Part] = [_noted(view, after), *after]
    waiting = _waiting(view, room(parts))
    return message([*parts, waiting, *_buttons(view)])


def _nothing_asked(view: ReceiptView) -> Message:
    kept = _kept(view)
    says = [line(texts.NOTHING_ASKED if kept else texts.NOTHING_TO_KEEP)]
    if view.next_prompt is not None:
        says.append(line(texts.next_prompt(view.next_prompt)))
    words: list[Line] = [line(bold(texts.WORDS_KEPT)), *kept[1:]] if kept else []
    here: Part = []
    if view.stand_ins:
        says.append(line(texts.answers_for_you(view.stand_ins)))
        here = buttons(Button(texts.HERE_AFTER_ALL, ids.COME_BACK))
    return message([says, _problems(view), words, here])


def _noted(view: ReceiptView, after: list[Part]) -> list[Line]:
    """What was understood, as far as it fits with what comes after it."""
    if not (view.lines or view.actions or view.says_actions or view.closed or view.thanks):
        if view.withdrawn and not view.not_understood:
            return [line(texts.WITHDRAWN)]
        return [line(bold(texts.UNSURE) if view.doubts else texts.NOTHING_UNDERSTOOD)]
    head = line(bold(_heading(view)))
    late = [line(texts.LATE)] if view.late else []

    def more(count: int) -> Line:
        return line(f"{phrases.more(count)}, noted too.")

    left = room([[head, *late], *after])
    most = left // 2 if view.waiting else left - len(texts.ALL_ANSWERED)
    lines = as_many_as_fit(lambda title: [_line(one, title) for one in view.lines], most, more)
    return [head, *lines, *late]


def _heading(view: ReceiptView) -> str:
    if view.for_whom is not None:
        return texts.NOTED_FOR.format(owner=person(view.for_whom))
    return texts.UNCHANGED if view.unchanged else texts.UNDERSTOOD


def _line(one: ReceiptLine, title_most: int) -> Line:
    before = one.value if one.value_before is None else one.value_before
    value = change_words(one.measure, before, one.value, one.unit)
    said = [f"{between(one.measure)}{value}, {texts.confidence(one.confidence, one.confidence_before)}"]
    if one.drove.strip():
        said.append(note(one.drove, NOTE_MOST))
    if one.blocker is not None:
        fix = note(one.blocker.fix, NOTE_MOST) if one.blocker.fix.strip() else ""
        whose = person(one.blocker_whose) if one.blocker_whose else ""
        said += in_the_way(one.blocker.kind, whose, fix)
    for_whom = f", {texts.FOR_WHOM.format(owner=person(one.for_whom))}" if one.for_whom else ""
    return line(bold(f"{one.number} {name(one.title, title_most)}{for_whom}"), " · ".join(said))


def _doubts(view: ReceiptView) -> list[Part]:
    """Each question with a row of buttons below it."""
    parts: list[Part] = []
    for one in view.doubts:
        choices = [
            Button(
                name(label, LABEL_MOST), ids.field(ids.MEANT, n), ids.meant_value(one.message, one.index, n)
            )
            for n, label in enumerate(one.labels)
        ]
        none = texts.NONE_OF_THEM if len(choices) > 1 else texts.NOT_MEANT
        neither = Button(none, ids.NONE_OF_THEM, ids.meant_value(one.message, one.index, None))
        row = buttons(*choices, neither, block_id=ids.field(ids.DOUBT, one.index))
        parts += [[_question(one)], row]
    return parts


def _question(one: DoubtView) -> Line:
    about = texts.ABOUT.format(title=name(one.about, ABOUT_MOST)) if one.about else ""
    asks = texts.DOUBTS[one.kind]
    if one.kind is DoubtKind.MEANING and len(one.labels) == 1:
        asks = texts.ONLY_ONE_MEANING
    return line(
        asks.format(
            words=name(one.words, DOUBTFUL_MOST), about=about, meaning=name(one.labels[0], ABOUT_MOST)
        )
    )


def _asks(view: ReceiptView) -> list[Line]:
    """Low confidence asks what is in the way; in words a person may not have thought of saying so. And who
    has to be told by somebody else."""
    if view.check_in_id is None:
        return []
    low = [one for one in view.lines if one.confidence < MEDIUM_CONFIDENCE and one.blocker is None]
    which = phrases.listed([f"KR{one.number}" for one in low], ASKED_MOST)
    asks_what = texts.WHAT_IS_IN_THE_WAY.format(which=which, button=texts.CORRECT_IT)
    unmoved = what_moves_it([one for one in view.lines if one.asks_what_moves_it])
    return [*not_told(view.lines), *([line(asks_what)] if low else []), *unmoved]


def _actions(view: ReceiptView) -> list[Line]:
    if not view.actions:
        return [line(bold(texts.NEXT_WEEK), f" {texts.NOTHING_NEXT}")] if view.says_actions else []
    actions = [line(f"• {name(action, NOTE_MOST)}") for action in view.actions]
    return [line(bold(texts.NEXT_WEEK)), *first_that_fit(actions, ACTIONS_MOST, _and_more)]


def _thanks(view: ReceiptView) -> list[Line]:
    if not view.thanks:
        return []
    lines = [line(f"• {note(words, NOTE_MOST)}") for words in view.thanks]
    return [line(bold(texts.THANKS_KEPT)), *first_that_fit(lines, THANKS_MOST, _and_more)]


def _closed(view: ReceiptView) -> list[Line]:
    if not view.closed:
        return []
    lines = [action_line(one, NOTE_MOST) for one in view.closed]
    return [line(bold(texts.CLOSED_ACTIONS)), *first_that_fit(lines, CLOSED_MOST, _and_more)]


def _problems(view: ReceiptView) -> list[Line]:
    return first_that_fit([line(note(problem, 200)) for problem in view.problems], PROBLEMS_MOST, _and_more)


def _kept(view: ReceiptView) -> list[Line]:
    if not view.not_understood:
        return []
    words = [line(f"“{note(words, WORDS_MOST)}”") for words in view.not_understood]

    def more(count: int) -> Line:
        return line(f"… and {phrases.count(count, 'more piece', 'more pieces')}, kept too.")

    most = KEPT_MOST - weight([_question(one) for one in view.doubts])
    return [line(bold(texts.KEPT)), *first_that_fit(words, max(most, REST_ROOM), more)]


def _waiting(view: ReceiptView, most: int) -> list[Line]:
    if not view.waiting:
        mine = view.lines and view.check_in_id is not None and view.for_whom is None and not view.doubts
        return [line(texts.ALL_ANSWERED)] if mine else []
    head = line(bold(texts.STILL_WAITING))
    lines = as_many_as_fit(
        lambda title: [asked_line(asked, title) for asked in view.waiting], most - weight([head]), _and_more
    )
    return [head, *lines]


def _buttons(view: ReceiptView) -> list[Part]:
    if view.check_in_id is None:
        return []
    text = texts.CORRECT_IT if view.lines or view.actions or view.closed else texts.CHECK_IN
    some_answered = bool(view.lines) or any(asked.answered for asked in view.waiting)
    unchanged = unchanged_button(view.check_in_id, some_answered=some_answered) if view.waiting else None
    return [buttons(check_in_button(text, view.check_in_id, primary=False), unchanged)]


def _and_more(count: int) -> Line:
    return line(f"{phrases.more(count)}.")
