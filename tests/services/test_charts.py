"""The picture of a digest as a message of its own: asked for once, never changed, nobody's trouble."""

import pytest

from bot.services.asking import rounds
from bot.services.sending import asks, troubles
from bot.services.sending.messenger import NotSent, Posted, Refused
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database
from tests.services.sending import LEASE, known, mark_stale, pass_time, put, row, run, states
from tests.services.sending import clock as real
from tests.services.teebee import CHANNEL, Notebook, at, move_in

CHART, DIGEST, SECOND = asks.chart_key(1), asks.digest_key(1), asks.digest_key(1, 1)


class Drawing(Notebook):
    """A messenger whose digests can be drawn. Slack does not say where the pictures stand."""

    def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
        posted = super().post(delivery, begin_by=begin_by)
        if delivery.kind == asks.CHART:
            return Posted(posted.channel, None)
        return Posted(posted.channel, posted.ts, posted.more, self._charted(delivery))

    def update(self, delivery: Delivery, *, begin_by: float) -> Posted:
        posted = super().update(delivery, begin_by=begin_by)
        return Posted(posted.channel, posted.ts, posted.more, self._charted(delivery))

    @staticmethod
    def _charted(delivery: Delivery) -> bool:
        return delivery.kind == asks.DIGEST and delivery.subject["page"] == 0


def digested(database: Database) -> None:
    move_in(database)
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))


def kinds(notebook: Notebook) -> list[str]:
    return [one.key for one in notebook.posted if one.kind in {asks.DIGEST, asks.CHART}]


def test_the_picture_follows_the_first_page_before_any_other(database: Database) -> None:
    digested(database)
    notebook = Drawing(more_pages=1)
    run(database, notebook, at(16, 30))
    assert kinds(notebook) == [DIGEST, CHART, SECOND]
    picture = known(database, CHART)
    assert (picture.address, picture.thread_ts) == (CHANNEL, known(database, DIGEST).ts)
    assert (picture.state, picture.ts) == ("sent", None)


def test_it_is_asked_for_once_however_often_the_digest_is_drawn(database: Database) -> None:
    digested(database)
    notebook = Drawing(more_pages=1)
    run(database, notebook, at(16, 30))
    mark_stale(database, DIGEST)
    run(database, notebook, at(16, 40))
    assert [one.key for one in notebook.updated] == [DIGEST, SECOND]
    assert kinds(notebook) == [DIGEST, CHART, SECOND]
    assert row(database, CHART).stale_since is None


def test_a_digest_that_was_looked_for_and_found_has_its_picture(database: Database) -> None:
    digested(database)
    with_trouble = Drawing()
    run(database, with_trouble, at(16, 29))  # the prompts
    put(database, DIGEST, state="unknown", tried_at=real(database))
    with_trouble.posted.append(known(database, DIGEST))
    pass_time(database, 2 * LEASE)
    run(database, with_trouble, at(16, 40))
    assert kinds(with_trouble) == [DIGEST, CHART]


def test_a_picture_that_was_found_is_not_drawn_anew(database: Database) -> None:
    digested(database)
    notebook = Drawing()
    run(database, notebook, at(16, 30))
    put(database, CHART, state="unknown", tried_at=real(database))
    pass_time(database, 2 * LEASE)
    run(database, notebook, at(16, 40))
    assert (known(database, CHART).state, notebook.updated) == ("sent", [])


def test_a_picture_that_is_held_up_holds_up_nothing_else(database: Database) -> None:
    digested(database)
    notebook = Drawing(more_pages=1)

    class Limited(Drawing):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            if delivery.kind == asks.CHART:
                raise NotSent("ratelimited", retry_after=3600)
            return super().post(delivery, begin_by=begin_by)

    run(database, Limited(more_pages=1), at(16, 30))
    assert states(database, [asks.DIGEST, asks.CHART]) == {DIGEST: "sent", CHART: "pending", SECOND: "sent"}
    run(database, notebook, at(16, 40))
    assert kinds(notebook) == []
    pass_time(database, 61 * LEASE)
    run(database, notebook, at(16, 50))
    assert kinds(notebook) == [CHART]


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_no_lead_has_to_decide_about_a_picture(database: Database, state: str) -> None:
    digested(database)

    class Broken(Drawing):
        def post(self, delivery: Delivery, *, begin_by: float) -> Posted:
            if delivery.kind == asks.CHART:
                raise Refused("missing_scope")
            return super().post(delivery, begin_by=begin_by)

    run(database, Broken(), at(16, 30))
    put(database, CHART, state=state, unreadable=state == "unknown")
    assert states(database, [asks.NOTICE]) == {}
    with database.reading() as connection:
        assert troubles.of_round(connection, 1) == []
    assert [one.key for one in troubles.everything(database)] == [CHART]


def test_a_picture_of_a_round_that_is_over_is_not_wanted_any_more(database: Database) -> None:
    digested(database)
    run(database, Drawing(), at(16, 30))
    put(database, CHART, state="pending", next_attempt_at=None)
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE rounds SET state = 'closed'")
    run(database, Drawing(), at(16, 40))
    assert states(database, [asks.CHART]) == {CHART: "dropped"}
