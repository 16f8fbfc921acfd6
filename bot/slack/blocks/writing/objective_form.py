"""The form in which an objective is written, or a change to one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import CheckboxesElement, Option, UserMultiSelectElement

from bot.okr.writing.drafts import ObjectiveDraft
from bot.slack import ids, phrases, texts
from bot.slack.blocks.writing.okr_form import (
    Block,
    Frame,
    View,
    advised,
    choice,
    entry,
    field_of,
    framed,
    reason,
    sent_back,
    someone,
)
from bot.slack.reading import fields
from bot.slack.reading.okr_fields import OWN, PRIVATE, TEAMS, read_metadata
from bot.slack.richtext import name, plain
from bot.slack.texts import writing

THEMES_MOST = 8
READERS_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A team and a cycle for which somebody may write an objective."""

    team_id: int
    cycle_id: int
    name: str
    """ "TeeBee, 2026 Q4"."""
    asks_reason: bool = False


def objective_form(
    draft: ObjectiveDraft,
    frame: Frame,
    *,
    places: Sequence[Place] = (),
    themes: Sequence[str] = (),
    for_team: bool = True,
    advice: Mapping[str, str] | None = None,
) -> View:
    """`places` to choose from, the first one chosen, none where it is settled; `for_team`: whether it may be
    the team's, and not only the person's own; `advice` of the coach by the field's name."""
    if places:
        frame = replace(frame, asks_reason=places[0].asks_reason)
    blocks = [
        entry(frame, ids.OKR_TITLE, writing.OBJECTIVE_TITLE, draft.title, optional=False, tells=True),
        *_place(frame, places),
        choice(
            frame,
            ids.OKR_KIND,
            writing.KIND,
            {kind.value: words for kind, words in writing.KINDS.items()},
            draft.kind.value,
        ),
        *_whose(frame, draft, for_team=for_team),
        entry(frame, ids.OKR_THEME, writing.THEME, draft.theme, hint=_theme_hint(themes)),
        _private(frame, draft),
        *([_readers(frame, draft.readers)] if draft.private else []),
    ]
    return framed(frame, advised(blocks, advice or {}, frame.metadata.generation))


def redrawn(view: Mapping[str, Any], advice: Mapping[str, str]) -> View:
    """The form as it has to look for what is entered in it now; Slack keeps what was typed."""
    metadata = read_metadata(view)
    frame = Frame("", "", metadata)
    private, readers, why = (frame.at(one) for one in (ids.OKR_PRIVATE, ids.OKR_READERS, ids.OKR_REASON))
    blocks: list[Block] = []
    for block in view.get("blocks") or ():
        if block.get("block_id") not in {readers, why}:
            blocks.append(_plain_hint(block, frame.at(ids.OKR_TITLE)))
        if block.get("block_id") == private and PRIVATE in fields.held_options(view, private):
            blocks.append(_known(view, readers) or _readers(frame, frozenset()))
    chosen = ids.read_place_value(fields.option(view, frame.at(ids.OKR_PLACE)))
    there = _known(view, why)
    if chosen[2] if chosen else there is not None:
        blocks.append(there or reason(frame))
    return sent_back(view, advised(blocks, advice, metadata.generation), metadata)


def _plain_hint(block: Block, block_id: str) -> Block:
    """The title's hint is the coach's alone."""
    return (
        {key: held for key, held in block.items() if key != "hint"}
        if block.get("block_id") == block_id
        else block
    )


def _known(view: Mapping[str, Any], block_id: str) -> Block | None:
    return next((one for one in view.get("blocks") or () if one.get("block_id") == block_id), None)


def _place(frame: Frame, places: Sequence[Place]) -> list[Block]:
    if len(places) < 2:
        return []
    values = {
        ids.place_value(one.team_id, one.cycle_id, asks_reason=one.asks_reason): one.name for one in places
    }
    return [choice(frame, ids.OKR_PLACE, writing.PLACE, values, next(iter(values)), tells=True)]


def _whose(frame: Frame, draft: ObjectiveDraft, *, for_team: bool) -> list[Block]:
    offered = {TEAMS: writing.TEAMS, OWN: writing.OWN} if for_team else {OWN: writing.OWN}
    whose = OWN if draft.personal or not for_team else TEAMS
    asked = choice(frame, ids.OKR_WHOSE, writing.WHOSE, offered, whose)
    return [asked, *([someone(frame, ids.OKR_OWNER, writing.OWNER, draft.owner)] if for_team else [])]


def _theme_hint(themes: Sequence[str]) -> str:
    known = phrases.listed([name(one, 40) for one in themes], THEMES_MOST)
    return (
        f"{writing.THEME_HINT} {writing.KNOWN_THEMES.format(themes=known)}" if known else writing.THEME_HINT
    )


def _private(frame: Frame, draft: ObjectiveDraft) -> Block:
    block_id = frame.at(ids.OKR_PRIVATE)
    option = Option(text=plain(writing.IS_PRIVATE, 75), value=PRIVATE)
    element = CheckboxesElement(
        action_id=block_id, options=[option], initial_options=[option] if draft.private else None
    )
    return field_of(frame, ids.OKR_PRIVATE, writing.PRIVATE, element, tells=True)


def _readers(frame: Frame, readers: frozenset[str]) -> Block:
    element = UserMultiSelectElement(
        action_id=frame.at(ids.OKR_READERS),
        placeholder=plain(texts.CHOOSE_PERSON, 150),
        initial_users=sorted(readers)[:READERS_MOST] or None,
    )
    return field_of(frame, ids.OKR_READERS, writing.READERS, element)
