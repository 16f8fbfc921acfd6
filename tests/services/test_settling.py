"""Settling: what became of a message is looked up before it is sent again, and else a person is asked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.okr.model import Membership, Profile, Role
from bot.services.asking import rounds
from bot.services.sending import asks, troubles
from bot.services.sending.attempts import LONGEST_WAIT, Timing
from bot.services.sending.messenger import Found, NotSent, Refused, Unsure
from bot.services.sending.pacing import Call
from bot.services.sending.settling import UNREADABLE_WAIT
from bot.storage import people, teams
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database
from tests.services.sending import (
    LEASE,
    NOW,
    ask,
    blocked_until,
    clock,
    deliverer,
    known,
    mark_stale,
    pass_time,
    put,
    row,
    run,
    states,
)
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, Notebook, TeeBee, at, move_in

SECOND = timedelta(seconds=1)
SECONDS_TO_FINISH = 20
NO_ANSWER = "no answer"


def _unsure(database: Database, *, arrived: bool) -> Notebook:
    """A notebook that posted a message, or did not, and gave no answer; it can be looked for now."""
    problem: list[Exception] = [Unsure(NO_ANSWER)]
    notebook = Notebook(lost=problem) if arrived else Notebook(trouble=problem)
    ask(database, "receipt:1")
    assert run(database, notebook) == [f"receipt:1: unknown ({NO_ANSWER})"]
    pass_time(database, LEASE)
    return notebook


# --- what was found ------------------------------------------------------------------------------------


def test_what_is_found_was_sent_and_is_never_sent_again(database: Database) -> None:
    notebook = _unsure(database, arrived=True)
    assert run(database, notebook) == ["receipt:1: it had been sent", "receipt:1: updated"]
    assert run(database, notebook, NOW + timedelta(days=7)) == []
    found = row(database, "receipt:1")
    assert (found.state, found.channel, found.ts, found.error) == ("sent", "D0JACK0001", "1.000100", None)
    assert notebook.keys == ["receipt:1"]


@pytest.mark.parametrize(
    ("posted_at", "expected"),
    [
        (NOW - timedelta(minutes=1), NOW - timedelta(minutes=1)),
        (NOW + timedelta(minutes=1), NOW),  # by a clock that is ahead of ours
    ],
)
def test_it_was_sent_when_slack_says_so_but_not_in_time_to_come(
    database: Database, posted_at: datetime, expected: datetime
) -> None:
    notebook = _unsure(database, arrived=True)
    notebook.posted_at = posted_at
    run(database, notebook)
    assert row(database, "receipt:1").sent_at == expected


def test_a_digest_that_was_found_is_drawn_anew_and_its_next_page_follows(database: Database) -> None:
    move_in(database)
    notebook = Notebook(more_pages=1)
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    rounds.step(database, at(16, 30))
    notebook.lost = [Unsure(NO_ANSWER)]
    first, second = (asks.digest_key(1, page) for page in (0, 1))
    assert run(database, notebook, at(16, 30)) == [f"{first}: unknown ({NO_ANSWER})"]
    pass_time(database, LEASE)
    assert run(database, notebook, at(16, 32)) == [
        f"{first}: it had been sent",
        f"{first}: updated",
        f"{second}: sent",
    ]
    assert notebook.posted[-1].thread_ts == known(database, first).ts


def test_what_is_not_found_is_sent_once_more(database: Database) -> None:
    notebook = _unsure(database, arrived=False)
    assert run(database, notebook) == ["receipt:1: it had not been sent", "receipt:1: sent"]
    assert run(database, notebook) == []
    assert notebook.keys == ["receipt:1"]
    assert row(database, "receipt:1").attempts == 0


def test_it_is_looked_for_by_its_random_id_where_messages_to_the_same_person_stand(
    database: Database,
) -> None:
    notebook = _unsure(database, arrived=False)
    ask(database, "receipt:0")
    put(database, "receipt:0", state="sent", channel="D7", ts="1.0")
    run(database, notebook)
    ((looked, channel),) = notebook.looked
    assert (looked.key, looked.nonce, looked.state) == (
        "receipt:1",
        row(database, "receipt:1").nonce,
        "unknown",
    )
    assert channel == "D7"


def test_somebody_who_was_never_written_to_has_no_known_channel(database: Database) -> None:
    notebook = _unsure(database, arrived=False)
    run(database, notebook)
    assert [channel for _, channel in notebook.looked] == [None]


# --- when ----------------------------------------------------------------------------------------------


def test_nobody_looks_before_what_was_under_way_has_arrived(database: Database) -> None:
    notebook = Notebook(lost=[Unsure(NO_ANSWER)])
    ask(database, "receipt:1")
    run(database, notebook)
    pass_time(database, LEASE - 5 * SECOND)
    assert (run(database, notebook), notebook.looked) == ([], [])
    pass_time(database, 5 * SECOND)
    assert run(database, notebook)[0] == "receipt:1: it had been sent"


@pytest.mark.parametrize("lease", [timedelta(seconds=30), timedelta(minutes=5)])
def test_how_long_that_is_depends_on_how_long_an_answer_is_waited_for(
    database: Database, lease: timedelta
) -> None:
    notebook, timing = Notebook(lost=[Unsure(NO_ANSWER)]), Timing(lease=lease)
    ask(database, "receipt:1")
    run(database, notebook, timing=timing)
    pass_time(database, lease - 5 * SECOND)
    assert run(database, notebook, timing=timing) == []
    pass_time(database, 5 * SECOND)
    assert run(database, notebook, timing=timing)[0] == "receipt:1: it had been sent"


@pytest.mark.parametrize(
    ("trouble", "times"),
    [(NotSent("connection refused"), 9), (Unsure(NO_ANSWER), 9), (KeyError("messages"), 1)],
)
def test_who_could_not_look_looks_again_later_each_time(
    database: Database, trouble: Exception, times: int
) -> None:
    notebook = _unsure(database, arrived=True)
    notebook.unreadable = [trouble] * times
    for attempt in range(times):
        wait = min(timedelta(seconds=4 * 2**attempt), LONGEST_WAIT)
        before = clock(database)
        (said,) = run(database, notebook)
        assert said.startswith("receipt:1: will look for it again")
        found = row(database, "receipt:1")
        assert (found.state, found.unreadable) == ("unknown", False)
        assert before + wait <= found.next_attempt_at <= clock(database) + wait
        assert run(database, notebook) == []
        pass_time(database, wait)
    assert run(database, notebook)[0] == "receipt:1: it had been sent"
    assert len(notebook.posted) == 1


def test_being_told_to_wait_holds_up_looks_alone(database: Database) -> None:
    notebook = _unsure(database, arrived=True)
    notebook.unreadable = [NotSent("ratelimited", retry_after=0.2)]
    before = clock(database)
    said = run(database, notebook)
    assert said[:2] == ["receipt:1: will look for it again (ratelimited)", "receipt:1: it had been sent"]
    assert clock(database) - before >= timedelta(seconds=0.2)
    assert list(blocked_until(database)) == [Call.LOOK]


def test_two_processes_never_settle_the_same(database: Database) -> None:
    """One looks until the other has found nothing to look for."""

    class LooksSlowly(Notebook):
        def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
            looking.set()
            assert done.wait(SECONDS_TO_FINISH)
            return super().find(delivery, known_channel)

    looking, done = threading.Event(), threading.Event()
    _unsure(database, arrived=False)
    slow, other = LooksSlowly(), Notebook()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run, database, slow)
        assert looking.wait(SECONDS_TO_FINISH)
        assert (run(database, other), other.looked) == ([], [])
        done.set()
        assert running.result(SECONDS_TO_FINISH) == ["receipt:1: it had not been sent", "receipt:1: sent"]


def test_whoever_looked_too_long_finds_it_in_other_hands(database: Database) -> None:
    class LooksTooLong(Notebook):
        def find(self, delivery: Delivery, known_channel: str | None) -> Found | None:
            self.looked.append((delivery, known_channel))
            pass_time(database, LEASE)
            run(database, faster)
            sender.stop()
            return None

    _unsure(database, arrived=False)
    faster = Notebook()
    sender = deliverer(database, LooksTooLong())
    sender.run(lambda: NOW)
    assert faster.keys == ["receipt:1"]
    assert states(database) == {"receipt:1": "sent"}


def test_what_a_sender_who_is_gone_was_sending_is_looked_for_in_the_same_run(database: Database) -> None:
    notebook = Notebook()
    ask(database, "receipt:1")
    put(database, state="sending", attempts=1, tried_at=clock(database), lease_until=clock(database) + LEASE)
    assert run(database, notebook) == []
    pass_time(database, LEASE + SECOND)
    assert run(database, notebook) == ["receipt:1: it had not been sent", "receipt:1: sent"]


# --- what cannot be read -------------------------------------------------------------------------------


def _digest_is_unknown(database: Database) -> tuple[TeeBee, Notebook]:
    """TeeBee's digest was posted without an answer; it can be looked for now. Jim leads beside Hannah."""
    teebee, notebook = move_in(database), Notebook()
    with database.transaction() as connection:
        jim = people.ensure(connection, "U0JIM00001")
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.LEAD))
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    rounds.step(database, at(16, 30))
    notebook.lost = [Unsure(NO_ANSWER)]
    run(database, notebook, at(16, 30))
    pass_time(database, LEASE)
    return teebee, notebook


def _notices(database: Database) -> dict[str, str]:
    return states(database, {asks.NOTICE})


def test_where_nobody_may_look_the_leads_are_asked_and_it_is_not_sent_again(database: Database) -> None:
    teebee, notebook = _digest_is_unknown(database)
    notebook.unreadable = [Refused("missing_scope")]
    digest = asks.digest_key(1)
    before = clock(database)
    said = run(database, notebook, at(16, 32))
    assert said[0] == f"{digest}: nobody can tell whether it was sent (missing_scope)"
    found = row(database, digest)
    assert (found.state, found.unreadable, found.error) == ("unknown", True, "missing_scope")
    assert before + UNREADABLE_WAIT <= found.next_attempt_at <= clock(database) + UNREADABLE_WAIT
    with database.reading() as connection:
        jim = people.by_slack_id(connection, "U0JIM00001")
    assert jim is not None
    leads = (teebee.hannah.id, jim.id)
    assert _notices(database) == {asks.notice_key(1, lead): "sent" for lead in leads}
    assert [address for kind, address in notebook.said if kind == asks.NOTICE] == [HANNAH, "U0JIM00001"]


def test_they_are_asked_once_however_often_nobody_may_look(database: Database) -> None:
    _, notebook = _digest_is_unknown(database)
    notebook.unreadable = [Refused("missing_scope")] * 3
    for _ in range(3):
        run(database, notebook, at(16, 32))
        assert run(database, notebook, at(16, 32)) == []
        pass_time(database, UNREADABLE_WAIT)
    assert len(notebook.looked) == 3
    assert [kind for kind, _ in notebook.said].count(asks.NOTICE) == 2  # one to each lead
    assert [kind for kind, _ in notebook.said].count(asks.DIGEST) == 1


def test_after_an_hour_it_is_looked_for_again_and_may_be_there(database: Database) -> None:
    _, notebook = _digest_is_unknown(database)
    notebook.unreadable = [Refused("not_in_channel")]
    run(database, notebook, at(16, 32))
    pass_time(database, UNREADABLE_WAIT - 5 * SECOND)
    assert run(database, notebook, at(17, 32)) == []
    pass_time(database, 5 * SECOND)
    assert run(database, notebook, at(17, 33))[0] == f"{asks.digest_key(1)}: it had been sent"
    found = row(database, asks.digest_key(1))
    assert (found.state, found.unreadable, found.channel) == ("sent", False, f"D{CHANNEL[1:]}")


def test_a_reply_that_nobody_can_look_for_is_nobody_elses_business(database: Database) -> None:
    notebook = _unsure(database, arrived=True)
    notebook.unreadable = [Refused("missing_scope")]
    run(database, notebook)
    assert (row(database, "receipt:1").unreadable, _notices(database)) == (True, {})


@pytest.mark.parametrize("arrived", [True, False], ids=["found", "absent"])
def test_a_prompt_is_settled_like_everything_else(database: Database, *, arrived: bool) -> None:
    teebee = move_in(database)
    problem: list[Exception] = [Unsure(NO_ANSWER)] * 2
    notebook = Notebook(lost=problem) if arrived else Notebook(trouble=problem)
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    pass_time(database, LEASE)
    run(database, notebook, at(10, 5))
    prompts = [asks.prompt_key(one.id, FRIDAY) for one in (teebee.hannah, teebee.jack)]
    assert sorted(notebook.keys) == sorted(prompts)
    assert states(database, {asks.PROMPT}) == dict.fromkeys(prompts, "sent")


def test_what_was_not_posted_and_is_not_wanted_any_more_is_dropped(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook(trouble=[Unsure(NO_ANSWER)])
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    with database.transaction() as connection:
        people.learn(connection, Profile(HANNAH, "Hannah", active=False))
    pass_time(database, LEASE)
    run(database, notebook, at(10, 5))
    assert states(database)[asks.prompt_key(teebee.hannah.id, FRIDAY)] == "dropped"
    assert (asks.PROMPT, HANNAH) not in notebook.said


def test_what_changed_while_it_was_unknown_is_drawn_anew_once_it_is_found(database: Database) -> None:
    notebook = _unsure(database, arrived=True)
    mark_stale(database, "receipt:1")
    assert run(database, notebook) == ["receipt:1: it had been sent", "receipt:1: updated"]


def test_a_look_that_fails_for_now_does_not_settle_what_a_person_has_to_decide(database: Database) -> None:
    _, notebook = _digest_is_unknown(database)
    notebook.unreadable = [Refused("missing_scope"), Unsure("no answer")]
    run(database, notebook, at(16, 32))
    pass_time(database, UNREADABLE_WAIT)
    run(database, notebook, at(17, 32))
    assert [one.maybe_there for one in troubles.load(database, 1).troubles] == [True]
