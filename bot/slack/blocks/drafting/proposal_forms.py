"""The forms in which something is proposed for a draft, and in which it is accepted or declined."""

from typing import Any, Final

from slack_sdk.models.blocks import Option, OptionGroup, StaticSelectElement

from bot.okr.writing.draft_views import DraftView
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft
from bot.services.drafting.deciding import DecideView
from bot.services.drafting.proposing import ToPropose
from bot.slack import ids
from bot.slack.blocks.drafting import lines as draft_lines
from bot.slack.blocks.fields import OPTION_MOST, input_block, modal, text_field
from bot.slack.blocks.words import person
from bot.slack.blocks.writing.key_result_form import key_result_form
from bot.slack.blocks.writing.objective_form import objective_form
from bot.slack.blocks.writing.okr_form import Frame
from bot.slack.reading.okr_fields import Metadata
from bot.slack.richtext import line, name, paragraph, plain
from bot.slack.texts import drafts as texts

WHY_MOST: Final = 1000
"""Characters."""
WORD_MOST: Final = 1000
OPTIONS_MOST: Final = 100


def what_form(view: DraftView) -> dict[str, Any]:
    """What would they like to propose: as much as Slack's menus take."""
    new = _option(texts.A_NEW_OBJECTIVE, ids.new_value(None))
    groups = [OptionGroup(label=plain(texts.WHOLE_DRAFT, OPTION_MOST), options=[new])]
    left = OPTIONS_MOST - 1
    for each in view.objectives:
        about = each.objective
        options = [
            _option(texts.A_KEY_RESULT_FOR, ids.new_value(about.id)),
            _change(about.title, ids.about_value(about.id, None)),
            *(_change(one.title, ids.about_value(None, one.id)) for one in about.key_results),
        ][:left]
        left -= len(options)
        if options:
            groups.append(OptionGroup(label=plain(about.title, OPTION_MOST), options=options))
    element = StaticSelectElement(action_id=ids.PROPOSED, option_groups=groups, initial_option=new)
    return modal(
        texts.PROPOSE_TITLE,
        [
            paragraph([line(draft_lines.heading(view))]),
            input_block(ids.PROPOSED, texts.PROPOSE_WHAT, element),
        ],
        submit=texts.GO_ON,
        callback_id=ids.DRAFT_PROPOSE_FORM,
        private_metadata=ids.draft_value(view.team.id, view.cycle.id),
    )


def propose_form(asked: ToPropose, *, objective: bool) -> dict[str, Any]:
    """The same form in which OKRs are written, and why; `objective`: whether that is what it is about."""
    about = asked.about
    metadata = Metadata(
        about.objective_id or 0, about.key_result_id or 0, asked.view.team.id, asked.view.cycle.id
    )
    title = texts.PROPOSE_CHANGE
    if asked.there is None:
        title = texts.PROPOSE_OBJECTIVE if objective else texts.PROPOSE_KEY_RESULT
    frame = Frame(
        title,
        ids.PROPOSE_OBJECTIVE_FORM if objective else ids.PROPOSE_KEY_RESULT_FORM,
        metadata,
        submit=texts.PROPOSE_IT,
        about=draft_lines.heading(asked.view),
    )
    if objective:
        draft = asked.there if isinstance(asked.there, ObjectiveDraft) else ObjectiveDraft("", asked.mine)
        form = objective_form(draft, frame)
    else:
        known = asked.there if isinstance(asked.there, KeyResultDraft) else None
        form = key_result_form(known, frame, owner=asked.mine)
    why = text_field(ids.PROPOSE_WHY, "", multiline=True)
    entry = input_block(ids.PROPOSE_WHY, texts.PROPOSE_WHY, why, optional=True, hint=texts.PROPOSE_WHY_HINT)
    return form | {"blocks": [*form["blocks"], entry]}


def decide_form(view: DecideView, *, accept: bool, say: str = "") -> dict[str, Any]:
    """A word to whoever proposed it; `say` is a sentence on top."""
    by = person(view.proposal.by)
    word = text_field(ids.PROPOSAL_WORD, "", multiline=True)
    blocks = [
        paragraph([line(say)] if say else [line(name(view.heading, 150))]),
        paragraph(draft_lines.proposal(view.proposal)),
        input_block(
            ids.PROPOSAL_WORD,
            texts.A_WORD.format(by=by) if accept else texts.WHY_NOT,
            word,
            optional=accept,
            hint=texts.WORD_HINT,
        ),
    ]
    return modal(
        texts.ACCEPT_TITLE if accept else texts.DECLINE_TITLE,
        blocks,
        submit=texts.BUTTON_ACCEPT if accept else texts.BUTTON_DECLINE,
        callback_id=ids.PROPOSAL_ACCEPT_FORM if accept else ids.PROPOSAL_DECLINE_FORM,
        private_metadata=ids.proposal_metadata(view.proposal.proposal.id, view.seen),
    )


def _change(title: str, value: str) -> Option:
    return _option(texts.A_CHANGE.format(title=name(title, OPTION_MOST - 20)), value)


def _option(text: str, value: str) -> Option:
    return Option(text=plain(text, OPTION_MOST), value=value)
