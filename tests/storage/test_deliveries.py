"""Deliveries on both databases: asking for them, what makes them out of date, and finding them again."""

import pytest
import sqlalchemy as sa

from bot.storage import deliveries, sending
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database, real_now
from bot.storage.tables import deliveries as table
from tests.storage.claiming import (
    HANNAH,
    JACK,
    LATER,
    NOW,
    REAL,
    ask,
    claim,
    claim_stale,
    put,
    row,
    send,
    sure,
)

STATES = ("pending", "sending", "unknown", "sent", "failed", "dropped")


# --- asking --------------------------------------------------------------------------------------------


def test_what_is_asked_for_waits_as_it_was_asked_for(database: Database) -> None:
    with database.transaction() as connection:
        row_id = ask(connection)
        asked = deliveries.by_key(connection, "prompt:1")
        assert deliveries.by_id(connection, row_id) == asked
    assert asked is not None
    assert (asked.id, asked.key, asked.kind, asked.subject) == (row_id, "prompt:1", "prompt", {"check_in": 1})
    assert (asked.address, asked.due_at, asked.state, asked.attempts) == (JACK, NOW, "pending", 0)
    assert (asked.parent_id, asked.channel, asked.ts, asked.thread_ts, asked.error) == (None,) * 5
    assert (asked.tried_at, asked.unreadable) == (None, False)


def test_asking_again_changes_nothing(database: Database) -> None:
    with database.transaction() as connection:
        ask(connection)
        before = row(connection)
        again = deliveries.ask(
            connection,
            key="prompt:1",
            kind="digest",
            subject={},
            address="C0OKRS0001",
            due_at=REAL,
            waited_for=True,
        )
        assert row(connection) == before
    assert again is None


def test_each_has_a_random_id_of_its_own(database: Database) -> None:
    with database.transaction() as connection:
        for number in range(3):
            ask(connection, f"prompt:{number}")
        nonces = {one.nonce for one in deliveries.in_states(connection, ["pending"])}
    assert {len(one) for one in nonces} == {32}
    assert len(nonces) == 3


def test_what_was_never_asked_for_is_not_there(database: Database) -> None:
    with database.reading() as connection:
        assert deliveries.by_key(connection, "prompt:1") is None
        assert deliveries.by_id(connection, 1) is None
        assert deliveries.sent_at(connection, "prompt:1") is None


@pytest.mark.parametrize(
    ("state", "state_then", "moved"),
    [
        ("pending", "pending", True),
        ("dropped", "pending", True),  # wanted again
        ("sending", "sending", False),
        ("sent", "sent", False),
        ("unknown", "unknown", False),
        ("failed", "failed", False),
    ],
)
def test_what_was_not_sent_can_be_made_due_at_another_time(
    database: Database, state: str, state_then: str, *, moved: bool
) -> None:
    with database.transaction() as connection:
        first, second = ask(connection), ask(connection, "prompt:2")
        put(connection, state=state)
        deliveries.move(connection, "prompt:1", LATER)
        one, other = row(connection, first), row(connection, second)
    assert (one.state, one.due_at) == (state_then, LATER if moved else NOW)
    assert (other.state, other.due_at) == (state, NOW)


# --- out of date ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "updated"),
    [
        ("pending", False),  # it will be drawn from the new state
        ("sending", True),
        ("unknown", True),
        ("sent", True),
        ("failed", False),
        ("dropped", False),
    ],
)
def test_what_is_out_of_date_is_updated_once_it_is_sent(
    database: Database, state: str, *, updated: bool
) -> None:
    with database.transaction() as connection:
        row_id = ask(connection)
        if state == "sent":
            send(connection, row_id)
        put(connection, state=state)
        deliveries.mark_stale(connection, ["prompt:1"])
        if state == "pending":
            claim(connection)
        if state not in {"failed", "dropped"}:
            send(connection, row_id)
        assert (claim_stale(connection) is not None) is updated


def test_it_is_out_of_date_since_the_first_change_by_the_real_clock(database: Database) -> None:
    with database.transaction() as connection:
        send(connection, ask(connection))
        before = real_now(connection)
        deliveries.mark_stale(connection, ["prompt:1"])
        first = row(connection).stale_since
        assert before <= first <= real_now(connection)
        deliveries.mark_stale(connection, ["prompt:1"])
        assert row(connection).stale_since == first


@pytest.mark.parametrize(
    ("state", "before", "marks", "expected"),
    [
        ("sent", False, [True], True),
        ("sent", False, [False], False),
        ("sent", False, [True, False], True),  # whoever waits still does
        ("sent", True, [False], True),
        ("pending", False, [True], False),  # the prompts of all do not go before their hour for one
        ("pending", True, [False], True),  # a reply
    ],
)
def test_somebody_waits_for_it_until_it_is_drawn(
    database: Database, state: str, marks: list[bool], *, before: bool, expected: bool
) -> None:
    with database.transaction() as connection:
        ask(connection)
        put(connection, state=state, waited_for=before)
        for waited_for in marks:
            deliveries.mark_stale(connection, ["prompt:1"], waited_for=waited_for)
        assert row(connection).waited_for is expected


KEYS = ("digest:1:0", "digest:11:0", "receipt:form:1", "receipt:form:12", "prompt:1")


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["digest:1:0"], {"digest:1:0", "digest:1:1", "digest:1:2"}),  # with what stands in its thread
        (["digest:1:1"], {"digest:1:1"}),
        (["digest:11:0"], {"digest:11:0"}),
        (["receipt:form:1"], {"receipt:form:1"}),  # not number 12's, which begins the same
        (["prompt:", "digest:1:", "%"], set()),
        (["prompt:1", "digest:11:0"], {"prompt:1", "digest:11:0"}),
        ([], set()),
    ],
)
def test_a_key_means_just_that_message_and_its_thread(
    database: Database, keys: list[str], expected: set[str]
) -> None:
    with database.transaction() as connection:
        first, *_ = [ask(connection, key) for key in KEYS]
        for page in (1, 2):
            ask(connection, f"digest:1:{page}", parent_id=first)
        put(connection, state="sent")
        deliveries.mark_stale(connection, keys)
        stale = connection.execute(sa.select(table.c.key).where(table.c.stale_since.is_not(None))).scalars()
        assert set(stale) == expected


# --- finding them again --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "address", "state", "expected"),
    [
        ("prompt", JACK, "sent", True),
        ("reminder", JACK, "sent", False),
        ("prompt", HANNAH, "sent", False),
        ("prompt", JACK, "sending", False),
        ("prompt", JACK, "dropped", False),
    ],
)
def test_whether_another_message_of_the_kind_went_out_to_the_same_person(
    database: Database, kind: str, address: str, state: str, *, expected: bool
) -> None:
    with database.transaction() as connection:
        ask(connection, "itself")
        other = ask(connection, "other", kind=kind, address=address)
        put(connection, state="sent")
        put(connection, other, state=state)
        assert deliveries.was_sent(connection, "prompt", JACK, but="itself") is expected


def test_a_persons_channel_is_known_from_the_first_message_to_them_on(database: Database) -> None:
    with database.transaction() as connection:
        for number, ts in enumerate(["1763604200.000100", "1763604100.000100", None]):
            row_id = ask(connection, f"prompt:{number}")
            put(connection, row_id, state="sent", channel=ts and "D0JACK0001", ts=ts)
        ask(connection, "prompt:hannah", address=HANNAH)
        assert deliveries.channel_of(connection, JACK) == "D0JACK0001"
        assert deliveries.channel_of(connection, HANNAH) is None
        posted = deliveries.posted_to(connection, [JACK, HANNAH])
    assert posted == {JACK: ("D0JACK0001", "1763604100.000100")}


def test_messages_whose_change_failed_are_listed_until_it_is_made(database: Database) -> None:
    with database.transaction() as connection:
        send(connection, ask(connection))
        put(connection, stale_since=NOW)
        assert deliveries.not_redrawn(connection) == []
        sending.retry_update(connection, sure(claim_stale(connection)), at=LATER, error="ratelimited")
        assert [one.key for one in deliveries.not_redrawn(connection)] == ["prompt:1"]
        sending.mark_updated(connection, sure(claim_stale(connection, real=LATER)))
        assert deliveries.not_redrawn(connection) == []


def test_those_in_certain_states_are_listed_in_the_order_of_asking(database: Database) -> None:
    with database.transaction() as connection:
        asked = [ask(connection, f"prompt:{number}") for number in range(3)]
        put(connection, asked[0], state="failed")
        pending = [one.id for one in deliveries.in_states(connection, ["pending"])]
        both = [one.id for one in deliveries.in_states(connection, ["failed", "pending"])]
    assert pending == asked[1:]
    assert both == asked


def _keys(found: list[Delivery]) -> list[str]:
    return [one.key for one in found]


def test_somebody_has_to_decide_about_what_failed_or_cannot_be_looked_for(database: Database) -> None:
    with database.transaction() as connection:
        for state in STATES:
            for unreadable in (False, True):
                row_id = ask(connection, f"{state}:{'unreadable' if unreadable else 'readable'}")
                put(connection, row_id, state=state, unreadable=unreadable)
        assert _keys(deliveries.in_trouble(connection)) == [
            "unknown:unreadable",
            "failed:readable",
            "failed:unreadable",
        ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["digest:1:0"], ["digest:1:0", "digest:1:1"]),
        (["digest:1:1"], ["digest:1:1"]),
        (["digest:1:0", "prompt:1", "prompt:2"], ["digest:1:0", "prompt:1", "digest:1:1"]),
        ([], []),
    ],
)
def test_it_can_be_asked_of_some_messages_and_their_threads_only(
    database: Database, keys: list[str], expected: list[str]
) -> None:
    with database.transaction() as connection:
        first = ask(connection, "digest:1:0")
        for key in ("prompt:1", "prompt:3"):
            ask(connection, key)
        ask(connection, "digest:1:1", parent_id=first)
        put(connection, state="failed")
        assert _keys(deliveries.in_trouble(connection, keys=keys)) == expected
