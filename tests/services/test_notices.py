"""Messages in trouble: which leads are told, once, and what they read."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.okr.model import Membership, Profile, Role
from bot.services.asking import rounds
from bot.services.sending import asks, troubles
from bot.services.sending.messenger import Refused
from bot.services.sending.troubles import Trouble
from bot.services.sending.wanted import is_wanted
from bot.storage import deliveries, people, teams
from bot.storage.engine import Database
from tests.services.other_teams import add_round
from tests.services.sending import known, put, run, states
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JIM, Notebook, TeeBee, at, move_in
from tests.services.troubled import (
    FIRST_PAGE,
    IT_IS_THERE,
    LEAVE,
    POST_AGAIN,
    digest_failed,
    jacks_prompt,
    jacks_prompt_failed,
)

# --- who is told ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("failed", [digest_failed, jacks_prompt_failed])
def test_the_leads_are_told_what_could_not_be_said(
    database: Database, failed: Callable[[Database], tuple[TeeBee, Notebook]]
) -> None:
    teebee, notebook = failed(database)
    assert notebook.to(asks.NOTICE) == [HANNAH]
    key = asks.notice_key(1, teebee.hannah.id)
    assert (known(database, key).subject, known(database, key).state) == ({"round": 1}, "sent")


def test_no_lead_is_told_who_has_left_and_nobody_else_is(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    with database.transaction() as connection:
        jim = people.ensure(connection, JIM)
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.LEAD))
        people.learn(connection, Profile(HANNAH, "Hannah", active=False))
    rounds.step(database, at(10))
    rounds.step(database, at(16, 30))
    put(database, jacks_prompt(teebee), state="dropped")
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("is_archived")]
    run(database, notebook, at(16, 30))
    assert notebook.to(asks.NOTICE) == [JIM]


def test_there_is_one_notice_a_round_that_is_kept_up_to_date(database: Database) -> None:
    teebee, notebook = digest_failed(database)
    put(database, jacks_prompt(teebee), state="pending")
    notebook.trouble = [Refused("messages_tab_disabled")]
    # The hour is one at which the prompt is still wanted.
    said = run(database, notebook, at(16, 29))
    notice = asks.notice_key(1, teebee.hannah.id)
    assert said == [f"{jacks_prompt(teebee)}: failed (messages_tab_disabled)", f"{notice}: updated"]
    assert notebook.to(asks.NOTICE) == [HANNAH]
    assert [one.kind for one in troubles.load(database, 1).troubles] == [asks.PROMPT, asks.DIGEST]


@pytest.mark.parametrize("kind", [asks.REMINDER, asks.RECEIPT, asks.NOTICE])
def test_about_some_messages_nobody_is_told(database: Database, kind: str) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    with database.transaction() as connection:
        if kind == asks.RECEIPT:
            asks.receipt(connection, teebee.jack, "words:1", {"check_in": 1}, at(15))
        if kind == asks.NOTICE:
            prompt = deliveries.by_key(connection, jacks_prompt(teebee))
            assert prompt is not None
            asks.trouble(connection, prompt, at(15))
    put(database, jacks_prompt(teebee), state="failed" if kind == asks.NOTICE else "sent")
    put(database, asks.reminder_key(teebee.hannah.id, FRIDAY), state="dropped")
    if kind != asks.REMINDER:
        put(database, asks.reminder_key(teebee.jack.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("account_inactive")]
    run(database, notebook, at(15), waited_for=kind == asks.RECEIPT)
    run(database, notebook, at(15))
    assert notebook.trouble == []
    assert notebook.to(asks.NOTICE) == []
    assert list(states(database, {asks.NOTICE}).values()) != ["sent"]


def test_a_prompt_of_two_teams_is_told_to_the_leads_of_both(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    with database.transaction() as connection:
        other = add_round(connection, teebee, FRIDAY)
        jim = people.ensure(connection, JIM)
        teams.set_role(connection, Membership(other.team_id, jim.id, Role.LEAD))
    rounds.step(database, at(10))
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("messages_tab_disabled")]
    run(database, notebook, at(10))
    assert sorted(notebook.to(asks.NOTICE)) == [HANNAH, JIM]


def test_a_notice_is_dropped_when_nothing_is_left_and_comes_back_with_the_next_trouble(
    database: Database,
) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    notice = asks.notice_key(1, teebee.hannah.id)
    with database.transaction() as connection:
        failed = deliveries.by_key(connection, jacks_prompt(teebee))
        assert failed is not None
        asks.trouble(connection, failed, at(10))  # which is settled before the notice goes out
    run(database, notebook, at(10))
    assert states(database)[notice] == "dropped"
    put(database, jacks_prompt(teebee), state="failed")
    with database.transaction() as connection:
        asks.trouble(connection, failed, at(10, 5))
    assert (known(database, notice).state, known(database, notice).due_at) == ("pending", at(10, 5))
    run(database, notebook, at(10, 5))
    assert notebook.to(asks.NOTICE) == [HANNAH]


@pytest.mark.parametrize(
    ("state", "unreadable", "expected"),
    [("failed", False, True), ("unknown", True, True), ("unknown", False, False), ("sent", False, False)],
)
def test_a_notice_is_wanted_while_there_is_something_to_decide(
    database: Database, state: str, *, unreadable: bool, expected: bool
) -> None:
    teebee, _ = digest_failed(database)
    put(database, FIRST_PAGE, state=state, unreadable=unreadable)
    notice = known(database, asks.notice_key(1, teebee.hannah.id))
    with database.reading() as connection:
        assert is_wanted(connection, notice, at(17)) is expected


# --- what they are told --------------------------------------------------------------------------------


def test_a_lead_reads_what_it_is_about_and_what_went_wrong(database: Database) -> None:
    teebee, _ = digest_failed(database)
    put(database, jacks_prompt(teebee), state="unknown", unreadable=True, error=None)
    view = troubles.load(database, 1)
    assert (view.team, view.date) == ("TeeBee", FRIDAY)
    prompt, digest = view.troubles
    assert prompt == Trouble(
        delivery_id=known(database, jacks_prompt(teebee)).id,
        kind=asks.PROMPT,
        page=0,
        person="Jack",
        channel=None,
        maybe_there=True,
        error="no reason is known",
    )
    assert digest == Trouble(
        delivery_id=known(database, FIRST_PAGE).id,
        kind=asks.DIGEST,
        page=0,
        person=None,
        channel=CHANNEL,
        maybe_there=False,
        error="is_archived",
    )
    assert troubles.choices(prompt) == (IT_IS_THERE, POST_AGAIN)
    assert troubles.choices(digest) == (POST_AGAIN, LEAVE)


def test_further_pages_of_a_digest_are_among_them(database: Database) -> None:
    _, notebook = digest_failed(database)
    troubles.decide(database, known(database, FIRST_PAGE).id, POST_AGAIN, at(16, 40))
    notebook.more_pages = 1
    run(database, notebook, at(16, 40))
    put(database, asks.digest_key(1, 1), state="failed", error="msg_too_long")
    (page,) = troubles.load(database, 1).troubles
    assert (page.page, page.error) == (1, "msg_too_long")


def test_one_round_is_not_told_of_another_ones(database: Database) -> None:
    teebee, _ = digest_failed(database)
    with database.transaction() as connection:
        other = add_round(connection, teebee, FRIDAY - timedelta(days=1))
    assert troubles.load(database, other.id).troubles == ()
    with pytest.raises(LookupError, match="no round 99"):
        troubles.load(database, 99)


def test_who_runs_it_sees_also_what_settles_itself(database: Database) -> None:
    teebee, _ = digest_failed(database)
    put(database, jacks_prompt(teebee), state="unknown")
    assert [one.key for one in troubles.everything(database)] == [jacks_prompt(teebee), FIRST_PAGE]


def test_a_notice_that_could_not_be_sent_is_tried_with_the_next_trouble(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("messages_tab_disabled"), Refused("messages_tab_disabled")]
    run(database, notebook, at(10))
    assert states(database, {asks.NOTICE}) == {asks.notice_key(1, teebee.hannah.id): "failed"}
    rounds.step(database, at(16, 30))
    notebook.trouble = [Refused("is_archived")]
    run(database, notebook, at(16, 30))
    assert notebook.to(asks.NOTICE) == [HANNAH]
