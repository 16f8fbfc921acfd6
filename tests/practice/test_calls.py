"""Any call of the Web API: who may make it, what it lacks, how its arguments arrive."""

import json
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Fault, PracticeSlack
from bot.practice.api.dispatch import ALL_SCOPES, TABLE
from tests.practice.conftest import TeeBee
from tests.practice.wire import request

Json = dict[str, Any]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def refusal(web: WebClient, method: str, **arguments: Any) -> Json:
    """What Slack answers to a call that it must refuse."""
    with pytest.raises(SlackApiError) as caught:
        web.api_call(method, json=arguments)
    answer = caught.value.response.data
    assert isinstance(answer, dict)
    return answer


def post(url: str, body: bytes, **headers: str) -> Json:
    answer: Json = json.loads(request(url, body, **headers)[1])
    return answer


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("bot", "no.such.method", "unknown_method"),
    ],
)
def test_the_wrong_caller_is_refused(teebee: TeeBee, token: str | None, method: str, error: str) -> None:
    tokens = {"app": teebee.slack.app_token, "bot": teebee.slack.bot_token}
    web = WebClient(tokens.get(token or "", token), base_url=teebee.slack.url)
    assert refusal(web, method)["error"] == error


def test_an_uninstalled_app_gets_account_inactive(teebee: TeeBee) -> None:
    teebee.slack.revoke()
    assert refusal(teebee.web, "auth.test")["error"] == "account_inactive"


def test_auth_test_says_who_the_bot_is_and_names_its_scopes(teebee: TeeBee) -> None:
    answer = teebee.web.auth_test()
    assert answer["user_id"] == teebee.slack.bot_user_id
    assert answer["team_id"] == teebee.slack.team_id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


# method → (arguments, the scope that it needs)
NEEDS_SCOPE: dict[str, tuple[Json, str]] = {
    "users.info": ({"user": "HANNAH"}, "users:read"),
    "users.list": ({}, "users:read"),
    "users.lookupByEmail": ({"email": "hannah@teebee.example"}, "users:read.email"),
    "users.conversations": ({}, "channels:read"),
    "conversations.list": ({}, "channels:read"),
    "conversations.list private": ({"types": "private_channel"}, "groups:read"),
    "conversations.info": ({"channel": "OKRS"}, "channels:read"),
    "conversations.info private": ({"channel": "LEADS"}, "groups:read"),
    "conversations.members": ({"channel": "OKRS"}, "channels:read"),
    "conversations.members im": ({"channel": "DM"}, "im:read"),
    "conversations.open": ({"users": "HANNAH"}, "im:write"),
    "conversations.history": ({"channel": "OKRS"}, "channels:history"),
    "conversations.history private": ({"channel": "LEADS"}, "groups:history"),
    "conversations.history im": ({"channel": "DM"}, "im:history"),
    "conversations.replies im": ({"channel": "DM", "ts": "1.2"}, "im:history"),
    "dnd.info": ({"user": "HANNAH"}, "dnd:read"),
    "dnd.teamInfo": ({"users": "HANNAH"}, "dnd:read"),
    "files.getUploadURLExternal": ({"filename": "a.png", "length": 3}, "files:write"),
    "files.completeUploadExternal": ({"files": '[{"id": "F1"}]'}, "files:write"),
    "reactions.add": ({"channel": "OKRS", "timestamp": "1.2", "name": "eyes"}, "reactions:write"),
    "reactions.remove": ({"channel": "OKRS", "timestamp": "1.2", "name": "eyes"}, "reactions:write"),
    "chat.postMessage": ({"channel": "OKRS", "text": "Hello"}, "chat:write"),
    "chat.update": ({"channel": "OKRS", "ts": "1.2", "text": "Hello"}, "chat:write"),
    "chat.delete": ({"channel": "OKRS", "ts": "1.2"}, "chat:write"),
    "chat.postEphemeral": ({"channel": "OKRS", "user": "HANNAH", "text": "Hello"}, "chat:write"),
}
FREE = {"api.test", "auth.test", "apps.connections.open", "views.open", "views.push", "views.update"}


def test_every_method_has_a_row_for_its_scope() -> None:
    assert {row.split()[0] for row in NEEDS_SCOPE} | FREE | {"views.publish"} == set(TABLE)


@pytest.mark.parametrize("row", NEEDS_SCOPE)
def test_a_missing_scope_is_named(row: str) -> None:
    arguments, scope = NEEDS_SCOPE[row]
    with PracticeSlack(scopes=set(ALL_SCOPES) - {scope}) as slack:
        hannah = slack.add_person("Hannah", email="hannah@teebee.example")
        places = {
            "HANNAH": hannah,
            "OKRS": slack.add_channel("okrs"),
            "LEADS": slack.add_channel("leads", private=True),
            "DM": slack.world.open_dm(hannah).id,
        }
        web = WebClient(slack.bot_token, base_url=slack.url)
        answer = refusal(web, row.split(maxsplit=1)[0], **{k: places.get(v, v) for k, v in arguments.items()})
        assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
        assert answer["provided"] == ",".join(sorted(set(ALL_SCOPES) - {scope}))


@pytest.mark.parametrize(
    ("method", "lacking"),
    [
        ("users.info", "user"),
        ("conversations.history", "channel"),
        ("chat.postMessage", "channel"),
        ("views.publish", "user_id"),
    ],
)
def test_a_missing_argument_is_named(teebee: TeeBee, method: str, lacking: str) -> None:
    answer = refusal(teebee.web, method)
    assert answer["error"] == "invalid_arguments"
    assert f"[ERROR] missing required field: {lacking}" in answer["response_metadata"]["messages"]


def test_a_limit_that_is_no_number_is_refused(teebee: TeeBee) -> None:
    assert refusal(teebee.web, "users.list", limit="many")["error"] == "invalid_arguments"


def test_arguments_come_as_json_as_a_form_and_in_the_query(teebee: TeeBee) -> None:
    url, token = f"{teebee.slack.url}api.test", teebee.slack.bot_token
    assert post(url, b'{"a": 1}', **{"Content-Type": "application/json"})["args"] == {"a": 1}
    assert post(f"{url}?b=2&token={token}", b"a=1", **FORM)["args"] == {"a": "1", "b": "2"}


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
def test_broken_json_is_refused(teebee: TeeBee, body: bytes, error: str) -> None:
    answer = post(f"{teebee.slack.url}auth.test", body, **{"Content-Type": "application/json"})
    assert answer["error"] == error


def test_api_test_fails_on_request(teebee: TeeBee) -> None:
    assert refusal(teebee.web, "api.test", error="oops")["error"] == "oops"


def test_unknown_arguments_are_let_through(teebee: TeeBee) -> None:
    assert teebee.web.api_call("auth.test", json={"colour": "green"})["ok"]


def test_a_fault_answers_instead_and_may_keep_the_call_from_happening(teebee: TeeBee) -> None:
    limited = Fault(
        delay=0.01,
        perform=False,
        body={"ok": False, "error": "ratelimited"},
        status=429,
        headers={"Retry-After": "7"},
    )
    teebee.slack.set_faults(lambda method, _arguments: limited if method == "chat.postMessage" else None)
    with pytest.raises(SlackApiError) as caught:
        teebee.web.chat_postMessage(channel=teebee.okrs, text="Hello")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert teebee.hannah.messages(teebee.okrs) == []
    teebee.slack.set_faults(None)
    assert teebee.web.chat_postMessage(channel=teebee.okrs, text="Hello")["ok"]


def test_a_slack_that_is_not_running_says_so() -> None:
    slack = PracticeSlack()
    with pytest.raises(RuntimeError, match="with statement"):
        _ = slack.url
    person = slack.person(slack.add_person("Hannah"))
    with pytest.raises(RuntimeError, match="not running"):
        person.say("Hello")
