"""A practice Slack in a process of its own, driven over HTTP."""

import inspect
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.practice import Actor, Outcome, PracticeSlack
from bot.practice.__main__ import main
from bot.practice.controls import NAMES
from bot.practice.remote import Act, RemoteActor, RemoteSlack, started
from tests.practice.blocks import button, buttons, field, modal, option, select, text_input
from tests.practice.bolt import SmallBot, opens
from tests.practice.conftest import FRIDAY, TeeBee
from tests.practice.uploads import PNG
from tests.practice.wire import request

FORM = modal(
    field("note", "Note", text_input()),
    field("mood", "Mood", select("mood", "Good", "Bad", initial_option=option("Bad", "bad"))),
    callback_id="check_in",
)


def remote_of(slack: PracticeSlack) -> RemoteSlack:
    return RemoteSlack(url=slack.url, control_url=slack.control_url, bot_token=slack.bot_token)


@pytest.fixture
def far(teebee: TeeBee) -> Iterator[RemoteSlack]:
    """TeeBee's workspace, as another process sees it."""
    remote = remote_of(teebee.slack)
    yield remote
    remote.close()


def parameters(method: Any) -> list[str]:
    return [str(parameter) for parameter in inspect.signature(method).parameters.values()]


@pytest.mark.parametrize("name", [name for name in vars(RemoteActor) if not name.startswith("_")])
def test_a_person_far_away_does_what_an_actor_does(name: str) -> None:
    assert parameters(getattr(RemoteActor, name)) == parameters(getattr(Actor, name))


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_its_place_in_the_client(name: str) -> None:
    assert callable(getattr(PracticeSlack, name))
    assert callable(getattr(RemoteSlack, name))


def test_a_process_serves_until_its_block_ends(tmp_path: Path) -> None:
    record = tmp_path / "crossed.jsonl"
    with started("--record", str(record), "--now", FRIDAY.isoformat(), "--team-name", "TeeBee") as slack:
        hannah = slack.person(slack.add_person("Hannah"))
        assert hannah.say("Hello").startswith(str(int(FRIDAY.timestamp()))[:-2])
        web = WebClient(slack.bot_token, base_url=slack.url)
        assert web.auth_test()["user_id"] == slack.bot_user_id
        assert web.auth_test()["team_id"] == slack.team_id
        assert web.auth_test()["team"] == "TeeBee"
        url = slack.url
    assert len(record.read_text(encoding="utf-8").splitlines()) == 3
    with pytest.raises(ConnectionRefusedError):
        request(f"{url}auth.test")


def test_a_process_that_cannot_start_is_reported(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="did not start"), started("--record", str(tmp_path)):
        pytest.fail("there is no such file")


def served(ended_by: str, *words: str) -> None:
    """Runs the process's main here, and ends it from outside."""
    reader, writer = os.pipe()
    before = signal.getsignal(signal.SIGTERM)

    def end() -> None:
        deadline = time.monotonic() + 10
        while signal.getsignal(signal.SIGTERM) == before and time.monotonic() < deadline:
            time.sleep(0.01)
        if ended_by == "signal":
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            os.write(writer, b"words mean nothing\n")
            os.close(writer)

    ending = threading.Thread(target=end)
    ending.start()
    try:
        main(words, reader)
    finally:
        ending.join()
        os.close(reader)
        if ended_by == "signal":
            os.close(writer)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("ended_by", ["signal", "stdin"])
def test_it_says_where_it_is_and_ends_when_told_to(ended_by: str, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served(ended_by, "--port", str(port), "--rates", "--redelivery", "0,0.5", "--keep-records", "5")
    line = json.loads(capsys.readouterr().out)
    assert line["url"] == f"http://127.0.0.1:{port}/api/"
    assert set(line) == {"url", "control_url", "bot_token", "app_token", "bot_user_id", "team_id", "app_id"}


def test_people_come_by_the_hundred_and_act_at_once(far: RemoteSlack) -> None:
    people = far.add_people({"name": f"Owner {number}", "tz": "Asia/Shanghai"} for number in range(200))
    acts = [Act(person, "say", {"text": f"I am {person}"}) for person in people]
    stamps = far.acts([*acts, Act("UNOBODY", "say"), Act(people[0], "dance"), Act(people[0], "submit")])
    assert [str(error) for error in stamps[200:]] == ["no such person or action"] * 2 + ["No form is open"]
    assert all(isinstance(error, LookupError) for error in stamps[200:])
    channels = far.direct_messages()
    said = far.conversations()
    for person, ts in zip(people, stamps[:200], strict=True):
        assert [(message.ts, message.text) for message in said[channels[person]]] == [(ts, f"I am {person}")]
    assert {deed.what["ts"] for deed in far.deeds() if deed.taken_at} == set(stamps[:200])
    assert far.deeds(199)[0].person in people
    assert {"Owner 7", "Hannah"} <= {person["name"] for person in far.people()}


def test_what_one_person_does_is_done_in_order(connected: tuple[TeeBee, SmallBot]) -> None:
    teebee, bot = connected
    bot.on("command", opens(FORM))
    remote = remote_of(teebee.slack)
    people = (teebee.hannah.id, teebee.jack.id, teebee.jim.id)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("command", {"name": "/okr"}),
        ("await_view", {}),
        ("fill", {"field": "Note", "text": "two chains"}),
        ("submit", {}),
    ]
    acts = [Act(person, action, arguments) for action, arguments in steps for person in people]
    answers = remote.acts(acts)
    assert [answer.ok for answer in answers[-3:]] == [True] * 3
    forms = [deed for deed in remote.deeds() if deed.kind == "form"][-3:]
    assert {deed.person for deed in forms} == set(people)
    assert all(deed.what["values"]["note"]["typed"]["value"] == "two chains" for deed in forms)
    assert remote.person(teebee.jim.id).await_view(timeout=0.01) is None
    remote.close()


def test_messages_come_with_all_that_belongs_to_them(teebee: TeeBee, far: RemoteSlack) -> None:
    metadata = {"event_type": "okra", "event_payload": {"id": "x1"}}
    ts = teebee.web.chat_postMessage(
        channel=teebee.okrs, text="One", metadata=metadata, blocks=[buttons(button("Yes", "yes"))]
    )["ts"]
    teebee.web.chat_update(channel=teebee.okrs, ts=ts, text="Two")
    hannah = far.person(teebee.hannah.id)
    message = hannah.messages("#okrs")[0]
    assert message == teebee.hannah.messages("#okrs")[0]
    assert (message.metadata, message.ts, message.text) == (metadata, ts, "Two")
    assert message.edited_ts
    assert far.conversations()[teebee.okrs] == [message]
    assert far.conversations(blocks=False)[teebee.okrs][0].blocks == ()
    assert far.conversations(since=ts) == {teebee.okrs: [message]}
    assert far.conversations(since=message.edited_ts) == {}
    assert hannah.screen("#okrs", width=40) == teebee.hannah.screen("#okrs", width=40)


def test_somebody_far_away_uses_everything(connected: tuple[TeeBee, SmallBot]) -> None:
    teebee, bot = connected
    remote = remote_of(teebee.slack)
    jim = remote.person(teebee.jim.id)
    bot.on("command", opens(FORM))
    assert jim.command("/okr", "check in").acked
    view = jim.view()
    assert view is not None
    assert view["callback_id"] == "check_in"
    assert not jim.fill("Note", "two chains").sent
    assert not jim.choose("Mood", "Good").sent
    assert "two chains" in jim.view_screen(width=40)
    assert jim.submit() == Outcome(acked=True)
    assert jim.view() is None
    assert jim.view_errors() == {}
    assert remote.deeds()[-1].what["values"]["mood"]["mood"]["selected_option"]["value"] == "good"
    posted = teebee.web.chat_postMessage(
        channel=teebee.jim.id, text="Now?", blocks=[buttons(button("Yes", "yes"))]
    )
    message = next(one for one in jim.messages() if one.ts == posted["ts"])
    assert jim.tap(message, label="Yes").acked
    assert remote.acts([Act(jim.id, "tap", {"target": message.ts, "label": "Yes"})])[0].acked
    ts = jim.say("Helo", thread_ts=message.ts)
    jim.edit(ts, "Hello")
    assert jim.messages()[-1].text == "Hello"
    jim.delete(ts)
    assert ts not in [one.ts for one in jim.messages()]
    bot.on("command", opens(FORM))
    jim.command("/okr")
    assert not jim.close(everything=True).sent
    home = {"type": "home", "blocks": [buttons(button("Plan", "plan"))]}
    teebee.web.views_publish(user_id=jim.id, view=home)
    assert jim.open_home() == jim.home() == teebee.jim.home()
    assert "Plan" in jim.home_screen(width=40)
    jim.change(tz="Europe/London")
    assert teebee.jim.person().tz == "Europe/London"
    assert remote.settle()
    remote.close()


def test_what_cannot_be_done_is_a_lookup_error(far: RemoteSlack, teebee: TeeBee) -> None:
    with pytest.raises(LookupError, match="No form is open"):
        far.person(teebee.hannah.id).submit()
    with pytest.raises(LookupError, match="no such person"):
        far.person("UNOBODY").say("Hello")
    with pytest.raises(LookupError, match="rain"):
        far.make_trouble(1, {"rain": 0.5})
    with pytest.raises(LookupError, match="cannot be set"):
        far.set_clock(FRIDAY.isoformat())
    with pytest.raises(LookupError, match="no such control"):
        far._do("dance")


def test_records_are_read_bit_by_bit(teebee: TeeBee, far: RemoteSlack) -> None:
    teebee.web.auth_test()
    records, following = far.records()
    assert [record["method"] for record in records] == ["auth.test"]
    assert far.records(following) == ([], following)
    teebee.web.users_list()
    records, following = far.records(following)
    assert [record["method"] for record in records] == ["users.list"]
    assert following == 2


def test_channels_are_made_and_changed(teebee: TeeBee, far: RemoteSlack) -> None:
    channel = far.add_channel("strategy", members=[teebee.hannah.id], private=True)
    far.change_channel(channel, members=[teebee.jack.id], archived=True)
    made = next(one for one in far.channels() if one["id"] == channel)
    assert (made["name"], made["members"], made["archived"]) == ("strategy", [teebee.jack.id], True)
    assert teebee.slack.channels()[-1].members == (teebee.jack.id,)


def test_people_come_and_go_from_far_away(teebee: TeeBee, far: RemoteSlack) -> None:
    kim = far.person(far.welcome("Kim", tz="Asia/Seoul"))
    kim.join("okrs")
    kim.invite(teebee.jim.id, "okrs")
    kim.remove(teebee.jack.id, "okrs")
    assert teebee.slack.channels()[0].members == (
        *(teebee.hannah.id, teebee.slack.bot_user_id),
        *(kim.id, teebee.jim.id),
    )
    kim.leave("okrs")
    with pytest.raises(LookupError, match="Kim is not in"):
        kim.invite(teebee.jack.id, "okrs")


def test_trouble_is_made_from_far_away(teebee: TeeBee, far: RemoteSlack) -> None:
    far.make_trouble(1, {"rate_limited": 1.0}, methods=["users.list"], retry_after=3)
    far.make_socket_trouble(1, {"late": 1.0}, longest=0.01)
    far.make_limits(per_minute={"users.info": 1}, channel_burst=1)
    far.refuse_connections(60)
    far.silence_connections()
    far.refresh_connections(warning=True)
    assert far.drop_connections() == 0
    with pytest.raises(SlackApiError, match="ratelimited"):
        teebee.web.users_list()
    with pytest.raises(SlackApiError, match="internal_error"):
        teebee.web.apps_connections_open(app_token=teebee.slack.app_token)
    assert teebee.web.users_info(user=teebee.hannah.id)["ok"]
    with pytest.raises(SlackApiError, match="ratelimited"):
        teebee.web.users_info(user=teebee.hannah.id)
    far.go_away()
    assert far.state()["away"]
    far.come_back()
    state = far.state()
    assert (state["away"], state["trouble"], state["refused"]) == (
        False,
        {"rate_limited": 1},
        {"users.info": 1},
    )
    far.calm_down()
    assert teebee.web.users_list()["ok"]
    far.revoke()
    with pytest.raises(SlackApiError, match="account_inactive"):
        teebee.web.auth_test()


def test_a_slack_that_is_gone_is_an_os_error(teebee: TeeBee) -> None:
    with PracticeSlack() as slack:
        remote = remote_of(slack)
        assert remote.state()["connections"] == 0
    with pytest.raises(OSError, match=r"closed|refused|reset|Broken pipe"):
        remote.state()
    remote.close()


def test_files_and_reactions_travel_without_the_content(teebee: TeeBee, far: RemoteSlack) -> None:
    ts = teebee.hannah.upload("proof.png", PNG, channel="okrs")
    jack = far.person(teebee.jack.id)
    assert jack.react(ts, "tada") is True
    (here,) = teebee.jack.messages(teebee.okrs)
    (there,) = jack.messages(teebee.okrs)
    assert here.files[0].content == PNG
    assert there == replace(here, files=(replace(here.files[0], content=b""),))
    assert far.conversations()[teebee.okrs] == [there]
    assert jack.react(ts, "tada") is False
    teebee.hannah.upload("plan.csv", b"KR1,44", channel="okrs")
    assert jack.read_file(jack.messages("okrs")[-1].files[0].id) == "KR1,44"
