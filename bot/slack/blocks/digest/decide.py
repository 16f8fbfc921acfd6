"""The form in which a meeting's people write down what they agreed about one key result."""

from collections.abc import Iterator
from typing import Any, Final

from slack_sdk.models.blocks import (
    Option,
    RadioButtonsElement,
    UserSelectElement,
)

from bot.okr.defaults import ACTION_LONGEST
from bot.okr.model import DecisionKind
from bot.services.digest.decisions import Agreed, DecideView, DecisionView
from bot.slack import ids, texts
from bot.slack.blocks.compose import Button, buttons
from bot.slack.blocks.fields import input_block, modal, text_field
from bot.slack.blocks.words import person
from bot.slack.richtext import bold, line, name, note, paragraph, plain

LISTED_MOST: Final = 10
TITLE_MOST: Final = 300


def decide_form(view: DecideView) -> dict[str, Any]:
    """For a new decision, with those taken before below; or to change one of them."""
    changing = view.changing
    agreed = changing.agreed if changing else Agreed("", DecisionKind.ACTION, view.owner_slack_id)
    number = changing.id if changing else 0
    about = line(bold(name(view.key_result.title, TITLE_MOST)), f", {person(view.owner)}")
    return modal(
        texts.CHANGE_TITLE if changing else texts.DECIDE_TITLE,
        [paragraph([about]), *_fields(agreed, number), *(() if changing else _decided_before(view))],
        submit=texts.SAVE,
        callback_id=ids.DECISION_FORM,
        private_metadata=ids.decision_metadata(view.round_id, view.key_result.id, number),
    )


def _fields(agreed: Agreed, number: int) -> list[dict[str, Any]]:
    """A decision has fields of its own: Slack keeps what was typed in those of the same id."""
    text, kind, whose = (ids.field(what, number) for what in (ids.AGREED, ids.DECISION_KIND, ids.WHOSE))
    options = {
        one: Option(text=plain(words, 75), value=one.value) for one, words in texts.DECISION_KIND.items()
    }
    return [
        input_block(text, texts.WHAT_WAS_AGREED, text_field(text, agreed.text, most=ACTION_LONGEST)),
        input_block(
            kind,
            texts.A_FIX_OR_AN_ACTION,
            RadioButtonsElement(
                action_id=kind, options=list(options.values()), initial_option=options[agreed.kind]
            ),
        ),
        input_block(whose, texts.WHOSE_IS_IT, UserSelectElement(action_id=whose, initial_user=agreed.whose)),
    ]


def _decided_before(view: DecideView) -> Iterator[dict[str, Any]]:
    """The newest ones; the digest has them all."""
    if view.decided:
        yield paragraph([line(bold(texts.DECIDED_BEFORE))])
    for one in view.decided[-LISTED_MOST:]:
        yield paragraph([line(f"{note(one.agreed.text)}, {person(one.person)}")])
        if one.mine:
            yield _row(one)


def _row(one: DecisionView) -> dict[str, Any]:
    value = str(one.id)
    return buttons(
        Button(texts.CHANGE, ids.CHANGE_DECISION, value),
        Button(texts.UNDO, ids.UNDO_DECISION, value),
        block_id=ids.field(ids.BUTTONS, one.id),
    )
