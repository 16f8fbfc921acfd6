"""`/okr export`: a team's file and its history, as files in the direct messages of whoever leads it."""

import csv
import io
from dataclasses import replace

from bot.files.yaml_file import read_yaml
from bot.okr.model import Membership, Objective, Role
from bot.practice import Message, Trouble
from bot.practice.api.dispatch import ALL_SCOPES
from bot.services.sending import asks
from bot.slack import texts
from bot.storage import deliveries, okrs, teams
from bot.storage.deliveries import Delivery
from tests.services.teebee import CHANNEL, TeeBee, at
from tests.slack.friday import Friday, friday_on, quiet
from tests.slack.samples import words_of
from tests.slack.test_history_flow import weeks_said

COMPLETE, OPEN = "files.completeUploadExternal", "conversations.open"


def asked(friday: Friday, who: str = "hannah", text: str = "export") -> str:
    """What is answered, to that person alone."""
    outcome = getattr(friday, who).command("/okr", text)
    assert outcome.ok
    friday.settle()
    (said,) = outcome.messages
    assert said.only_for
    return quiet(said).text


def sent(friday: Friday, who: str = "hannah") -> list[Message]:
    return [one for one in friday.said_to(getattr(friday, who)) if one.files]


def in_state(friday: Friday, state: str) -> list[Delivery]:
    with friday.okra.database.reading() as connection:
        return [one for one in deliveries.in_states(connection, [state]) if one.kind == asks.TEAM_FILES]


def contents(message: Message) -> tuple[str, list[dict[str, str]]]:
    """Of the OKR file, and the table's rows."""
    file, table = (one.content.decode() for one in message.files)
    return file, list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))


def ready(friday: Friday) -> TeeBee:
    teebee = friday.move_in()
    weeks_said(teebee, teebee.of(teebee.jack)[0], [30, 40, 52])
    friday.clock.now = at(12)
    return teebee


def keep_private(friday: Friday, teebee: TeeBee, *, readers: frozenset[int] = frozenset()) -> Objective:
    """Jack's objective, which has key results of his only, is nobody's business from now on."""
    with friday.okra.database.transaction() as connection:
        (found,) = okrs.whole(
            connection,
            [next(one.objective_id for one in teebee.key_results if one.owner_id == teebee.jack.id)],
        ).values()
        okrs.save_objective(connection, replace(found, private=True, readers=readers))
    return found


def test_a_lead_gets_the_teams_file_and_its_history_in_one_message(friday: Friday) -> None:
    teebee = ready(friday)
    assert asked(friday).startswith("The files of TeeBee come into your direct messages")
    (message,) = sent(friday)
    quiet(message)
    assert [one.title for one in message.files] == [
        "TeeBee: OKRs on 20 November.yaml",
        "TeeBee: check-ins until 20 November.csv",
    ]
    assert "".join(words_of(message.blocks)).startswith("OKRs of TeeBee as a file")
    file, rows = contents(message)
    (team,) = read_yaml(file).teams
    assert {each.id for one in team.objectives for each in one.key_results} == {
        one.id for one in teebee.key_results
    }
    assert "@" not in file, "nobody's e-mail address"
    assert [(one["key_result"], one["value"], one["by"]) for one in rows] == [
        ("Renewed online", "30", "Jack"),
        ("Renewed online", "40", "Jack"),
        ("Renewed online", "52", "Jack"),
    ]
    assert not [one for one in friday.hannah.messages(CHANNEL) if one.files]


def test_what_is_private_is_in_the_files_of_its_readers_only(friday: Friday) -> None:
    teebee = ready(friday)
    private = keep_private(friday, teebee)
    asked(friday)
    file, rows = contents(sent(friday)[0])
    assert private.title not in file
    assert not rows
    keep_private(friday, teebee, readers=frozenset({teebee.hannah.id}))
    friday.clock.now = at(12, 5)
    asked(friday)
    file, rows = contents(sent(friday)[-1])
    assert private.title in file
    assert len(rows) == 3


def test_whoever_does_not_lead_it_reads_who_does(friday: Friday) -> None:
    ready(friday)
    assert asked(friday, "jack", "export teebee") == (
        "You cannot have this team’s file. Hannah can. Nothing was changed."
    )
    assert asked(friday, "jack") == "Which team’s files? Write /okr export and one of: TeeBee"
    assert asked(friday, "hannah", "export tea") == (
        "There is no team “tea”. Write /okr export and one of: TeeBee"
    )
    assert not sent(friday, "jack")


def test_asking_twice_at_once_brings_them_once(friday: Friday) -> None:
    ready(friday)
    asked(friday)
    asked(friday)
    assert len(sent(friday)) == 1


def test_a_lead_no_more_before_it_is_sent_gets_nothing(friday: Friday) -> None:
    teebee = ready(friday)
    friday.slack.set_faults(Trouble(1, {"internal_error": 1.0}, methods=[OPEN]))
    assert friday.hannah.command("/okr", "export").ok
    friday.until(lambda: [one for one in in_state(friday, "pending") if one.error])
    friday.slack.set_faults(None)
    with friday.okra.database.transaction() as connection:
        teams.set_role(connection, Membership(teebee.team.id, teebee.hannah.id, Role.MEMBER))
    friday.a_minute_passes()
    friday.tick(12, 2)
    friday.settle()
    assert len(in_state(friday, "dropped")) == 1
    assert not sent(friday)


def test_what_may_have_been_sent_is_found_again_and_not_doubled(friday: Friday) -> None:
    ready(friday)
    friday.slack.set_faults(Trouble(1, {"lost_answer": 1.0}, methods=[COMPLETE]))
    assert friday.hannah.command("/okr", "export").ok
    friday.until(lambda: sent(friday))
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(12, 2)
    friday.settle()
    assert len(sent(friday)) == len(friday.calls(COMPLETE)) == 1


def test_without_the_scope_it_says_so_in_words(database_url: str) -> None:
    with friday_on(database_url, scopes=tuple(one for one in ALL_SCOPES if one != "files:write")) as friday:
        ready(friday)
        asked(friday)
        said = friday.heard(friday.hannah, "I could not send you the files of TeeBee")
        assert (
            texts.SENDING["missing_scope"] in said.text
            if hasattr(texts, "SENDING")
            else "okra doctor" in said.text
        )
