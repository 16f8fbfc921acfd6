"""The form of a team: a new one, one that is changed, and one that somebody else has changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from slack_sdk.models.blocks import (
    ConversationFilter,
    ConversationSelectElement,
    ExternalDataSelectElement,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
    TimePickerElement,
    UserMultiSelectElement,
)

from bot.okr.model import Team
from bot.okr.writing.drafts import one_line
from bot.services.teams.team_fields import Problem, TeamFields, marks
from bot.services.teams.team_setup import TeamFormView
from bot.slack import ids, phrases
from bot.slack import texts as shared
from bot.slack.blocks.fields import OPTION_MOST, input_block, modal, text_field
from bot.slack.blocks.words import person
from bot.slack.reading.fields import held, held_time, option, text
from bot.slack.richtext import Line, Run, line, name, paragraph, plain
from bot.slack.texts import teams as texts

NO_MEETING: Final = "none"
NOBODY_ABOVE: Final = "none"
FROM_CHANNEL, BY_NAME = "channel", "people"
BLOCK_OF: Final = {
    "name": ids.TEAM_NAME,
    "channel": ids.TEAM_CHANNEL,
    "leads": ids.TEAM_LEADS,
    "members": ids.TEAM_MEMBERS,
    "meeting_day": ids.MEETING_DAY,
    "meeting_at": ids.MEETING_AT,
    "check_in_day": ids.CHECK_IN_DAY,
    "zone": ids.TEAM_ZONE,
    "parent_id": ids.TEAM_PARENT,
}
"""Where a problem with a field is said."""
OFFERED_MOST: Final = 100


def team_form(view: TeamFormView, *, drawn: int = 0, about: Sequence[Line] = ()) -> dict[str, Any]:
    """`about` is said above the fields."""
    shown = view.fields
    intro = list(about) or ([line(texts.SET_UP_INTRO)] if view.team_id is None else [])
    blocks = [
        *([paragraph(intro)] if intro else []),
        _field(ids.TEAM_NAME, drawn, texts.NAME, text_field(_id(ids.TEAM_NAME, drawn), shown.name)),
        _field(
            ids.TEAM_CHANNEL, drawn, texts.CHANNEL, _channel(shown.channel, drawn), hint=texts.CHANNEL_HINT
        ),
        _field(ids.TEAM_LEADS, drawn, texts.LEADS, _people(ids.TEAM_LEADS, drawn, shown.leads)),
        _field(ids.WHO_BELONGS, drawn, texts.WHO_BELONGS, _who(drawn, from_channel=shown.from_channel)),
        _field(
            ids.TEAM_MEMBERS,
            drawn,
            texts.MEMBERS,
            _people(ids.TEAM_MEMBERS, drawn, shown.members),
            hint=texts.MEMBERS_HINT,
            optional=True,
        ),
        _field(
            ids.TEAM_OBSERVERS,
            drawn,
            texts.OBSERVERS,
            _people(ids.TEAM_OBSERVERS, drawn, shown.observers),
            hint=texts.OBSERVERS_HINT,
            optional=True,
        ),
        _field(ids.MEETING_DAY, drawn, texts.MEETING_DAY, _meeting(shown, drawn), hint=texts.MEETING_HINT),
        _field(ids.MEETING_AT, drawn, texts.MEETING_AT, _clock(shown, drawn), optional=True),
        _field(ids.CHECK_IN_DAY, drawn, texts.CHECK_IN_DAY, _day(shown, drawn), hint=texts.CHECK_IN_DAY_HINT),
        _field(ids.TEAM_ZONE, drawn, texts.ZONE, _zone(shown.zone, drawn), hint=texts.ZONE_HINT),
        _field(
            ids.TEAM_PARENT, drawn, texts.PARENT, _parent(view, drawn), hint=texts.PARENT_HINT, optional=True
        ),
    ]
    return modal(
        texts.SET_UP_TITLE if view.team_id is None else texts.CHANGE_TEAM_TITLE,
        blocks,
        submit=shared.SAVE,
        callback_id=ids.TEAM_FORM,
        private_metadata=ids.team_metadata(view.team_id, drawn, view.seen),
    )


def wanted(view: Mapping[str, Any], drawn: int) -> TeamFields:
    """What the form holds; what cannot be, in a forged one, is left out or said beside its field."""

    def block(what: str) -> str:
        return _id(what, drawn)

    channel = held(view, block(ids.TEAM_CHANNEL), "selected_conversation")
    day = ids.read_number(option(view, block(ids.CHECK_IN_DAY)))
    meeting = ids.read_number(option(view, block(ids.MEETING_DAY)))
    return TeamFields(
        name=" ".join(one_line(text(view, block(ids.TEAM_NAME))).split()),
        channel=channel
        if isinstance(channel, str) and channel[:1] in {"C", "G"} and len(channel) <= 40
        else "",
        leads=_chosen(view, block(ids.TEAM_LEADS)),
        from_channel=option(view, block(ids.WHO_BELONGS)) != BY_NAME,
        members=_chosen(view, block(ids.TEAM_MEMBERS)),
        observers=_chosen(view, block(ids.TEAM_OBSERVERS)),
        meeting_day=meeting if meeting in range(7) else None,
        meeting_at=held_time(view, block(ids.MEETING_AT)),
        check_in_day=day if day in range(7) else None,
        zone=(option(view, block(ids.TEAM_ZONE)) or "")[:64],
        parent_id=ids.read_number(option(view, block(ids.TEAM_PARENT))),
    )


def problems(found: Mapping[str, Problem], drawn: int) -> dict[str, str]:
    """What to say beside which field."""
    return {
        _id(BLOCK_OF[one], drawn): texts.PROBLEMS[problem.why].format(about=name(problem.about, 80))
        for one, problem in found.items()
    }


def changed_meanwhile(
    now: TeamFormView,
    mine: TeamFields,
    drawn: int,
    *,
    seen: Mapping[str, str],
    parent: str,
    names: Mapping[str, str],
) -> dict[str, Any]:
    """The form anew, with what somebody else has made of the team meanwhile: what its author has touched is
    theirs, all else as it is now. `parent` is what they chose, `names` people's by their Slack ids."""
    mine_now = marks(mine)
    touched = [one.name for one in fields(mine) if mine_now[one.name] != seen.get(one.name)]
    merged = replace(now.fields, **{one: getattr(mine, one) for one in touched})
    about = [line(texts.changed_meanwhile(now.changed))]
    about += [_as_it_is(one, now, names) for one in now.changed if one in touched]
    merged_view = replace(now, fields=merged, parent=parent if "parent_id" in touched else now.parent)
    return team_form(merged_view, drawn=drawn + 1, about=about)


def zones(found: Sequence[str]) -> list[dict[str, Any]]:
    return [_option(one.replace("_", " "), one) for one in found[:OFFERED_MOST]]


def teams_offered(found: Sequence[Team]) -> list[dict[str, Any]]:
    """With the choice of none at the top."""
    named = [_option(name(one.name, OPTION_MOST), str(one.id)) for one in found[: OFFERED_MOST - 1]]
    return [_option(texts.NO_PARENT, NOBODY_ABOVE), *named]


def chosen_text(view: Mapping[str, Any], block_id: str) -> str:
    """What stands in a menu that is searched by typing."""
    said = held(view, block_id, "selected_option")
    words = said.get("text") if isinstance(said, Mapping) else None
    return str(words.get("text") or "") if isinstance(words, Mapping) else ""


def _as_it_is(field: str, now: TeamFormView, names: Mapping[str, str]) -> Line:
    value = getattr(now.fields, field)
    if field == "channel":
        before, after = texts.is_now(field, "\0").split("\0")
        return line(before, Run(channel=value), after)
    return line(texts.is_now(field, _in_words(field, value, now, names)))


def _in_words(field: str, value: Any, now: TeamFormView, names: Mapping[str, str]) -> str:
    match field:
        case "leads" | "members" | "observers":
            return phrases.listed([person(names.get(one, one)) for one in value], 10) or "nobody"
        case "from_channel":
            return texts.EVERYBODY if value else texts.THESE_PEOPLE
        case "meeting_day" | "check_in_day":
            return texts.NO_MEETING if value is None else phrases.DAYS[value]
        case "meeting_at":
            return texts.NO_MEETING if value is None else phrases.clock(value)
        case "parent_id":
            return name(now.parent, 80) or texts.NO_PARENT
        case _:
            return name(str(value), 80)


def _id(what: str, drawn: int) -> str:
    return ids.field(what, drawn)


def _field(
    what: str, drawn: int, label: str, element: Any, *, hint: str | None = None, optional: bool = False
) -> dict[str, Any]:
    """What is empty and may not be, Slack's client holds back; where it does not, we answer it in words."""
    return input_block(_id(what, drawn), label, element, optional=optional, hint=hint)


def _channel(channel: str, drawn: int) -> ConversationSelectElement:
    return ConversationSelectElement(
        action_id=_id(ids.TEAM_CHANNEL, drawn),
        initial_conversation=channel or None,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        placeholder=plain(texts.CHOOSE, 150),
    )


def _people(what: str, drawn: int, chosen: Sequence[str]) -> UserMultiSelectElement:
    return UserMultiSelectElement(
        action_id=_id(what, drawn),
        initial_users=list(chosen) or None,
        placeholder=plain(shared.CHOOSE_PERSON, 150),
    )


def _who(drawn: int, *, from_channel: bool) -> RadioButtonsElement:
    every = [
        Option(text=plain(texts.EVERYBODY, OPTION_MOST), value=FROM_CHANNEL),
        Option(text=plain(texts.THESE_PEOPLE, OPTION_MOST), value=BY_NAME),
    ]
    return RadioButtonsElement(
        action_id=_id(ids.WHO_BELONGS, drawn), options=every, initial_option=every[0 if from_channel else 1]
    )


def _meeting(shown: TeamFields, drawn: int) -> StaticSelectElement:
    days = [
        Option(text=plain(day, OPTION_MOST), value=str(number)) for number, day in enumerate(phrases.DAYS)
    ]
    none = Option(text=plain(texts.NO_MEETING, OPTION_MOST), value=NO_MEETING)
    return StaticSelectElement(
        action_id=_id(ids.MEETING_DAY, drawn),
        options=[none, *days],
        initial_option=none if shown.meeting_day is None else days[shown.meeting_day],
    )


def _clock(shown: TeamFields, drawn: int) -> TimePickerElement:
    at = phrases.clock(shown.meeting_at) if shown.meeting_at else None
    return TimePickerElement(action_id=_id(ids.MEETING_AT, drawn), initial_time=at)


def _day(shown: TeamFields, drawn: int) -> StaticSelectElement:
    days = [
        Option(text=plain(day, OPTION_MOST), value=str(number)) for number, day in enumerate(phrases.DAYS)
    ]
    chosen = None if shown.check_in_day is None else days[shown.check_in_day]
    return StaticSelectElement(action_id=_id(ids.CHECK_IN_DAY, drawn), options=days, initial_option=chosen)


def _zone(zone: str, drawn: int) -> ExternalDataSelectElement:
    chosen = Option(text=plain(zone.replace("_", " "), OPTION_MOST), value=zone) if zone else None
    return ExternalDataSelectElement(
        action_id=_id(ids.TEAM_ZONE, drawn),
        initial_option=chosen,
        min_query_length=2,
        placeholder=plain(texts.TYPE_A_CITY, 150),
    )


def _parent(view: TeamFormView, drawn: int) -> ExternalDataSelectElement:
    chosen = None
    if view.fields.parent_id is not None and view.parent:
        chosen = Option(
            text=plain(name(view.parent, OPTION_MOST), OPTION_MOST), value=str(view.fields.parent_id)
        )
    return ExternalDataSelectElement(
        action_id=_id(ids.TEAM_PARENT, drawn),
        initial_option=chosen,
        min_query_length=0,
        placeholder=plain(texts.NO_PARENT, 150),
    )


def _chosen(view: Mapping[str, Any], block_id: str) -> tuple[str, ...]:
    said = held(view, block_id, "selected_users")
    found = said if isinstance(said, list) else []
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and ids.PERSON_ID.fullmatch(one)))


def _option(words: str, value: str) -> dict[str, Any]:
    return dict(Option(text=plain(words, OPTION_MOST), value=value).to_dict())
