"""The forms of a draft: to begin one, to say something, to commit, to start."""

from typing import Any, Final

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    Option,
    OptionGroup,
    StaticSelectElement,
)

from bot.okr.model import Cycle
from bot.okr.writing.cycles import Odd
from bot.okr.writing.draft_views import (
    Beginning,
    Committing,
    CommitView,
    DraftKeyResult,
    DraftView,
    StartView,
)
from bot.slack import ids, phrases
from bot.slack import texts as common
from bot.slack.blocks.drafting import lines as draft_lines
from bot.slack.blocks.fields import OPTION_MOST, input_block, modal, text_field
from bot.slack.blocks.measured import planned
from bot.slack.blocks.words import person
from bot.slack.richtext import Line, bold, line, name, paragraph, plain
from bot.slack.texts import drafts as texts

NEW: Final = "new"
ON: Final = "on"
CYCLES_MOST: Final = 90
COMMENT_MOST: Final = 1000
"""Characters; whole in the channel."""
OPTIONS_MOST: Final = 100
COMMITS_MOST: Final = 80


def begin_form(view: Beginning, strange: tuple[Cycle, tuple[Odd, ...]] | None = None) -> dict[str, Any]:
    """`strange`: what was entered, and what is odd about it, to be confirmed."""
    entered, odd = strange or (view.proposed, ())
    blocks = [
        paragraph([line(texts.BEGIN_INTRO.format(team=person(view.team.name)))]),
        *([_which(view, new=bool(strange))] if view.cycles else []),
        *_new_cycle(entered, texts.ONLY_IF_NEW if view.cycles else None),
        *([_is_meant(entered, odd)] if odd else []),
        *([_copy(view.last)] if view.last else []),
    ]
    return modal(
        texts.BEGIN_TITLE,
        blocks,
        submit=texts.BEGIN,
        callback_id=ids.DRAFT_BEGIN_FORM,
        private_metadata=str(view.team.id),
    )


def _which(view: Beginning, *, new: bool) -> dict[str, Any]:
    options = {0: Option(text=plain(texts.A_NEW_ONE, OPTION_MOST), value=NEW)} | {
        one.id: Option(
            text=plain(f"{name(one.name, 30)}, {texts.days_of(one)}", OPTION_MOST), value=str(one.id)
        )
        for one in view.cycles[-CYCLES_MOST:]
    }
    initial = options.get(0 if new else view.proposed.id, options[0])
    element = StaticSelectElement(action_id=ids.CYCLE, options=list(options.values()), initial_option=initial)
    return input_block(ids.CYCLE, texts.WHICH_CYCLE, element)


def _option(text: str, value: str) -> Option:
    return Option(text=plain(text, OPTION_MOST), value=value)


def _new_cycle(entered: Cycle, hint: str | None) -> list[dict[str, Any]]:
    title = text_field(ids.CYCLE_NAME, entered.name)
    first = DatePickerElement(action_id=ids.FIRST_DAY, initial_date=entered.starts.isoformat())
    last = DatePickerElement(action_id=ids.LAST_DAY, initial_date=entered.ends.isoformat())
    return [
        input_block(ids.CYCLE_NAME, texts.CYCLE_NAME, title, hint=hint),
        input_block(ids.FIRST_DAY, texts.FIRST_DAY, first),
        input_block(ids.LAST_DAY, texts.LAST_DAY, last),
    ]


def _is_meant(entered: Cycle, odd: tuple[Odd, ...]) -> dict[str, Any]:
    yes = Option(text=plain(texts.IT_IS_MEANT, OPTION_MOST), value=ON)
    element = CheckboxesElement(action_id=ids.ODD_IS_MEANT, options=[yes])
    label = f"{texts.odd(entered, odd)} {texts.IS_IT_MEANT}"
    return input_block(ids.ODD_IS_MEANT, label, element, optional=True)


def _copy(last: Cycle) -> dict[str, Any]:
    words = texts.COPY_LAST.format(cycle=name(last.name, 40))
    option = Option(text=plain(words, OPTION_MOST), value=ON)
    element = CheckboxesElement(action_id=ids.COPY_LAST, options=[option])
    return input_block(ids.COPY_LAST, texts.COPY, element, optional=True, hint=texts.COPY_HINT)


def comment_form(view: DraftView) -> dict[str, Any]:
    return modal(
        texts.COMMENT_TITLE,
        [
            paragraph([line(draft_lines.heading(view))]),
            about_field(view),
            input_block(
                ids.COMMENT,
                texts.YOUR_COMMENT,
                text_field(ids.COMMENT, "", multiline=True, most=COMMENT_MOST),
                hint=texts.COMMENT_HINT,
            ),
        ],
        submit=texts.SAY,
        callback_id=ids.DRAFT_COMMENT_FORM,
        private_metadata=ids.draft_value(view.team.id, view.cycle.id),
    )


def about_field(view: DraftView) -> dict[str, Any]:
    """What of it is meant: all, an objective, or one of its key results, as many as Slack's menus take."""
    every = Option(text=plain(texts.ALL_OF_IT, OPTION_MOST), value=ids.about_value(None, None))
    groups = [OptionGroup(label=plain(texts.WHOLE_DRAFT, OPTION_MOST), options=[every])]
    left = OPTIONS_MOST - 1
    for each in view.objectives:
        about = each.objective
        options = [
            _option(about.title, ids.about_value(about.id, None)),
            *(_option(one.title, ids.about_value(None, one.id)) for one in about.key_results),
        ][:left]
        left -= len(options)
        if options:
            groups.append(OptionGroup(label=plain(about.title, OPTION_MOST), options=options))
    element = StaticSelectElement(action_id=ids.SAID_ABOUT, option_groups=groups, initial_option=every)
    return input_block(ids.SAID_ABOUT, texts.ABOUT, element)


def commit_form(view: CommitView, say: str = "") -> dict[str, Any]:
    """A confidence for each of one's own; `say` is a sentence on top."""
    blocks = [
        paragraph([line(say or texts.COMMIT_INTRO)]),
        *(_confidence(one) for one in view.key_results[:COMMITS_MOST]),
    ]
    return modal(
        texts.COMMIT_TITLE,
        blocks,
        submit=texts.COMMIT,
        callback_id=ids.DRAFT_COMMIT_FORM,
        private_metadata=ids.draft_value(view.team.id, view.cycle.id),
    )


def _confidence(one: DraftKeyResult) -> dict[str, Any]:
    field = ids.commit_field(one.key_result.id, one.seen)
    options = [_option(f"{level} – {common.level(level)}", str(level)) for level in range(11)]
    element = StaticSelectElement(
        action_id=field,
        placeholder=plain(texts.LEAVE_OUT, 150),
        options=options,
        initial_option=None if one.confidence is None else options[one.confidence],
    )
    about = one.key_result
    label = planned(name(about.title, 300), about.measure, about.unit)
    changed = texts.CHANGED_SINCE if one.committing is Committing.CHANGED else None
    return input_block(field, label, element, optional=True, hint=changed)


def start_form(view: StartView) -> dict[str, Any]:
    """What is missing, as advice; its submit starts the cycle."""
    advice = [*_missing(view), *(line(one) for one in view.questions)]
    when = texts.START_ASKS_NOW if view.begun else texts.START_ASKS
    asks = when.format(
        first=texts.dated(view.cycle.starts), key_results=phrases.count(view.key_results, "key result")
    )
    about = f"{person(view.team.name)} · {name(view.cycle.name, 60)}, {texts.days_of(view.cycle)}"
    blocks = [paragraph([line(bold(about)), line(asks)])]
    if advice:
        blocks.append(paragraph([line(bold(texts.START_ADVICE)), *advice]))
    else:
        blocks.append(paragraph([line(texts.START_READY)]))
    return modal(
        texts.START_TITLE,
        blocks,
        submit=texts.START,
        callback_id=ids.DRAFT_START_FORM,
        private_metadata=ids.draft_value(view.team.id, view.cycle.id),
    )


def _missing(view: StartView) -> list[Line]:
    said = []
    if view.not_committed:
        who = phrases.listed([person(one) for one in view.not_committed], texts.NAMED_MOST)
        said.append(texts.NOT_COMMITTED.format(who=who, have=texts.have(view.not_committed)))
    if view.without_owner:
        said.append(texts.WITHOUT_OWNER.format(which=_titles(view.without_owner)))
    if view.empty:
        said.append(texts.WITHOUT_KEY_RESULTS.format(which=_titles(view.empty), have=texts.have(view.empty)))
    if view.open:
        wait, them = ("waits", "it") if view.open == 1 else ("wait", "them")
        proposals = phrases.count(view.open, "proposal")
        said.append(texts.STILL_OPEN.format(proposals=proposals, wait=wait, them=them))
    if view.sandbagging:
        said.append(texts.SANDBAGGING.format(which=_titles(view.sandbagging)))
    if view.asks_nobody:
        said.append(texts.ASKS_NOBODY.format(team=person(view.team.name)))
    return [line(one) for one in said]


def _titles(titles: tuple[str, ...]) -> str:
    return texts.named([name(one, 80) for one in titles])
