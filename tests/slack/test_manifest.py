"""The manifest: within Slack's limits, and asking for what the bot uses."""

import re
from pathlib import Path

import pytest
import yaml

from bot.practice.api.dispatch import ALL_SCOPES
from bot.slack import manifest as manifest_module
from bot.slack.manifest import BOT_EVENTS, OPTIONAL, REQUIRED, manifest
from bot.slack.reading import events

NOT_ASKED_FOR = {"im:read", "files:read", "reactions:read", "reactions:write"}
"""The practice Slack knows them; nothing of ours needs them."""


def test_it_asks_for_each_scope_once() -> None:
    scopes = manifest()["oauth_config"]["scopes"]["bot"]
    assert len(scopes) == len(set(scopes)) == len(REQUIRED) + len(OPTIONAL)
    assert set(ALL_SCOPES) - NOT_ASKED_FOR <= set(scopes)


@pytest.mark.parametrize("scope", [*REQUIRED, *OPTIONAL], ids=lambda scope: scope.name)
def test_every_scope_says_what_stops_without_it(scope: manifest_module.Scope) -> None:
    assert re.fullmatch(r"[^.]{10,120}", scope.without)


def test_texts_are_as_long_as_slack_takes() -> None:
    made = manifest()
    (command,) = made["features"]["slash_commands"]
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_people_can_write_to_the_bot_and_mentions_arrive_as_ids() -> None:
    features = manifest()["features"]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    assert [(one["command"], one["should_escape"]) for one in features["slash_commands"]] == [("/okr", True)]
    assert set(features) == {"app_home", "bot_user", "slash_commands"}


def test_it_works_over_socket_mode_without_any_address() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert made["settings"]["interactivity"] == {"is_enabled": True}
    assert "url" not in yaml.safe_dump(made)
    assert (made["settings"]["org_deploy_enabled"], made["settings"]["token_rotation_enabled"]) == (
        False,
        False,
    )


def test_it_subscribes_to_every_event_that_is_read() -> None:
    source = Path(events.__file__).read_text(encoding="utf-8")
    cases = re.findall(r'case ("\w+"(?: \| "\w+")*)', source)
    read = {event for case in cases for event in re.findall(r"\w+", case)}
    assert {event.split(".")[0] for event in BOT_EVENTS} == read


def test_whoever_installs_it_may_leave_out_what_it_can_do_without() -> None:
    scopes = manifest()["oauth_config"]["scopes"]
    assert scopes["bot_optional"] == [one.name for one in OPTIONAL]
    assert set(scopes["bot_optional"]) == set(scopes["bot"]) - {one.name for one in REQUIRED}
