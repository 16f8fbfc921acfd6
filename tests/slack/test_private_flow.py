"""What is private stands nowhere but with those who are named: a whole Friday, and everything anybody saw."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.doctor import contents
from bot.doctor import okrs as doctor_okrs
from bot.okr.model import Membership, Objective, Person, Profile, Role, Supported
from bot.practice import Actor, Message
from bot.services import permissions
from bot.services.digest import decisions
from bot.services.files import exporting
from bot.slack import ids
from bot.slack import texts as every_text
from bot.slack.commands import COMMANDS
from bot.storage import changes, needing, okrs, owing, people, rounds, teams
from bot.storage.changes import NewChange
from tests.services.teebee import CHANNEL, HANNAH, JACK, JIM, at
from tests.services.zenith import UED_CHANNEL, ZENITH_CHANNEL, Zenith, zenith
from tests.slack.friday import Friday, quiet
from tests.slack.seen import EVERYBODY, Watch

MARK = "xyzzyq"
PART = "xyzz"
"""What people search for: they would find it, and what they typed is said back to them."""
RITA = "U0RITA0001"
NAMED = {JACK, RITA}
NEXT, AFTER = date(2026, 11, 27), date(2026, 12, 4)
CHANGING = {"pause", "resume"}
"""Commands that would end the game."""


class Secret:
    """Zenith with a private aim of Jack's in TeeBee, in which Rita owns a key result, too."""

    def __init__(self, friday: Friday) -> None:
        friday.slack.add_person("Rita", id=RITA, tz="Asia/Shanghai")
        friday.slack.add_channel("zenith", id=ZENITH_CHANNEL, members=[JIM, HANNAH])
        friday.slack.add_channel("ued", id=UED_CHANNEL, members=[JIM, JACK])
        self.company: Zenith = zenith(friday.move_in())
        teebee = self.company.teebee
        with self.company.database.transaction() as connection:
            self.rita: Person = people.learn(
                connection, Profile(RITA, "Rita", "rita@teebee.example", "Asia/Shanghai")
            )
            teams.set_role(connection, Membership(teebee.team.id, self.rita.id, Role.MEMBER))
        self.home: Objective = self.company.add(
            teebee.team,
            f"{MARK} taste lab",
            teebee.jack,
            f"{MARK} brews",
            f"{MARK} tasters",
            private=True,
            theme=f"{MARK} theme",
            position=9,
            parent=Supported(self.company.value().id),
            serves=frozenset({self.company.screens.id}),
        )
        self.brews, tasters = self.home.key_results
        with self.company.database.transaction() as connection:
            okrs.save_key_result(connection, replace(tasters, owner_id=self.rita.id))
            carrier = self.company.screens.key_results[0]
            at_nine = at(9)
            # As a file may say so: in Slack nobody is asked who may not see what needs it.
            needing.ask(connection, self.brews.id, carrier.id, teebee.jack.id, at_nine)
            needing.ask(connection, carrier.id, self.brews.id, self.company.jim.id, at_nine)
            texts = (f"{MARK} old", f"{MARK} new", f"{MARK} reason")
            changes.add(
                connection,
                NewChange(at_nine, teebee.jack.id, self.home.id, self.brews.id, "title", *texts),
            )


ONE_KIND = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""Whichever database it is, the same queries say who sees what."""


@pytest.fixture
def secret(friday: Friday) -> Secret:
    return Secret(friday)


def watched(friday: Friday) -> tuple[Watch, dict[str, Actor]]:
    return Watch(friday), {
        HANNAH: friday.hannah,
        JIM: friday.jim,
        JACK: friday.jack,
        RITA: friday.slack.person(RITA),
    }


def asks_for_everything(friday: Friday, watch: Watch, actor: Actor) -> None:
    """Every command there is, with and without words; every form that opens, and what it offers."""
    every = [words for command in COMMANDS for words in command.words[:1] if words not in CHANGING]
    others = ("team teebee", "tree teebee", "history @Jack", "@Jack", "@Rita")
    for words in [*every, *(f"{one} {PART}" for one in every if one), *others]:
        before = len(actor.messages())
        assert actor.command("/okr", words).ok
        friday.until(lambda before=before: actor.view() or len(actor.messages()) > before)
        if actor.view():
            watch.search(actor, "", PART)
            watch.look(actor)
            actor.close()
    actor.command("/okr", "team teebee", channel=CHANNEL if actor.id in {HANNAH, JACK} else None)
    actor.open_home()
    friday.settle()
    watch.look(actor)


def newest(friday: Friday, actor: Any) -> Message:
    friday.settle()
    found: Message = friday.said_to(actor)[-1]
    return found


def answers(friday: Friday, rita: Actor) -> None:
    """Jack in words and in the form, Rita in words, Hannah with one tap."""
    friday.jack.say(
        f"1 52 conf 8\n4 30 conf 2, {MARK} slow, blocked: dependency, Hannah; fix: {MARK} fix\n"
        f"next: KR4: {MARK} order cups"
    )
    friday.settle()
    friday.form(friday.jack, friday.said_to(friday.jack)[0])
    assert friday.jack.submit().ok
    friday.settle()
    rita.say(f"1 10 conf 3, {MARK} few, blocked: resource, Jim; fix: {MARK} more")
    friday.settle()
    assert friday.hannah.tap(friday.said_to(friday.hannah)[0], label="All unchanged").ok
    friday.settle()


def test_nobody_who_is_not_named_ever_sees_it(friday: Friday, secret: Secret) -> None:
    watch, everybody = watched(friday)
    teebee = secret.company.teebee

    def all_look() -> None:
        for actor in everybody.values():
            watch.look(actor)

    friday.tick(10)
    all_look()
    answers(friday, everybody[RITA])
    all_look()
    asks_for_everything(friday, watch, friday.hannah)
    reply = friday.hannah.command("/okr", "@Jack").messages[-1]
    friday.form(friday.hannah, reply)
    watch.look(friday.hannah)
    friday.hannah.close()
    friday.tick(16, 30)
    friday.settle()
    all_look()
    with secret.company.database.reading() as connection:
        (round_,) = rounds.newest(connection, teebee.team.id, limit=1)
    digest = next(one for one in friday.hannah.messages(CHANNEL) if not one.is_reply and not one.only_for)
    friday.forge(friday.hannah, digest, ids.DECIDE, ids.decide_value(round_.id, secret.brews.id))
    friday.until(friday.hannah.view)
    watch.look(friday.hannah)
    assert every_text.NO_SUCH_ITEM in friday.hannah.view_screen(width=200)
    friday.hannah.close()
    friday.tick(17)
    friday.jack.say(f"4 35 conf 1, {MARK} slower, blocked: dependency, Hannah")
    friday.settle()
    asks_for_everything(friday, watch, friday.jack)
    for hour, minute in ((10, 0), (15, 0), (16, 30)):
        friday.tick(hour, minute, day=NEXT)
        friday.settle()
    all_look()
    for slack_id in (HANNAH, JIM):
        asks_for_everything(friday, watch, everybody[slack_id])

    every = watch.shown()
    leaked = [(who, what) for who, what in every if who not in NAMED and MARK in what.casefold()]
    assert leaked == []
    assert {who for who, what in every if MARK in what.casefold()} == NAMED
    assert {HANNAH, JIM, EVERYBODY} <= {who for who, _ in every}


@ONE_KIND
def test_the_digest_is_as_if_it_were_not_there(friday: Friday, secret: Secret) -> None:
    watch, everybody = watched(friday)
    friday.tick(10)
    answers(friday, everybody[RITA])
    friday.tick(16, 30)
    friday.settle()
    text = quiet(friday.digest()).text
    assert "2 of 2 answered" in text
    assert "Rita" not in text
    assert "last week: 0 done" not in text
    pictures = [file for one in friday.hannah.messages(CHANNEL) for file in one.files]
    assert all(MARK not in file.alt_txt for file in pictures)
    watch.look(everybody[RITA])
    assert MARK in str(watch.shown())


@ONE_KIND
def test_whoever_is_named_in_its_way_is_not_told_and_the_author_hears_that(
    friday: Friday, secret: Secret
) -> None:
    _, everybody = watched(friday)
    friday.tick(10)
    answers(friday, everybody[RITA])
    friday.settle()
    words = "This objective is private and Hannah may not see it, so I do not tell them."
    assert any(words in one.text for one in friday.said_to(friday.jack))
    assert all("waits for you" not in one.text for one in friday.said_to(friday.hannah))
    friday.forge(friday.hannah, friday.said_to(friday.hannah)[0], "undo_unchanged", "1")
    friday.forge(
        friday.hannah,
        friday.said_to(friday.hannah)[0],
        "check_in_open",
        str(secret.brews.id),
        to_action=ids.CLEARED,
    )
    friday.heard(friday.hannah, every_text.NOT_YOURS_TO_CLEAR)


@ONE_KIND
def test_a_reader_who_is_named_is_told_and_finds_it(friday: Friday, secret: Secret) -> None:
    secret.company.aligned(
        secret.company.objective(secret.home.id), readers=frozenset({secret.company.teebee.hannah.id})
    )
    friday.tick(10)
    friday.jack.say("4 30 conf 2, blocked: dependency, Hannah")
    friday.settle()
    prompt = friday.said_to(friday.hannah)[0]
    assert f"Jack waits for you: {MARK} brews" in prompt.text
    reply = friday.hannah.command("/okr", "team TeeBee").messages[-1]
    assert f"{MARK} taste lab" in reply.text
    tree = friday.hannah.command("/okr", "tree TeeBee").messages[-1].text
    assert f"{MARK} taste lab · 15 % of 55 %, red · private" in tree
    assert "TeeBee · 0 %" in tree
    assert friday.hannah.tap(prompt, label="Cleared").ok
    friday.heard(friday.jack, f"Hannah has cleared the way for {MARK} brews.")


@ONE_KIND
def test_rollups_leave_it_out_for_everybody(friday: Friday, secret: Secret) -> None:
    friday.tick(10)
    answers(friday, friday.slack.person(RITA))
    seen = [
        next(
            line
            for line in actor.command("/okr", "tree").messages[-1].text.splitlines()
            if line.startswith("TeeBee ·")
        )
        for actor in (friday.jack, friday.hannah)
    ]
    assert seen[0] == seen[1]


@ONE_KIND
def test_a_team_with_nothing_else_has_a_digest_all_the_same(friday: Friday, secret: Secret) -> None:
    teebee = secret.company.teebee
    with secret.company.database.transaction() as connection:
        for home in (secret.company.value(), secret.company.online()):
            okrs.drop_objective(connection, home.id, at(8))
    friday.tick(10)
    friday.tick(16, 30)
    friday.settle()
    text = quiet(friday.digest()).text
    assert every_text.NOBODY_ASKED in text
    assert MARK not in text
    assert teebee.team.name in text


@ONE_KIND
def test_what_it_misses_is_no_business_of_its_leads(friday: Friday, secret: Secret) -> None:
    friday.tick(10)
    for day in (date(2026, 11, 20), NEXT, AFTER):
        friday.tick(10, day=day)
        friday.tick(16, 30, day=day)
    friday.settle()
    told = [one.text for one in friday.said_to(friday.hannah) if "missed two check-ins" in one.text]
    assert told
    assert all("Jack" in one and "Rita" not in one for one in told)


@ONE_KIND
def test_doctor_names_no_private_title(friday: Friday, secret: Secret) -> None:
    with secret.company.database.transaction() as connection:
        people.learn(connection, Profile(RITA, "Rita", "rita@teebee.example", active=False))
    found = list(doctor_okrs.check(contents.read(secret.company.database, at(12))))
    assert any("Rita owns a private key result" in str(one) for one in found)
    assert all(MARK not in str(one) for one in found)


@ONE_KIND
def test_whoever_runs_the_machine_exports_everything(friday: Friday, secret: Secret) -> None:
    assert MARK in str(exporting.export_outline(secret.company.database, on=date(2026, 11, 20)))


@ONE_KIND
def test_what_a_lead_may_decide_or_answer_leaves_it_out(friday: Friday, secret: Secret) -> None:
    friday.tick(10)
    friday.tick(16, 30)
    with secret.company.database.reading() as connection:
        (round_,) = rounds.newest(connection, secret.company.teebee.team.id, limit=1)
        owed = owing.in_round(connection, round_.id)
        rita = next(row for row in owed if row.person_id == secret.rita.id)
        assert permissions.visible(secret.company.teebee.hannah, [secret.home]) == []
    with pytest.raises(decisions.CannotDecide):
        decisions.load(secret.company.database, HANNAH, round_.id, secret.brews.id)
    prompt = friday.said_to(friday.hannah)[0]
    friday.forge(friday.hannah, prompt, ids.CHECK_IN_OPEN, str(rita.check_in_id))
    friday.until(friday.hannah.view)
    assert MARK not in friday.hannah.view_screen(width=200)


@ONE_KIND
def test_ones_own_key_result_is_not_needed_by_what_one_may_not_see(friday: Friday, secret: Secret) -> None:
    reply = friday.jack.command("/okr", f"needs {MARK} brews").messages[-1]
    assert friday.jack.tap(reply, action_id=ids.NEEDS, choice=str(secret.brews.id)).ok
    friday.until(friday.jack.view)
    field = ids.field(ids.NEEDED_ON, secret.brews.id)
    assert friday.jack.suggest(field, "recommend").texts == ["People who recommend us"]
    friday.jack.choose(field, "People who recommend us")
    assert not friday.jack.submit().ok
    assert "Nobody there can be asked" in friday.jack.view_errors()[field]
