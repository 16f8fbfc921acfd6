"""Deliveries on both databases: their states, who moves them, and who gets which."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.storage import deliveries, inbox
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection, Database, StorageUnavailable, open_database
from bot.storage.tables import deliveries as table
from tests.storage.claiming import claimed_at_once

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
REAL = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The real clock, which has nothing to do with `now`."""
LATER = REAL + timedelta(seconds=60)
MUCH_LATER = REAL + timedelta(hours=1)
TICK = timedelta(microseconds=1)

Step = Callable[[Connection, int], object]


def _ask(connection: Connection, key: str = "prompt:1", **changed: Any) -> int:
    asked: dict[str, Any] = {"kind": "prompt", "subject": {"check_in": 1}, "address": "U0JACK0001"}
    row_id = deliveries.ask(connection, key=key, **({"due_at": NOW} | asked | changed))
    assert row_id is not None
    return row_id


def _claim(connection: Connection, *, now: datetime = NOW, real_now: datetime = REAL) -> Delivery | None:
    return deliveries.claim(connection, now=now, real_now=real_now, lease_until=real_now + (LATER - REAL))


def _claim_stale(connection: Connection, *, real_now: datetime = REAL) -> Delivery | None:
    return deliveries.claim_stale(connection, real_now=real_now, lease_until=real_now + (LATER - REAL))


def _send(connection: Connection, row_id: int, *, at: datetime = NOW) -> None:
    deliveries.mark_sent(connection, row_id, channel="D0JACK0001", ts="1.000100", at=at)


def _only(connection: Connection) -> Any:
    """The one row as it stands in the table."""
    return connection.execute(sa.select(table)).one()


# --- asking --------------------------------------------------------------------------------------------


def test_what_is_asked_for_waits_as_it_was_asked_for(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        asked = deliveries.by_key(connection, "prompt:1")
    assert asked is not None
    assert (asked.id, asked.key, asked.kind, asked.subject) == (row_id, "prompt:1", "prompt", {"check_in": 1})
    assert (asked.address, asked.due_at, asked.state, asked.attempts) == ("U0JACK0001", NOW, "pending", 0)
    assert (asked.parent_id, asked.channel, asked.ts, asked.thread_ts, asked.error) == (None,) * 5


def test_asking_again_changes_nothing(database: Database) -> None:
    with database.transaction() as connection:
        _ask(connection)
        nonce = _only(connection).nonce
        again = deliveries.ask(
            connection, key="prompt:1", kind="digest", subject={}, address="C0OKRS0001", due_at=REAL
        )
        row = _only(connection)
    assert again is None
    assert (row.kind, row.address, row.due_at, row.nonce) == ("prompt", "U0JACK0001", NOW, nonce)


def test_each_has_a_random_id_of_its_own(database: Database) -> None:
    with database.transaction() as connection:
        for number in range(3):
            _ask(connection, f"prompt:{number}")
        nonces = {one.nonce for one in deliveries.in_states(connection, ["pending"])}
    assert {len(one) for one in nonces} == {32}
    assert len(nonces) == 3


def test_a_key_that_was_never_asked_for_is_not_there(database: Database) -> None:
    with database.reading() as connection:
        assert deliveries.by_key(connection, "prompt:1") is None
        assert deliveries.sent_at(connection, "prompt:1") is None


# --- claiming ------------------------------------------------------------------------------------------


def test_a_claim_takes_the_row_for_the_length_of_its_lease_and_counts(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        claimed = _claim(connection)
        row = _only(connection)
        again = _claim(connection)
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.attempts) == (row_id, "sending", 1)
    assert (row.state, row.lease_until, row.attempts) == ("sending", LATER, 1)
    assert again is None


def _as_asked(_connection: Connection, _row_id: int) -> None:
    pass


def _tried_before(connection: Connection, row_id: int) -> None:
    _claim(connection)
    deliveries.retry(connection, row_id, at=LATER, error="ratelimited")


@pytest.mark.parametrize(
    ("prepare", "now", "real_now", "expected"),
    [
        (_as_asked, NOW, REAL, True),
        (_as_asked, NOW - TICK, REAL, False),  # not due
        (_as_asked, NOW - TICK, MUCH_LATER, False),  # real time makes nothing due
        (_tried_before, NOW, LATER, True),
        (_tried_before, NOW, LATER - TICK, False),  # waiting for its next attempt
        (_tried_before, NOW + timedelta(days=365), LATER - TICK, False),  # `now` shortens no wait
    ],
)
def test_now_decides_what_is_due_and_real_time_when_it_is_tried_again(
    database: Database, prepare: Step, now: datetime, real_now: datetime, *, expected: bool
) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        prepare(connection, row_id)
        claimed = _claim(connection, now=now, real_now=real_now)
    assert (claimed is not None) is expected


@pytest.mark.parametrize("state", ["sending", "sent", "failed", "dropped", "unknown"])
def test_only_what_is_pending_is_claimed(database: Database, state: str) -> None:
    with database.transaction() as connection:
        _ask(connection)
        connection.execute(sa.update(table).values(state=state))
        assert _claim(connection, now=REAL, real_now=MUCH_LATER) is None


def test_what_is_due_first_is_claimed_first(database: Database) -> None:
    with database.transaction() as connection:
        hours = [2, 0, 1, 0]
        asked = [
            _ask(connection, f"prompt:{number}", due_at=NOW - timedelta(hours=hour))
            for number, hour in enumerate(hours)
        ]
        taken = [one.id for _ in hours if (one := _claim(connection))]
    assert taken == [asked[0], asked[2], asked[1], asked[3]]


@pytest.mark.parametrize("state", ["pending", "sending", "sent", "failed", "dropped", "unknown"])
def test_what_belongs_in_a_thread_waits_for_the_message_that_begins_it(
    database: Database, state: str
) -> None:
    with database.transaction() as connection:
        first = _ask(connection, "digest:1:0")
        second = _ask(connection, "digest:1:1", parent_id=first, due_at=NOW - timedelta(hours=1))
        _claim(connection)
        _send(connection, first)
        connection.execute(sa.update(table).where(table.c.id == first).values(state=state))
        claimed = _claim(connection)
    if state == "sent":
        assert claimed is not None
        assert (claimed.id, claimed.parent_id, claimed.thread_ts) == (second, first, "1.000100")
    else:
        assert claimed is None or claimed.id == first


def test_threads_that_claim_at_once_never_get_the_same_row(database: Database) -> None:
    with database.transaction() as connection:
        asked = [_ask(connection, f"prompt:{number}") for number in range(24)]

    def claim() -> int | None:
        with database.transaction() as connection:
            claimed = _claim(connection)
            return None if claimed is None else claimed.id

    assert claimed_at_once(claim) == asked


def test_threads_that_update_at_once_never_get_the_same_row(database: Database) -> None:
    with database.transaction() as connection:
        asked = [_ask(connection, f"prompt:{number}") for number in range(24)]
        connection.execute(sa.update(table).values(state="sent", stale=True))

    def claim() -> int | None:
        with database.transaction() as connection:
            claimed = _claim_stale(connection)
            return None if claimed is None else claimed.id

    assert claimed_at_once(claim) == asked


# --- how it went ---------------------------------------------------------------------------------------


def _fail(connection: Connection, row_id: int) -> None:
    deliveries.fail(connection, row_id, "channel_not_found")


def _mark_unknown(connection: Connection, row_id: int) -> None:
    deliveries.mark_unknown(connection, row_id, "no answer")


def _retry(connection: Connection, row_id: int) -> None:
    deliveries.retry(connection, row_id, at=LATER, error="ratelimited")


@pytest.mark.parametrize(
    ("step", "state", "error"),
    [
        (_send, "sent", None),
        (deliveries.drop, "dropped", None),
        (_fail, "failed", "channel_not_found"),
        (_mark_unknown, "unknown", "no answer"),
        (_retry, "pending", "ratelimited"),
    ],
)
def test_whoever_claimed_a_message_says_how_it_went(
    database: Database, step: Step, state: str, error: str | None
) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        _claim(connection)
        step(connection, row_id)
        row = _only(connection)
    assert (row.state, row.error, row.lease_until) == (state, error, None)


def test_a_sent_message_is_known_by_where_it_stands(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        _tried_before(connection, row_id)
        _claim(connection, real_now=LATER)
        _send(connection, row_id)
        row = _only(connection)
        sent_at = deliveries.sent_at(connection, "prompt:1")
    assert (row.channel, row.ts, row.sent_at) == ("D0JACK0001", "1.000100", NOW)
    assert (row.attempts, row.next_attempt_at, row.error) == (0, None, None)
    assert sent_at == NOW


@pytest.mark.parametrize("late", [_fail, _mark_unknown, _retry])
@pytest.mark.parametrize("state", ["pending", "sent", "failed", "dropped"])
def test_who_comes_back_too_late_cannot_undo_what_has_become_of_it(
    database: Database, late: Step, state: str
) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        connection.execute(sa.update(table).values(state=state))
        late(connection, row_id)
        row = _only(connection)
    assert (row.state, row.error, row.next_attempt_at) == (state, None, None)


def test_what_a_sender_who_is_gone_was_sending_is_unknown(database: Database) -> None:
    with database.transaction() as connection:
        _ask(connection)
        _claim(connection)
        assert deliveries.expire(connection, real_now=LATER) == 0
        assert deliveries.expire(connection, real_now=LATER + TICK) == 1
        row = _only(connection)
        again = _claim(connection, real_now=MUCH_LATER)
    assert (row.state, row.lease_until, row.error) == (
        "unknown",
        None,
        "the process that was sending it is gone",
    )
    assert again is None


@pytest.mark.parametrize(("step", "state"), [(_send, "sent"), (_retry, "pending"), (_fail, "failed")])
def test_a_slow_sender_still_knows_best(database: Database, step: Step, state: str) -> None:
    with database.transaction() as connection:
        row_id = _ask(connection)
        _claim(connection)
        deliveries.expire(connection, real_now=MUCH_LATER)
        step(connection, row_id)
        assert _only(connection).state == state


# --- keeping it up to date -----------------------------------------------------------------------------


def _sent_and_stale(connection: Connection) -> int:
    row_id = _ask(connection)
    _claim(connection)
    _send(connection, row_id)
    deliveries.mark_stale(connection, ["prompt:1"])
    return row_id


def test_a_sent_message_that_is_out_of_date_is_claimed_once(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        deliveries.mark_stale(connection, ["prompt:1"])
        claimed = _claim_stale(connection)
        while_it_is_drawn = _claim_stale(connection)
        deliveries.mark_updated(connection, row_id)
        afterwards = _claim_stale(connection, real_now=MUCH_LATER)
    assert claimed is not None
    assert (claimed.id, claimed.state, claimed.attempts, claimed.ts) == (row_id, "sent", 1, "1.000100")
    assert while_it_is_drawn is None
    assert afterwards is None


def test_what_changes_while_it_is_being_updated_is_updated_once_more(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        _claim_stale(connection)
        deliveries.mark_stale(connection, ["prompt:1"])
        assert _claim_stale(connection) is None
        deliveries.mark_updated(connection, row_id)
        again = _claim_stale(connection)
    assert again is not None
    assert again.id == row_id


def test_an_update_by_somebody_who_is_gone_is_made_again(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        _claim_stale(connection)
        assert _claim_stale(connection, real_now=LATER - TICK) is None
        again = _claim_stale(connection, real_now=LATER)
    assert again is not None
    assert (again.id, again.attempts) == (row_id, 2)


def test_an_update_that_did_not_go_out_waits_for_its_next_attempt(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        _claim_stale(connection)
        deliveries.retry_update(connection, row_id, at=LATER, error="ratelimited")
        row = _only(connection)
        early, in_time = (_claim_stale(connection, real_now=moment) for moment in (LATER - TICK, LATER))
    assert (row.state, row.error, row.attempts) == ("sent", "ratelimited", 1)
    assert early is None
    assert in_time is not None
    assert in_time.attempts == 2


def test_an_update_that_was_made_starts_counting_anew(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        _claim_stale(connection)
        deliveries.retry_update(connection, row_id, at=LATER, error="ratelimited")
        _claim_stale(connection, real_now=LATER)
        deliveries.mark_updated(connection, row_id)
        row = _only(connection)
    assert (row.attempts, row.next_attempt_at, row.error) == (0, None, None)


def test_an_update_that_was_given_up_is_tried_again_only_when_something_changes(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        _claim_stale(connection)
        deliveries.give_up_update(connection, row_id, "message_not_found")
        row = _only(connection)
        unchanged = _claim_stale(connection, real_now=MUCH_LATER)
        deliveries.mark_stale(connection, ["prompt:1"])
        changed = _claim_stale(connection, real_now=MUCH_LATER)
    assert (row.state, row.error) == ("sent", "message_not_found")
    assert unchanged is None
    assert changed is not None
    assert changed.attempts == 1


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
        row_id = _ask(connection)
        connection.execute(sa.update(table).values(state=state))
        deliveries.mark_stale(connection, ["prompt:1"])
        if state == "pending":
            _claim(connection)
        if state not in {"failed", "dropped"}:
            _send(connection, row_id)
        assert (_claim_stale(connection) is not None) is updated


def test_nothing_is_drawn_from_the_old_state_while_the_new_one_is_being_written(
    database: Database, database_url: str
) -> None:
    other = open_database(database_url, lock_wait=0.05)
    with database.transaction() as connection:
        _ask(connection)
    with database.transaction() as writer:
        deliveries.mark_stale(writer, ["prompt:1"])
        if database.is_sqlite:
            with pytest.raises(StorageUnavailable), other.transaction() as sender:
                _claim(sender)
        else:
            with other.transaction() as sender:
                assert _claim(sender) is None
    with other.transaction() as sender:
        assert _claim(sender) is not None
    other.close()


# --- by key --------------------------------------------------------------------------------------------

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
        first, *_ = [_ask(connection, key) for key in KEYS]
        for page in (1, 2):
            _ask(connection, f"digest:1:{page}", parent_id=first)
        connection.execute(sa.update(table).values(state="sent"))
        deliveries.mark_stale(connection, keys)
        stale = set(connection.execute(sa.select(table.c.key).where(table.c.stale)).scalars())
    assert stale == expected


@pytest.mark.parametrize(
    ("kind", "address", "state", "expected"),
    [
        ("prompt", "U0JACK0001", "sent", True),
        ("reminder", "U0JACK0001", "sent", False),
        ("prompt", "U0HANNAH01", "sent", False),
        ("prompt", "U0JACK0001", "sending", False),
        ("prompt", "U0JACK0001", "dropped", False),
    ],
)
def test_whether_another_message_of_the_kind_went_out_to_the_same_person(
    database: Database, kind: str, address: str, state: str, *, expected: bool
) -> None:
    with database.transaction() as connection:
        for key, what, to in [("itself", "prompt", "U0JACK0001"), ("other", kind, address)]:
            deliveries.ask(connection, key=key, kind=what, subject={}, address=to, due_at=NOW)
        connection.execute(sa.update(table).values(state="sent"))
        connection.execute(sa.update(table).where(table.c.key == "other").values(state=state))
        assert deliveries.was_sent(connection, "prompt", "U0JACK0001", but="itself") is expected


def _plan_of(database: Database, does: Callable[[Connection], object]) -> str:
    """How SQLite goes about the statements that `does` executes."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: Connection, _cursor: Any, statement: str, given: Any, *_more: Any) -> None:
        statements.append((statement, given))

    with database.transaction() as connection:
        sa.event.listen(database.engine, "before_cursor_execute", note)
        does(connection)
        sa.event.remove(database.engine, "before_cursor_execute", note)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", given) for one, given in statements]
        return "\n".join(row[-1] for plan in plans for row in plan)


@pytest.mark.parametrize(
    ("does", "index"),
    [
        (_claim_stale, "ix_deliveries_to_be_redrawn"),
        (lambda connection: deliveries.mark_stale(connection, ["a", "b"]), "sqlite_autoindex_deliveries_1"),
        (
            lambda connection: deliveries.was_sent(connection, "prompt", "U1", but="a"),
            "ix_deliveries_address_kind",
        ),
        (lambda connection: inbox.forget_payloads(connection, handled_before=NOW), "ix_inbox_words_of"),
    ],
)
def test_what_happens_all_the_time_never_looks_at_every_row(
    database: Database, does: Callable[[Connection], object], index: str
) -> None:
    if not database.is_sqlite:
        return  # it decides by what is in the tables; they are empty here
    plan = _plan_of(database, does)
    assert index in plan
    assert not [line for line in plan.split("\n") if line.startswith("SCAN") and "INDEX" not in line]


def test_messages_whose_change_failed_are_listed_until_it_is_made(database: Database) -> None:
    with database.transaction() as connection:
        row_id = _sent_and_stale(connection)
        assert deliveries.not_redrawn(connection) == []
        _claim_stale(connection)
        deliveries.retry_update(connection, row_id, at=LATER, error="ratelimited")
        assert [one.id for one in deliveries.not_redrawn(connection)] == [row_id]
        deliveries.mark_updated(connection, row_id)
        assert deliveries.not_redrawn(connection) == []


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
        _ask(connection)
        _ask(connection, "prompt:2")
        connection.execute(sa.update(table).values(state=state))
        deliveries.move(connection, "prompt:1", LATER)
        one, other = (deliveries.by_key(connection, key) for key in ("prompt:1", "prompt:2"))
    assert one is not None
    assert other is not None
    assert (one.state, one.due_at) == (state_then, LATER if moved else NOW)
    assert (other.state, other.due_at) == (state, NOW)


def test_those_in_certain_states_are_listed_in_the_order_of_asking(database: Database) -> None:
    with database.transaction() as connection:
        asked = [_ask(connection, f"prompt:{number}") for number in range(3)]
        claimed = _claim(connection)
        assert claimed is not None
        _fail(connection, claimed.id)
        pending = [one.id for one in deliveries.in_states(connection, ["pending"])]
        both = [one.id for one in deliveries.in_states(connection, ["failed", "pending"])]
    assert pending == asked[1:]
    assert both == asked
