"""A lead's preview, note, setting and early post; and what is said to have changed since a digest was posted."""

from datetime import timedelta

import pytest

from bot.okr.model import CheckInTimes, Membership, Role, RoundState
from bot.okr.rounds import is_on_time
from bot.services.answering import checkins
from bot.services.asking import rounds
from bot.services.digest import digests, early
from bot.services.digest.early import CannotPreview, WhyNot, Wishes
from bot.storage import deliveries, people, teams
from bot.storage import rounds as stored
from bot.storage.engine import Database
from tests.services.teebee import HANNAH, JACK, JIM, TeeBee, at, move_in, week_later

ROUND = 1
NOTHING = Wishes("", pings=False)


def asked(database: Database) -> TeeBee:
    """Ten o'clock, and Hannah has answered."""
    teebee = move_in(database)
    rounds.step(database, at(10))
    checkins.record(
        database, HANNAH, teebee.answers(teebee.hannah, 55, 30, 180_000, actions=("carrier data",)), at(11)
    )
    return teebee


def post(teebee: TeeBee, wishes: Wishes | None = NOTHING, hour: int = 12, who: str = HANNAH) -> bool:
    return early.post(teebee.database, who, ROUND, wishes, at(hour))


def digest_due(teebee: TeeBee) -> str:
    """When it is due, and in which state its round is."""
    with teebee.database.reading() as connection:
        delivery = deliveries.by_key(connection, "digest:1:0")
        state = stored.by_id(connection, ROUND).state
    due = f"{delivery.due_at.astimezone(at(0).tzinfo):%H:%M}" if delivery else "never"
    return f"{due}, {state.value}"


def test_the_preview_is_the_digest_as_it_is_now(database: Database) -> None:
    teebee = asked(database)
    shown = early.load(database, HANNAH, teebee.team.id)
    assert (shown.digest.answered, shown.digest.waiting_for) == (1, ("Jack",))
    assert (shown.due_at, shown.out, shown.wishes) == (at(16, 30), False, NOTHING)
    rounds.step(database, at(16, 30))
    out = early.load(database, HANNAH, teebee.team.id)
    assert (out.out, out.digest.decide_in) == (True, None)


def test_an_early_post_is_one_post_and_changes_nobodys_lateness(database: Database) -> None:
    teebee = asked(database)
    assert post(teebee)
    assert digest_due(teebee) == "12:00, digested"
    assert not post(teebee, hour=13)
    rounds.step(database, at(16, 30))
    assert digest_due(teebee) == "12:00, digested"
    with database.reading() as connection:
        round_ = stored.by_id(connection, ROUND)
    assert round_.digest_at == at(16, 30)
    assert is_on_time(at(16), digest_at=round_.digest_at, answer_by=at(16, 30))
    assert teebee.subjects("reminder") == [{"check_in": 1}, {"check_in": 2}]


def test_a_note_stands_on_top_until_it_is_taken_away(database: Database) -> None:
    teebee = asked(database)
    early.save(database, HANNAH, ROUND, Wishes("bring one idea each", pings=False))
    shown = digests.load(database, ROUND)
    assert (shown.note, shown.note_by) == ("bring one idea each", "Hannah")
    rounds.step(database, at(16, 30))
    teebee.sent("digest:1:0", at(16, 30))
    early.save(database, HANNAH, ROUND, NOTHING)
    assert digests.load(database, ROUND).note == ""
    assert teebee.redraws() == ["digest:1:0"]


def test_what_another_lead_leaves_as_it_was_stays_the_first_ones_note(database: Database) -> None:
    teebee = asked(database)
    early.save(database, HANNAH, ROUND, Wishes("bring one idea each", pings=False))
    with database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.jack.id, Role.LEAD))
    early.save(database, JACK, ROUND, Wishes("bring one idea each", pings=True))
    assert digests.load(database, ROUND).note_by == "Hannah"
    early.post(database, JACK, ROUND, None, at(12))
    assert digests.load(database, ROUND).note == "bring one idea each"


def test_only_those_with_an_action_are_pinged_and_only_if_the_lead_wants_it(database: Database) -> None:
    teebee = asked(database)
    assert [one.pinged for one in digests.load(database, ROUND).actions] == [""]
    early.save(database, HANNAH, ROUND, Wishes("", pings=True))
    assert [(one.person, one.pinged) for one in digests.load(database, ROUND).actions] == [("Hannah", HANNAH)]
    with database.transaction() as connection:
        teams.save(connection, teams.by_id(connection, teebee.team.id))
        assert teams.by_id(connection, teebee.team.id).digest_pings


def test_nobody_but_a_lead_and_nothing_but_a_running_round(database: Database) -> None:
    teebee = asked(database)
    with database.transaction() as connection:
        jim = people.by_slack_id(connection, JIM)
        assert jim is not None
        teams.set_role(connection, Membership(teebee.team.id, jim.id, Role.OBSERVER))
    for who in (JACK, JIM, "U0NOBODY01"):
        assert early.led_by(database, who) == []
        for attempt in (
            lambda who=who: early.load(database, who, teebee.team.id),
            lambda who=who: early.save(database, who, ROUND, NOTHING),
            lambda who=who: post(teebee, who=who),
        ):
            with pytest.raises(CannotPreview) as refused:
                attempt()
            assert refused.value.why is WhyNot.NOT_LEAD
    with pytest.raises(CannotPreview):
        early.post(database, HANNAH, 99, NOTHING, at(12))
    assert digest_due(teebee) == "never, open"


def test_a_round_that_has_been_closed_is_left_alone(database: Database) -> None:
    teebee = move_in(database, times=CheckInTimes())
    with pytest.raises(CannotPreview) as refused:
        early.load(database, HANNAH, teebee.team.id)
    assert refused.value.why is WhyNot.NO_ROUND
    rounds.step(database, at(10))
    rounds.step(database, week_later(at(10)))
    with pytest.raises(CannotPreview) as refused:
        post(teebee)
    assert refused.value.why is WhyNot.NO_ROUND
    with database.reading() as connection:
        assert stored.by_id(connection, ROUND).state is RoundState.CLOSED


def test_a_team_without_objectives_any_more_has_no_preview(database: Database) -> None:
    teebee = asked(database)
    for one in teebee.key_results:
        teebee.drop(one.id)
    assert early.load(database, HANNAH, teebee.team.id).digest.talk == ()


def test_the_digest_says_what_has_changed_since_it_was_posted(database: Database) -> None:
    teebee = asked(database)
    rounds.step(database, at(16, 30))
    assert digests.load(database, ROUND).since is None
    checkins.record(database, JACK, teebee.answers(teebee.jack, 40, 6, 38), at(17))
    since = digests.load(database, ROUND).since
    assert since is not None
    assert (since.at, since.at.utcoffset(), since.answered) == (at(16, 30), timedelta(hours=8), ("Jack",))
    assert [(one.key_result.title, one.before, one.now) for one in since.moved] == [
        ("Renewed online", None, (40, 7)),
        ("Satisfaction", None, (6, 7)),
        ("Phone calls", None, (38, 7)),
    ]


def test_an_answer_that_was_changed_after_the_post_is_marked_as_edited(database: Database) -> None:
    teebee = asked(database)
    rounds.step(database, at(16, 30))
    checkins.record(database, HANNAH, teebee.answers(teebee.hannah, 56, 30, 180_000), at(17))
    checkins.record(database, JACK, teebee.answers(teebee.jack, 40, 6, 38), at(17))
    shown = digests.load(database, ROUND)
    edited = {one.standing.key_result.title for one in shown.talk if one.edited}
    edited |= {one.standing.key_result.title for one in shown.on_track if one.edited}
    assert edited == {"Customers who renew"}
    assert shown.since is not None
    assert shown.since.moved[0].before == (55, 7)
