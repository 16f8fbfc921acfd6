"""Who people are: learnt from Slack, followed, and shown in their own time."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from bot.okr.model import Profile
from bot.services import people
from bot.services.people import DirectoryUnavailable
from bot.storage import people as stored
from bot.storage import workspace
from bot.storage.engine import Database
from tests.services.teebee import HANNAH, JACK, at, move_in

STRANGER = "U0STRANGER"


@dataclass
class Listed:
    """A directory with these people in it."""

    profiles: dict[str, Profile] = field(default_factory=dict)
    trouble: str = ""
    asked: list[str] = field(default_factory=list)

    def profile(self, slack_id: str) -> Profile | None:
        self.asked.append(slack_id)
        if self.trouble:
            raise DirectoryUnavailable(self.trouble)
        return self.profiles.get(slack_id)

    def profile_by_email(self, email: str) -> Profile | None:
        raise NotImplementedError

    def channel(self, name: str) -> people.Channel | None:
        raise NotImplementedError

    def members(self, channel_id: str) -> frozenset[str] | None:
        raise NotImplementedError


def ensure(database: Database, *slack_ids: str) -> None:
    with database.transaction() as connection:
        for one in slack_ids:
            stored.ensure(connection, one)


def test_what_slack_says_of_somebody_known_is_taken_over(database: Database) -> None:
    move_in(database)
    people.learn(database, Profile(JACK, "Jack T.", "j@teebee.example", "Europe/London", active=False))
    with database.reading() as connection:
        jack = stored.by_slack_id(connection, JACK)
    assert jack is not None
    assert (jack.name, jack.zone, jack.active, jack.guest) == ("Jack T.", "Europe/London", False, False)


def test_strangers_are_no_business_of_ours(database: Database) -> None:
    people.learn(database, Profile(STRANGER, "Somebody"))
    with database.reading() as connection:
        assert stored.by_slack_id(connection, STRANGER) is None


def test_whoever_was_mentioned_is_asked_about_until_they_have_a_name(database: Database) -> None:
    ensure(database, STRANGER, "U0UNKNOWN1")
    directory = Listed({STRANGER: Profile(STRANGER, "Jim")})
    assert people.learn_unnamed(database, directory) == [f"{STRANGER} is Jim", "U0UNKNOWN1 is U0UNKNOWN1"]
    assert people.learn_unnamed(database, directory) == []
    assert directory.asked == [STRANGER, "U0UNKNOWN1"]
    with database.reading() as connection:
        nobody = stored.by_slack_id(connection, "U0UNKNOWN1")
    assert nobody is not None
    assert (nobody.active, nobody.guest) == (False, True)


def test_when_slack_does_not_answer_the_rest_waits_for_the_next_time(database: Database) -> None:
    ensure(database, STRANGER, "U0UNKNOWN1")
    directory = Listed(trouble="missing_scope")
    assert people.learn_unnamed(database, directory) == []
    assert directory.asked == [STRANGER]


def test_somebody_new_is_asked_about_before_they_are_shown_anything(database: Database) -> None:
    ensure(database, STRANGER)
    directory = Listed({STRANGER: Profile(STRANGER, "Jim", guest=True)})
    people.meet(database, directory, STRANGER)
    people.meet(database, directory, STRANGER)
    people.meet(database, directory, "U0UNKNOWN1")
    assert directory.asked == [STRANGER, "U0UNKNOWN1"]
    with database.reading() as connection:
        met = stored.by_slack_id(connection, STRANGER)
        assert stored.by_slack_id(connection, "U0UNKNOWN1") is None
    assert met is not None
    assert met.guest


def test_nobody_is_met_while_slack_is_silent(database: Database) -> None:
    with pytest.raises(DirectoryUnavailable):
        people.meet(database, Listed(trouble="ratelimited"), STRANGER)


def test_whom_a_form_names_and_nobody_knows_is_asked_about_once(database: Database) -> None:
    move_in(database)
    directory = Listed({STRANGER: Profile(STRANGER, "Jim")})
    for _ in range(2):
        people.meet_named(database, directory, [STRANGER, "U0UNKNOWN1", JACK, STRANGER])
    assert directory.asked == [STRANGER, "U0UNKNOWN1"]
    with database.reading() as connection:
        met = stored.by_slack_ids(connection, [STRANGER, "U0UNKNOWN1"])
    assert {one.name: one.active for one in met.values()} == {"Jim": True, "U0UNKNOWN1": False}


def test_a_form_is_kept_though_slack_says_nothing_or_too_slowly(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = Listed(trouble="ratelimited")
    people.meet_named(database, silent, [STRANGER, "U0UNKNOWN1"])
    assert silent.asked == [STRANGER]
    monkeypatch.setattr(people, "LOOK_UP_SECONDS", 0)
    slow = Listed({STRANGER: Profile(STRANGER, "Jim")})
    people.meet_named(database, slow, [STRANGER])
    assert slow.asked == []
    with database.reading() as connection:
        assert stored.by_slack_ids(connection, [STRANGER, "U0UNKNOWN1"]) == {}


@pytest.mark.parametrize(
    ("own", "of_workspace", "shown"),
    [
        ("Europe/London", "Asia/Tokyo", "Europe/London"),
        (None, "Asia/Tokyo", "Asia/Shanghai"),  # their team's
        ("Middle/Earth", "Asia/Tokyo", "Asia/Shanghai"),
    ],
)
def test_a_persons_own_clock_counts_then_their_teams(
    database: Database, own: str | None, of_workspace: str, shown: str
) -> None:
    teebee = move_in(database, jack_zone=own)
    with database.transaction() as connection:
        workspace.set_zone(connection, of_workspace)
        assert people.zone_for(connection, teebee.jack) == ZoneInfo(shown)


@pytest.mark.parametrize(("of_workspace", "shown"), [("Asia/Tokyo", "Asia/Tokyo"), ("Middle/Earth", "UTC")])
def test_without_a_team_the_workspaces_clock_counts_and_utc_at_the_last(
    database: Database, of_workspace: str, shown: str
) -> None:
    with database.transaction() as connection:
        workspace.set_zone(connection, of_workspace)
        somebody = stored.ensure(connection, STRANGER)
        assert people.zone_for(connection, somebody) == ZoneInfo(shown)


def test_only_those_who_have_a_name_are_named(database: Database) -> None:
    move_in(database)
    ensure(database, STRANGER)
    assert people.known_names(database, [JACK, STRANGER, "U0UNKNOWN1"]) == {JACK: "Jack"}


def test_until_the_name_is_known_the_id_has_to_do(database: Database) -> None:
    teebee = move_in(database)
    assert people.shown_name(teebee.hannah) == "Hannah"
    with database.transaction() as connection:
        assert people.shown_name(stored.ensure(connection, STRANGER)) == STRANGER
        assert stored.by_slack_id(connection, HANNAH) == teebee.hannah
    assert at(10).tzinfo is not None
