"""A draft as messages in the team's channel, and as the modal in which one person sees it."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ConfirmObject

from bot.okr.rights import Operation
from bot.okr.writing.draft_views import Copied, DraftView, ProposalView
from bot.slack import ids, phrases
from bot.slack import texts as common
from bot.slack.blocks.compose import (
    TEXT_MOST,
    Button,
    Part,
    buttons,
    cut,
    message,
    to_blocks,
    weight,
)
from bot.slack.blocks.drafting import lines as draft_lines
from bot.slack.blocks.fields import modal
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, line, name, note, plain
from bot.slack.texts import drafts as texts

PAGE_MOST: Final = TEXT_MOST - 700
"""Characters of a page, beside its head."""
PARTS_MOST: Final = 35
"""Paragraphs of a page, so that it stays well within 50 blocks."""
MODAL_MOST: Final = 40_000
"""Characters that a modal shows."""
MODAL_PARTS: Final = 35
LEFT_NAMED: Final = 10
PROPOSALS_MOST: Final = 12
"""Each takes two blocks."""
DECLINED_MOST: Final = 5
OTHERS_MOST: Final = 3


def draft(view: DraftView, page: int = 0) -> Message:
    """One page: 0 is the message in the channel, the others follow in its thread. A page that was needed once
    and is not any more says so."""
    pages = _pages(view)
    if page >= len(pages):
        return message([[line(common.NO_SUCH_PAGE)]])
    if page:
        more = f"{draft_lines.heading(view)} · more ({page} of {len(pages) - 1})"
        return message([more, *pages[page]])
    rest: list[Part] = [[line(texts.MORE_IN_THREAD)]] if len(pages) > 1 else []
    row = [] if view.started else [_row(view)]
    return message([draft_lines.heading(view), draft_lines.head(view), *pages[0], *rest, *row])


def pages(view: DraftView) -> int:
    """How many messages it takes."""
    return len(_pages(view))


def given_up() -> Message:
    return message([[line(texts.GONE_DRAFT)]])


def draft_view(view: DraftView, notes: Sequence[str] = ()) -> dict[str, Any]:
    """The modal; `notes` are said at its top."""
    said = [line(note(one)) for one in notes]
    if view.not_shared:
        said.append(line(texts.NOT_POSTED.format(why=common.reason(view.not_shared))))
    how = [] if view.started else [line(texts.HOW_TO_WRITE)]
    parts: list[Part] = [said, draft_lines.heading(view), [*draft_lines.head(view), *how], _whole(view)]
    parts += _fitting(draft_lines.objective(one) for one in view.objectives)
    parts += [*_proposals(view), *_declined(view)]
    parts += [] if view.started else [_row(view), *_leads_row(view)]
    parts += _others(view)
    blocks = to_blocks(part for part in parts if part)
    return modal(
        texts.TITLE,
        blocks,
        close=common.CLOSE,
        callback_id=ids.DRAFT_VIEW,
        private_metadata=value(view),
    )


def value(view: DraftView) -> str:
    return ids.draft_value(view.team.id, view.cycle.id)


def copied_notes(copied: Copied | None) -> list[str]:
    """What was copied, and what of it wants to be thought about."""
    if copied is None:
        return []
    left = [texts.LEFT[one.why].format(title=one.title) for one in copied.left[:LEFT_NAMED]]
    more = len(copied.left) - LEFT_NAMED
    return [texts.copied(copied), *left, *([f"… and {more} more"] if more > 0 else [])]


def proposal_row(one: ProposalView) -> dict[str, Any]:
    """For whoever decides about it."""
    value = str(one.proposal.id)
    return buttons(
        Button(texts.BUTTON_ACCEPT, ids.PROPOSAL_ACCEPT, value),
        Button(texts.BUTTON_DECLINE, ids.PROPOSAL_DECLINE, value),
        block_id=ids.field(ids.PROPOSAL, one.proposal.id),
    )


def _proposals(view: DraftView) -> list[Part]:
    if not view.open or view.started:
        return []
    parts: list[Part] = [[line(bold(texts.PROPOSALS))]]
    for one in view.open[:PROPOSALS_MOST]:
        parts.append(draft_lines.proposal(one))
        parts += [proposal_row(one)] if one.mine_to_decide else []
    more = len(view.open) - PROPOSALS_MOST
    return [*parts, *([[line(phrases.more(more))]] if more > 0 else [])]


def _declined(view: DraftView) -> list[Part]:
    shown = view.declined[-DECLINED_MOST:]
    if not shown:
        return []
    more = len(view.declined) - len(shown)
    rest: list[Line] = [line(phrases.more(more))] if more else []
    return [
        [line(bold(texts.DECLINED)), *(each for one in shown for each in draft_lines.declined(one)), *rest]
    ]


def _row(view: DraftView) -> dict[str, Any]:
    about = value(view)
    return buttons(
        Button(texts.BUTTON_COMMENT, ids.DRAFT_COMMENT, about),
        Button(texts.BUTTON_PROPOSE, ids.DRAFT_PROPOSE, about),
        Button(texts.BUTTON_COMMIT, ids.DRAFT_COMMIT, about) if view.key_results else None,
        Button(texts.BUTTON_SEE, ids.DRAFT, about) if not view.may else None,
    )


def _leads_row(view: DraftView) -> list[dict[str, Any]]:
    """What only leads may do, in the modal."""
    about = value(view)
    row = []
    if Operation.SHARE_DRAFT in view.may and (view.not_shared or not view.shared_at):
        row.append(ButtonElement(text=plain(texts.BUTTON_SHARE, 75), action_id=ids.DRAFT_SHARE, value=about))
    if Operation.START_CYCLE in view.may:
        row.append(ButtonElement(text=plain(texts.BUTTON_START, 75), action_id=ids.DRAFT_START, value=about))
    if Operation.ADD_OBJECTIVE in view.may:
        begin = plain(texts.BUTTON_BEGIN, 75)
        row.append(ButtonElement(text=begin, action_id=ids.DRAFT_BEGIN, value=str(view.team.id)))
        row.append(_give_up(about))
    return [dict(ActionsBlock(block_id=ids.DRAFT_SHARE, elements=row).to_dict())] if row else []


def _others(view: DraftView) -> list[Part]:
    row = [
        Button(
            texts.ANOTHER.format(cycle=name(one.name, 40)),
            ids.field(ids.DRAFT, one.id),
            ids.draft_value(view.team.id, one.id),
        )
        for one in view.others[:OTHERS_MOST]
    ]
    return [buttons(*row, block_id=ids.DRAFT)] if row else []


def _give_up(about: str) -> ButtonElement:
    return ButtonElement(
        text=plain(texts.BUTTON_GIVE_UP, 75),
        action_id=ids.DRAFT_GIVE_UP,
        value=about,
        confirm=ConfirmObject(
            title=plain(texts.GIVE_UP_TITLE, 100),
            text=plain(texts.GIVE_UP_ASKS, 300),
            confirm=plain(texts.BUTTON_GIVE_UP, 30),
            deny=plain(common.CANCEL, 30),
        ),
    )


def _whole(view: DraftView) -> list[Line]:
    """What is said of all of it."""
    if not view.objectives:
        return [line(texts.NO_OBJECTIVES), *draft_lines.comments(view.comments)]
    return draft_lines.comments(view.comments)


def _pages(view: DraftView) -> list[list[list[Line]]]:
    pages: list[list[list[Line]]] = [[]]
    left = PAGE_MOST
    for lines in (_whole(view), *(draft_lines.objective(one) for one in view.objectives)):
        pieces = [piece for one in lines for piece in cut(one, PAGE_MOST)]
        for number, piece in enumerate(pieces):
            size = weight([piece])
            if size > left or (number == 0 and len(pages[-1]) >= PARTS_MOST):
                pages.append([])
                left = PAGE_MOST
            if number == 0 or not pages[-1]:
                pages[-1].append([])
            pages[-1][-1].append(piece)
            left -= size
    return pages


def _fitting(paragraphs: Iterable[list[Line]]) -> list[Part]:
    """Those that fit into the modal."""
    kept: list[Part] = []
    left = MODAL_MOST
    for lines in paragraphs:
        left -= weight(lines)
        if left < 0 or len(kept) >= MODAL_PARTS:
            return [*kept, [line(texts.TOO_LONG)]]
        kept.append(lines)
    return kept
