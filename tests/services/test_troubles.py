"""Messages in trouble: who decides about them, and what becomes of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.okr.model import Membership, Profile, Role
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.sending import asks, troubles
from bot.services.sending.messenger import Refused, Unsure
from bot.services.sending.troubles import Decision, NotYoursToDecide
from bot.storage import deliveries, people, sending, teams
from bot.storage.engine import Database
from tests.services.other_teams import add_round
from tests.services.sending import LEASE, known, pass_time, put, run, states
from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, Notebook, at, move_in
from tests.services.troubled import (
    FIRST_PAGE,
    IT_IS_THERE,
    LEAVE,
    POST_AGAIN,
    digest_failed,
    jacks_prompt,
    jacks_prompt_failed,
)

STRANGER = "U0NOBODY01"


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
    digest_failed(database)
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
    teebee, _ = digest_failed(database)
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
    digest_failed(database)
    with database.transaction() as connection:
        people.learn(connection, Profile(HANNAH, "Hannah", active=False))
    with pytest.raises(NotYoursToDecide):
        troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, LEAVE, at(16, 40))


@pytest.mark.parametrize("forged", [0, -1, 999, 2**31, 2**63 - 1, 2**63, 10**30])
def test_a_forged_id_is_nobodys_to_decide(database: Database, forged: int) -> None:
    digest_failed(database)
    with pytest.raises(NotYoursToDecide):
        troubles.decide_as_lead(database, HANNAH, forged, LEAVE, at(16, 40))


def test_nobody_decides_about_a_reply_to_somebody_or_a_notice(database: Database) -> None:
    teebee, _ = digest_failed(database)
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
    put(database, jacks_prompt(teebee), state="failed")
    for who in (HANNAH, JIM):
        prompt = known(database, jacks_prompt(teebee)).id
        assert troubles.decide_as_lead(database, who, prompt, POST_AGAIN, at(10, 5))
        put(database, jacks_prompt(teebee), state="failed")


# --- and then ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", list(Decision))
def test_afterwards_the_notice_is_drawn_anew_at_once(database: Database, decision: Decision) -> None:
    teebee, notebook = digest_failed(database)
    troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, decision, at(16, 40))
    notice = asks.notice_key(1, teebee.hannah.id)
    assert run(database, notebook, at(16, 40), waited_for=True) == [f"{notice}: updated"]
    assert troubles.load(database, 1).troubles == ()


def test_what_is_posted_again_comes_once(database: Database) -> None:
    _, notebook = digest_failed(database)
    digest = known(database, FIRST_PAGE).id
    decided = [troubles.decide(database, digest, POST_AGAIN, at(16, 40)) for _ in range(3)]
    for minute in (40, 50):
        run(database, notebook, at(16, minute))
    assert decided == [True, False, False]
    assert notebook.to(asks.DIGEST) == [CHANNEL]


def test_what_is_there_is_not_posted_again_and_cannot_be_kept_up_to_date(database: Database) -> None:
    teebee, notebook = digest_failed(database)
    _unknown(database)
    troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, IT_IS_THERE, at(16, 40))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 52), at(16, 50))
    said = run(database, notebook, at(17))
    assert not [line for line in said if line.startswith(FIRST_PAGE)]
    assert notebook.to(asks.DIGEST) == []


def test_what_is_left_is_not_said_even_if_it_is_looked_for(database: Database) -> None:
    _, notebook = digest_failed(database)
    _unknown(database)
    troubles.decide_as_lead(database, HANNAH, known(database, FIRST_PAGE).id, LEAVE, at(16, 40))
    pass_time(database, 2 * LEASE)
    run(database, notebook, at(17))
    assert (states(database)[FIRST_PAGE], notebook.to(asks.DIGEST), notebook.looked) == ("dropped", [], [])


def test_a_prompt_that_is_posted_again_too_late_is_dropped(database: Database) -> None:
    teebee, notebook = jacks_prompt_failed(database)
    troubles.decide_as_lead(
        database, HANNAH, known(database, jacks_prompt(teebee)).id, POST_AGAIN, at(16, 30)
    )
    run(database, notebook, at(16, 30))
    assert states(database)[jacks_prompt(teebee)] == "dropped"
    assert notebook.to(asks.PROMPT) == []


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
