"""Which of Slack's events concern us, and what is kept of each."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.okr.days.status import Status
from bot.slack.people import profile_of
from bot.slack.reading.events import HOME, PERSON, read_event, said_before
from bot.storage.inbox import EDIT, MESSAGE, Arrival

IN_2027 = datetime.fromtimestamp(1_800_000_000, UTC)
Json = dict[str, Any]
SAID: Json = {
    "type": "message",
    "channel_type": "im",
    "channel": "D1",
    "user": "U1",
    "ts": "1763604000.000100",
    "text": "1 62%",
    "client_msg_id": "c-1",
}
EDITED: Json = {
    "type": "message",
    "subtype": "message_changed",
    "channel_type": "im",
    "channel": "D1",
    "ts": "1763604009.000200",
    "event_ts": "1763604009.000200",
    "message": {
        "user": "U1",
        "text": "1 63%",
        "ts": "1763604000.000100",
        "edited": {"user": "U1", "ts": "1763604009.000000"},
    },
    "previous_message": {"user": "U1", "text": "1 62%", "ts": "1763604000.000100"},
}


def read(event: Json) -> Arrival | None:
    return read_event({"type": "event_callback", "event_id": "Ev1", "event": event})


def test_a_direct_message_is_kept_with_all_that_tells_it_from_others() -> None:
    assert read(SAID) == Arrival(
        "Ev1", MESSAGE, "U1", "1763604000.000100", {"text": "1 62%"}, channel="D1", client_msg_id="c-1"
    )


def test_a_file_without_a_word_is_an_empty_message() -> None:
    kept = read({**SAID, "subtype": "file_share", "text": None})
    assert kept is not None
    assert kept.payload == {"text": ""}


def test_an_edit_is_an_event_of_its_own_and_names_its_message() -> None:
    assert read(EDITED) == Arrival(
        "Ev1",
        EDIT,
        "U1",
        "1763604009.000200",
        {"text": "1 63%", "edited": "1763604000.000100"},
        channel="D1",
        client_msg_id="D1/1763604000.000100/1763604009.000000",
    )


def test_a_message_that_is_read_back_is_the_same_as_when_it_was_told_of() -> None:
    (kept,) = said_before("D1", {key: SAID[key] for key in ("user", "ts", "text", "client_msg_id")})
    told = read(SAID)
    assert told is not None
    assert replace(kept, event_id="Ev1") == told
    assert kept.event_id != "Ev1"


def test_an_edit_that_is_read_back_is_recognised_as_the_one_that_was_told_of() -> None:
    _, edit = said_before("D1", EDITED["message"])
    told = read(EDITED)
    assert told is not None
    assert (edit.kind, edit.client_msg_id, edit.payload) == (EDIT, told.client_msg_id, told.payload)


@pytest.mark.parametrize(
    "message",
    [
        {**SAID, "bot_id": "B1"},
        {**SAID, "user": None},
        {**SAID, "subtype": "channel_join"},
        {**EDITED["message"], "bot_id": "B1"},
        {},
    ],
)
def test_what_nobody_said_is_not_read_back(message: Json) -> None:
    assert list(said_before("D1", message)) == []


@pytest.mark.parametrize(
    "event",
    [
        {**SAID, "channel_type": "channel"},
        {**SAID, "bot_id": "B1"},
        {**SAID, "user": None},
        {**SAID, "subtype": "message_deleted"},
        {**SAID, "subtype": "message_deleted", "previous_message": {**SAID, "bot_id": "B1"}},
        {**SAID, "subtype": "channel_join"},
        {**EDITED, "message": {**EDITED["message"], "bot_id": "B1"}},
        {**EDITED, "message": {"text": "without an author"}},
        {**EDITED, "message": EDITED["previous_message"]},  # Slack has added a link's preview
        {**EDITED, "message": None},
        {"type": "app_home_opened", "tab": "messages", "user": "U1"},
        {"type": "reaction_added", "user": "U1"},
        {},
    ],
)
def test_what_is_nothing_to_us_is_not_kept(event: Json) -> None:
    assert read(event) is None


def test_without_an_event_there_is_nothing_to_keep() -> None:
    assert read_event({"type": "event_callback", "event_id": "Ev1"}) is None


def test_home_is_whose_it_was() -> None:
    opened = {"type": "app_home_opened", "tab": "home", "user": "U1", "channel": "D1", "event_ts": "2.1"}
    assert read(opened) == Arrival("Ev1", HOME, "U1", "2.1", {}, channel="D1")


def test_a_changed_person_comes_with_their_record() -> None:
    user: Json = {
        "id": "U1",
        "tz": "Europe/London",
        "deleted": False,
        "is_restricted": True,
        "profile": {"real_name": "Hannah", "display_name": "", "email": "hannah@teebee.example"},
    }
    more = {**user, "color": "aabbcc", "has_2fa": True}
    more["profile"] = {**user["profile"], "phone": "+86 555", "status_text": "at the dentist"}
    kept = read({"type": "user_change", "user": more, "event_ts": "3.1"})
    assert kept == Arrival("Ev1", PERSON, "U1", "3.1", {"user": user})
    assert profile_of(kept.payload["user"]) == profile_of(more)


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (("On leave", ":palm_tree:", 1_800_000_000), Status("On leave", "palm_tree", IN_2027)),
        (("", ":palm_tree::skin-tone-2:", "1800000000"), Status("", "palm_tree", IN_2027)),
        (("OOO &amp; away", "", 1_800_000_000), Status("OOO & away", "", IN_2027)),
        (("On leave", ":palm_tree:", 0), None),
        (("In a meeting", ":calendar:", 1_800_000_000), None),
        (("On leave", "", "soon"), None),
        (("On leave", "", 10**30), None),
        ((None, None, None), None),
    ],
)
def test_a_status_is_kept_only_where_it_expires_and_looks_like_leave(
    status: tuple[Any, Any, Any], kept: Status | None
) -> None:
    profile = dict(zip(("status_text", "status_emoji", "status_expiration"), status, strict=True))
    event = {"type": "user_change", "user": {"id": "U1", "profile": profile}, "event_ts": "3.1"}
    arrived = read(event)
    assert arrived is not None
    assert arrived.payload == {"user": {"id": "U1", "profile": profile if kept else {}}}
    assert profile_of(arrived.payload["user"]).status == kept


def test_a_changed_person_without_a_profile_is_kept_too() -> None:
    kept = read({"type": "user_change", "user": {"id": "U1", "profile": None}, "event_ts": "3.1"})
    assert kept is not None
    assert kept.payload == {"user": {"id": "U1", "profile": {}}}


def test_without_a_stamp_of_its_own_an_event_has_its_envelopes() -> None:
    body = {
        "event_id": "Ev1",
        "event_time": 1763604000,
        "event": {"type": "user_change", "user": {"id": "U1"}},
    }
    kept = read_event(body)
    assert kept is not None
    assert kept.ts == "1763604000"
