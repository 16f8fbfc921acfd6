"""Messages in trouble: who is told, who decides, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.okr.model import Membership, Profile, Role
from bot.services import asks, checkins, rounds, troubles
from bot.services.messenger import Refused, Unsure
from bot.services.troubles import Decision, NotYoursToDecide, Trouble
from bot.services.wanted import is_wanted
from bot.storage import deliveries, people, sending, teams
from bot.storage.engine import Database
from tests.services.other_teams import add_round
from tests.services.sending import LEASE, known, pass_time, put, run, states
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, Notebook, TeeBee, at, move_in

STRANGER = "U0NOBODY01"
POST_AGAIN, IT_IS_THERE, LEAVE = Decision
FIRST_PAGE = asks.digest_key(1)


def _prompt(teebee: TeeBee) -> str:
    return asks.prompt_key(teebee.jack.id, FRIDAY)


def _digest_failed(database: Database) -> tuple[TeeBee, Notebook]:
    """Everybody was prompted, and the digest refused for good. Hannah leads, Jack is a member."""
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    rounds.step(database, at(16, 30))
    notebook.trouble = [Refused("is_archived")]
    run(database, notebook, at(16, 30))
    return teebee, notebook


def _jacks_prompt_failed(database: Database) -> tuple[TeeBee, Notebook]:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("messages_tab_disabled")]
    run(database, notebook, at(10))
    return teebee, notebook


# --- who is told ---------------------------------------------------------------------------------------


def _to(notebook: Notebook, kind: str) -> list[str]:
    return [address for one, address in notebook.said if one == kind]


@pytest.mark.parametrize("failed", [_digest_failed, _jacks_prompt_failed])
def test_the_leads_are_told_what_could_not_be_said(
    database: Database, failed: Callable[[Database], tuple[TeeBee, Notebook]]
) -> None:
    teebee, notebook = failed(database)
    assert _to(notebook, asks.NOTICE) == [HANNAH]
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
    put(database, _prompt(teebee), state="dropped")
    put(database, asks.prompt_key(teebee.hannah.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("is_archived")]
    run(database, notebook, at(16, 30))
    assert _to(notebook, asks.NOTICE) == [JIM]


def test_there_is_one_notice_a_round_that_is_kept_up_to_date(database: Database) -> None:
    teebee, notebook = _digest_failed(database)
    put(database, _prompt(teebee), state="pending")
    notebook.trouble = [Refused("messages_tab_disabled")]
    # The hour is one at which the prompt is still wanted.
    said = run(database, notebook, at(16, 29))
    notice = asks.notice_key(1, teebee.hannah.id)
    assert said == [f"{_prompt(teebee)}: failed (messages_tab_disabled)", f"{notice}: updated"]
    assert _to(notebook, asks.NOTICE) == [HANNAH]
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
            prompt = deliveries.by_key(connection, _prompt(teebee))
            assert prompt is not None
            asks.trouble(connection, prompt, at(15))
    put(database, _prompt(teebee), state="failed" if kind == asks.NOTICE else "sent")
    put(database, asks.reminder_key(teebee.hannah.id, FRIDAY), state="dropped")
    if kind != asks.REMINDER:
        put(database, asks.reminder_key(teebee.jack.id, FRIDAY), state="dropped")
    notebook.trouble = [Refused("account_inactive")]
    run(database, notebook, at(15), waited_for=kind == asks.RECEIPT)
    run(database, notebook, at(15))
    assert notebook.trouble == []
    assert _to(notebook, asks.NOTICE) == []
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
    assert sorted(_to(notebook, asks.NOTICE)) == [HANNAH, JIM]


def test_a_notice_is_dropped_when_nothing_is_left_and_comes_back_with_the_next_trouble(
    database: Database,
) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    notice = asks.notice_key(1, teebee.hannah.id)
    with database.transaction() as connection:
        failed = deliveries.by_key(connection, _prompt(teebee))
        assert failed is not None
        asks.trouble(connection, failed, at(10))  # which is settled before the notice goes out
    run(database, notebook, at(10))
    assert states(database)[notice] == "dropped"
    put(database, _prompt(teebee), state="failed")
    with database.transaction() as connection:
        asks.trouble(connection, failed, at(10, 5))
    assert (known(database, notice).state, known(database, notice).due_at) == ("pending", at(10, 5))
    run(database, notebook, at(10, 5))
    assert _to(notebook, asks.NOTICE) == [HANNAH]


@pytest.mark.parametrize(
    ("state", "unreadable", "expected"),
    [("failed", False, True), ("unknown", True, True), ("unknown", False, False), ("sent", False, False)],
)
def test_a_notice_is_wanted_while_there_is_something_to_decide(
    database: Database, state: str, *, unreadable: bool, expected: bool
) -> None:
    teebee, _ = _digest_failed(database)
    put(database, FIRST_PAGE, state=state, unreadable=unreadable)
    notice = known(database, asks.notice_key(1, teebee.hannah.id))
    with database.reading() as connection:
        assert is_wanted(connection, notice, at(17)) is expected


# --- what they are told --------------------------------------------------------------------------------


def test_a_lead_reads_what_it_is_about_and_what_went_wrong(database: Database) -> None:
    teebee, _ = _digest_failed(database)
    put(database, _prompt(teebee), state="unknown", unreadable=True, error=None)
    view = troubles.load(database, 1)
    assert (view.team, view.date) == ("TeeBee", FRIDAY)
    prompt, digest = view.troubles
    assert prompt == Trouble(
        delivery_id=known(database, _prompt(teebee)).id,
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
    _, notebook = _digest_failed(database)
    troubles.decide(database, known(database, FIRST_PAGE).id, POST_AGAIN, at(16, 40))
    notebook.more_pages = 1
    run(database, notebook, at(16, 40))
    put(database, asks.digest_key(1, 1), state="failed", error="msg_too_long")
    (page,) = troubles.load(database, 1).troubles
    assert (page.page, page.error) == (1, "msg_too_long")


def test_one_round_is_not_told_of_another_ones(database: Database) -> None:
    teebee, _ = _digest_failed(database)
    with database.transaction() as connection:
        other = add_round(connection, teebee, FRIDAY - timedelta(days=1))
    assert troubles.load(database, other.id).troubles == ()
    with pytest.raises(LookupError, match="no round 99"):
        troubles.load(database, 99)


def test_who_runs_it_sees_also_what_settles_itself(database: Database) -> None:
    teebee, _ = _digest_failed(database)
    put(database, _prompt(teebee), state="unknown")
    assert [one.key for one in troubles.everything(database)] == [_prompt(teebee), FIRST_PAGE]


# --- who decides ---------------------------------------------------------------------------------------


def _failed(database: Database) -> None:
    put(database, FIRST_PAGE, state="failed")


def _unknown(database: Database) -> None:
    put(database, FIRST_PAGE, state="unknown", unreadable=True)


def _sent_meanwhile(database: Database) -> None:
    with database.transaction() as connection:
        digest = deliveries.by_key(connection, FIRST_PAGE)
        assert digest is not None
        sending.mark_sent(connection, digest.id, channel=CHANNEL, ts="9.000900", at=at(16, 35))


DECISIONS = [
    (_failed, POST_AGAIN, "pending"),
    (_failed, IT_IS_THERE, "sent"),
    (_failed, LEAVE, "dropped"),
    (_unknown, POST_AGAIN, "pending"),
    (_unknown, IT_IS_THERE, "sent"),
    (_unknown, LEAVE, "dropped"),
    (_sent_meanwhile, POST_AGAIN, None),
    (_sent_meanwhile, IT_IS_THERE, None),
    (_sent_meanwhile, LEAVE, None),
]


@pytest.mark.parametrize("as_lead", [True, False], ids=["lead", "command line"])
@pytest.mark.parametrize(("happened", "decision", "becomes"), DECISIONS)
def test_a_decision_is_carried_out_unless_there_is_nothing_to_decide_any_more(
    database: Database,
    happened: Callable[[Database], None],
    decision: Decision,
    becomes: str | None,
    *,
    as_lead: bool,
) -> None:
    _digest_failed(database)
    happened(database)
    before = known(database, FIRST_PAGE)
    if as_lead:
        decided = troubles.decide_as_lead(database, HANNAH, before.id, decision, at(16, 40))
    else:
        decided = troubles.decide(database, before.id, decision, at(16, 40))
    after = known(database, FIRST_PAGE)
    assert decided is (becomes is not None)
    if becomes is None:
        assert after == before
    else:
        assert (after.state, after.error, after.unreadable) == (becomes, None, False)


@pytest.mark.parametrize("who", [JACK, JIM, STRANGER, "", "U0OTHERLEAD", "U0HANNAH0"])
@pytest.mark.parametrize("decision", list(Decision))
def test_nobody_but_a_lead_of_that_team_decides(database: Database, who: str, decision: Decision) -> None:
    teebee, _ = _digest_failed(database)
    with database.transaction() as connection:
        other = teams.add(connection, replace(teebee.team, name="Web", channel="C0WEB00001"))
        elsewhere = people.ensure(connection, "U0OTHERLEAD")
        teams.set_role(connection, Membership(other.id, elsewhere.id, Role.LEAD))
        jim = people.ensure(connection, JIM)
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.OBSERVER))
    before = known(database, FIRST_PAGE)
    with pytest.raises(NotYoursToDecide):
        troubles.decide_as_lead(database, who, before.id, decision, at(16, 40))
    assert known(database, FIRST_PAGE) == before


def test_a_lead_who_has_left_decides_nothing(database: Database) -> None:
    _digest_failed(database)
    with database.transaction() as connection:
        people.learn(connection, Profile(HANNAH, "Hannah", active=False))
    with pytest.raises(NotYoursToDecide):
        troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, LEAVE, at(16, 40))


@pytest.mark.parametrize("forged", [0, -1, 999, 2**31, 2**63 - 1, 2**63, 10**30])
def test_a_forged_id_is_nobodys_to_decide(database: Database, forged: int) -> None:
    _digest_failed(database)
    with pytest.raises(NotYoursToDecide):
        troubles.decide_as_lead(database, HANNAH, forged, LEAVE, at(16, 40))


def test_nobody_decides_about_a_reply_to_somebody_or_a_notice(database: Database) -> None:
    teebee, _ = _digest_failed(database)
    with database.transaction() as connection:
        asks.receipt(connection, teebee.jack, "words:1", {"check_in": 1}, at(16))
    for key in (f"{asks.RECEIPT}:words:1", asks.notice_key(1, teebee.hannah.id)):
        put(database, key, state="failed")
        with pytest.raises(NotYoursToDecide):
            troubles.decide_as_lead(database, HANNAH, known(database, key).id, LEAVE, at(16, 40))


def test_the_lead_of_either_team_decides_about_a_prompt_of_both(database: Database) -> None:
    teebee = move_in(database)
    with database.transaction() as connection:
        other = add_round(connection, teebee, FRIDAY)
        jim = people.ensure(connection, JIM)
        teams.set_role(connection, Membership(other.team_id, jim.id, Role.LEAD))
    rounds.step(database, at(10))
    put(database, _prompt(teebee), state="failed")
    for who in (HANNAH, JIM):
        prompt = known(database, _prompt(teebee)).id
        assert troubles.decide_as_lead(database, who, prompt, POST_AGAIN, at(10, 5))
        put(database, _prompt(teebee), state="failed")


# --- and then ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", list(Decision))
def test_afterwards_the_notice_is_drawn_anew_at_once(database: Database, decision: Decision) -> None:
    teebee, notebook = _digest_failed(database)
    troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, decision, at(16, 40))
    notice = asks.notice_key(1, teebee.hannah.id)
    assert run(database, notebook, at(16, 40), waited_for=True) == [f"{notice}: updated"]
    assert troubles.load(database, 1).troubles == ()


def test_what_is_posted_again_comes_once(database: Database) -> None:
    _, notebook = _digest_failed(database)
    digest = known(database, FIRST_PAGE).id
    decided = [troubles.decide(database, digest, POST_AGAIN, at(16, 40)) for _ in range(3)]
    for minute in (40, 50):
        run(database, notebook, at(16, minute))
    assert decided == [True, False, False]
    assert _to(notebook, asks.DIGEST) == [CHANNEL]


def test_what_is_there_is_not_posted_again_and_cannot_be_kept_up_to_date(database: Database) -> None:
    teebee, notebook = _digest_failed(database)
    _unknown(database)
    troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, IT_IS_THERE, at(16, 40))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(16, 50))
    said = run(database, notebook, at(17))
    assert not [line for line in said if line.startswith(FIRST_PAGE)]
    assert _to(notebook, asks.DIGEST) == []


def test_what_is_left_is_not_said_even_if_it_is_looked_for(database: Database) -> None:
    _, notebook = _digest_failed(database)
    _unknown(database)
    troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, LEAVE, at(16, 40))
    pass_time(database, 2 * LEASE)
    run(database, notebook, at(17))
    assert (states(database)[FIRST_PAGE], _to(notebook, asks.DIGEST), notebook.looked) == ("dropped", [], [])


def test_a_prompt_that_is_posted_again_too_late_is_dropped(database: Database) -> None:
    teebee, notebook = _jacks_prompt_failed(database)
    troubles.decide_as_lead(database, HANNAH, known(database, _prompt(teebee)).id, POST_AGAIN, at(16, 30))
    run(database, notebook, at(16, 30))
    assert states(database)[_prompt(teebee)] == "dropped"
    assert _to(notebook, asks.PROMPT) == []


def test_what_was_found_after_all_is_no_trouble_any_more(database: Database) -> None:
    teebee, notebook = move_in(database), Notebook()
    rounds.step(database, at(10))
    run(database, notebook, at(10))
    rounds.step(database, at(16, 30))
    notebook.lost, notebook.unreadable = [Unsure("no answer")], [Refused("missing_scope")]
    run(database, notebook, at(16, 30))
    pass_time(database, LEASE)
    run(database, notebook, at(16, 32))
    assert [one.maybe_there for one in troubles.load(database, 1).troubles] == [True]
    pass_time(database, timedelta(hours=1))
    said = run(database, notebook, at(17, 32))
    assert troubles.load(database, 1).troubles == ()
    assert f"{asks.notice_key(1, teebee.hannah.id)}: updated" in said
