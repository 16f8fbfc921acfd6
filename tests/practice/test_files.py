"""Files that the bot uploads, over real HTTP: what becomes of them, and what is refused."""

import json
from typing import Any

import pytest

from bot.practice import PracticeSlack
from bot.practice.uploads import UPLOAD_SECONDS
from tests.practice.blocks import section
from tests.practice.conftest import TeeBee, Times, settled
from tests.practice.listener import listening
from tests.practice.test_calls import refusal
from tests.practice.uploads import PNG, RAW, asked, completed, sent
from tests.practice.wire import request

Json = dict[str, Any]
ASK = "files.getUploadURLExternal"
COMPLETE = "files.completeUploadExternal"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_slacks_own_client_uploads_into_a_thread(teebee: TeeBee) -> None:
    root = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    answer = teebee.web.files_upload_v2(
        channel=teebee.okrs,
        thread_ts=root,
        filename="progress.png",
        content=PNG,
        title="Progress",
        alt_txt="KR1 rises",
        initial_comment="Three of four rise",
    )
    (message,) = (m for m in teebee.hannah.messages(teebee.okrs) if m.is_reply)
    (file,) = message.files
    assert (message.thread_ts, message.text, message.from_bot) == (root, "Three of four rise", True)
    assert (file.name, file.title, file.alt_txt, file.mimetype) == (
        "progress.png",
        "Progress",
        "KR1 rises",
        "image/png",
    )
    assert (file.content, file.size) == (PNG, len(PNG))
    assert answer["files"][0]["id"] == file.id
    assert teebee.slack.world.workspace.file(file.id) == file
    assert repr(PNG) not in repr(message)


def test_a_file_is_read_back_with_its_message(teebee: TeeBee) -> None:
    root = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    completed(teebee, sent(teebee, alt_txt="KR1 rises"), channel_id=teebee.okrs, thread_ts=root)
    completed(teebee, sent(teebee, b"a,b", "week.csv"), channel_id=teebee.okrs)
    reply = teebee.web.conversations_replies(channel=teebee.okrs, ts=root)["messages"][1]
    top = teebee.web.conversations_history(channel=teebee.okrs)["messages"][0]
    assert [
        (f["name"], f["mimetype"], f["filetype"], f["size"]) for f in (*reply["files"], *top["files"])
    ] == [
        ("progress.png", "image/png", "png", len(PNG)),
        ("week.csv", "text/csv", "csv", 3),
    ]
    assert reply["files"][0]["alt_txt"] == "KR1 rises"
    assert "alt_txt" not in top["files"][0]
    assert reply["user"] == teebee.slack.bot_user_id


def test_a_file_in_direct_messages_is_read_by_whoever_got_it(teebee: TeeBee) -> None:
    dm = teebee.web.conversations_open(users=teebee.hannah.id)["channel"]["id"]
    for name, words in (("okrs.yaml", "team: TeeBee\n"), ("krs.csv", "KR,at\nKR1,¥250k\n")):
        completed(teebee, sent(teebee, words.encode(), name), channel_id=dm)
    files = [file for message in teebee.hannah.messages() for file in message.files]
    assert [(file.name, file.filetype) for file in files] == [("okrs.yaml", "yaml"), ("krs.csv", "csv")]
    assert teebee.hannah.read_file(files[1].id) == "KR,at\nKR1,¥250k\n"
    assert "(file: okrs.yaml)" in teebee.hannah.screen()
    with pytest.raises(LookupError):
        teebee.jack.read_file(files[1].id)
    completed(teebee, sent(teebee, PNG, "a.png"), channel_id=dm)
    with pytest.raises(LookupError, match="no text"):
        teebee.hannah.read_file(teebee.hannah.messages()[-1].files[0].id)


def test_a_file_is_served_to_whoever_has_the_bots_token(teebee: TeeBee) -> None:
    url = completed(teebee, sent(teebee, b"KR1 rises", "week.txt"))["files"][0]["url_private"]
    assert request(url, None, **bearer(teebee.slack.bot_token)) == (200, "KR1 rises")
    assert request(url)[0] == 403
    assert request(url, None, **bearer(teebee.slack.app_token))[0] == 403
    assert request(f"{url}X", None, **bearer(teebee.slack.bot_token))[0] == 404
    teebee.slack.revoke()
    assert request(url, None, **bearer(teebee.slack.bot_token))[0] == 403


def test_a_file_is_not_served_without_the_scope() -> None:
    with PracticeSlack(scopes=["files:write"]) as slack:
        teebee = settled(slack, Times())
        url = completed(teebee, sent(teebee))["files"][0]["url_private"]
        assert request(url, None, **bearer(slack.bot_token))[0] == 403


def test_what_is_shared_nowhere_is_in_no_channel(teebee: TeeBee) -> None:
    file_id = sent(teebee)
    assert teebee.slack.world.workspace.file(file_id) is None
    completed(teebee, file_id)
    assert teebee.slack.world.workspace.file(file_id)
    assert not any(teebee.slack.conversations().values())


def test_one_upload_goes_to_several_channels_and_people(teebee: TeeBee) -> None:
    first, second = sent(teebee), sent(teebee, b"a,b", "week.csv")
    completed(teebee, first, second, channels=f"{teebee.okrs}, {teebee.leads},{teebee.jim.id}")
    shared = [*teebee.hannah.messages(teebee.okrs), *teebee.hannah.messages(teebee.leads)]
    shared += teebee.jim.messages()
    assert [[file.id for file in message.files] for message in shared] == [[first, second]] * 3


def test_a_title_is_the_name_unless_given(teebee: TeeBee) -> None:
    named, untitled = sent(teebee), sent(teebee)
    files = [{"id": named, "title": "Progress"}, {"id": untitled}]
    answer = teebee.web.api_call(COMPLETE, data={"files": json.dumps(files), "channel_id": teebee.okrs})
    assert [file["title"] for file in answer["files"]] == ["Progress", "progress.png"]


@pytest.mark.parametrize("kind", ["multipart", "urllib", "none"])
def test_content_comes_raw_or_as_a_form(teebee: TeeBee, kind: str) -> None:
    url, file_id = asked(teebee)
    head = b'--x\r\nContent-Disposition: form-data; name="filename"; filename="a.png"\r\n\r\n'
    bodies = {
        "multipart": (head + PNG + b"\r\n--x--\r\n", {"Content-Type": "multipart/form-data; boundary=x"}),
        "urllib": (PNG, {"Content-Type": "application/x-www-form-urlencoded"}),
        "none": (PNG, {}),
    }
    body, headers = bodies[kind]
    assert request(url, body, **headers) == (200, f"OK - {len(PNG)}")
    completed(teebee, file_id)
    file = teebee.slack.world.workspace.file(file_id)
    assert file is not None
    assert file.content == PNG


def test_a_form_without_a_file_is_empty(teebee: TeeBee) -> None:
    url, _ = asked(teebee)
    body = b'--x\r\nContent-Disposition: form-data; name="filename"\r\n\r\na.png\r\n--x--\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert request(url, body, **kind) == (400, "wrong_length")


def test_an_address_takes_what_was_promised_once_and_for_a_while(teebee: TeeBee) -> None:
    url, _ = asked(teebee)
    assert request(url, PNG + b"!", **RAW) == (400, "wrong_length")
    assert request(url, PNG, **RAW)[0] == 200
    assert request(url, PNG, **RAW) == (404, "used_url")
    assert request(f"{url}X", PNG, **RAW) == (404, "invalid_url")
    url, _ = asked(teebee)
    teebee.times.move(UPLOAD_SECONDS + 1)
    assert request(url, PNG, **RAW) == (404, "expired_url")


def test_what_was_never_sent_cannot_be_completed_and_what_was_only_once(teebee: TeeBee) -> None:
    _, file_id = asked(teebee)
    assert refusal(teebee.web, COMPLETE, files=[{"id": file_id}])["error"] == "file_not_found"
    file_id = sent(teebee)
    completed(teebee, file_id, channel_id=teebee.okrs)
    assert refusal(teebee.web, COMPLETE, files=[{"id": file_id}])["error"] == "file_not_found"
    assert len(teebee.hannah.messages(teebee.okrs)) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"length": 3}, "invalid_arguments"),
        ({"filename": "a.png"}, "invalid_arguments"),
        ({"filename": "a.png", "length": "many"}, "invalid_arguments"),
        ({"filename": "a.png", "length": -1}, "invalid_arguments"),
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.py", "length": 1024 * 1024 + 1, "snippet_type": "python"}, "snippet_too_large"),
    ],
)
def test_an_address_is_refused(teebee: TeeBee, arguments: Json, error: str) -> None:
    assert refusal(teebee.web, ASK, **arguments)["error"] == error


def test_a_snippet_is_text(teebee: TeeBee) -> None:
    file_id = sent(teebee, b"a = 1", "a.py", snippet_type="python")
    assert completed(teebee, file_id)["files"][0]["mimetype"] == "text/plain"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel_id": "CNOWHERE"}, "channel_not_found"),
        ({"channel_id": "HANNAH"}, "channel_not_found"),
        ({"channel_id": "ELSEWHERE"}, "not_in_channel"),
        ({"channels": "CNOWHERE"}, "invalid_channel"),
        ({"channels": ["OKRS", "#leads"]}, "invalid_channel"),
        ({"channels": ",".join(f"C{number}" for number in range(101))}, "invalid_channel"),
        ({"channel_id": "OKRS", "thread_ts": "1.000002"}, "invalid_arguments"),
        ({"channel_id": "OKRS", "thread_ts": "REPLY"}, "invalid_arguments"),
        ({"channels": ["OKRS", "LEADS"], "thread_ts": "ROOT"}, "invalid_arguments"),
        ({"thread_ts": "ROOT"}, "invalid_arguments"),
        ({"channel_id": "OKRS", "initial_comment": "x" * 4001}, "msg_too_long"),
        ({"channel_id": "OKRS", "blocks": "{oops"}, "invalid_blocks_format"),
        ({"channel_id": "OKRS", "blocks": [section("x" * 3001)]}, "invalid_blocks"),
        ({"channel_id": "OKRS", "blocks": [{"type": "markdown", "text": "x"}]}, "internal_error"),
        ({"files": None}, "invalid_arguments"),
        ({"files": "{oops"}, "invalid_arguments"),
        ({"files": []}, "invalid_arguments"),
        ({"files": ["F1"]}, "invalid_arguments"),
        ({"files": [{"id": "F1"}]}, "file_not_found"),
        ({"files": [{"id": "FILE"}, {"id": "FILE"}]}, "invalid_arguments"),
    ],
)
def test_completing_is_refused_and_can_be_tried_again(teebee: TeeBee, arguments: Json, error: str) -> None:
    root = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    reply = teebee.web.chat_postMessage(channel=teebee.okrs, text="Page 2", thread_ts=root)["ts"]
    file_id = sent(teebee)
    places = {
        "OKRS": teebee.okrs,
        "LEADS": teebee.leads,
        "ELSEWHERE": teebee.elsewhere,
        "HANNAH": teebee.hannah.id,
        "ROOT": root,
        "REPLY": reply,
        "FILE": file_id,
    }
    words = json.dumps({"files": [{"id": "FILE"}], **arguments})
    for name, place in places.items():
        words = words.replace(f'"{name}"', f'"{place}"')
    assert refusal(teebee.web, COMPLETE, **json.loads(words))["error"] == error
    assert len(teebee.hannah.messages(teebee.okrs)) == 2
    assert completed(teebee, file_id, channel_id=teebee.okrs)["ok"]


def test_there_is_a_most_of_channels(teebee: TeeBee) -> None:
    channels = [teebee.slack.add_channel(f"team-{number}") for number in range(101)]
    file_id = sent(teebee)
    answer = refusal(teebee.web, COMPLETE, files=[{"id": file_id}], channels=channels)
    assert answer["error"] == "channels_limit_exceeded"
    assert completed(teebee, file_id, channels=channels[:100])["ok"]


def test_posting_in_public_is_not_sharing_files_in_public() -> None:
    with PracticeSlack(scopes=["files:write", "chat:write", "chat:write.public"]) as slack:
        teebee = settled(slack, Times())
        assert teebee.web.chat_postMessage(channel=teebee.elsewhere, text="Hello")["ok"]
        answer = refusal(teebee.web, COMPLETE, files=[{"id": sent(teebee)}], channel_id=teebee.elsewhere)
        assert answer["error"] == "not_in_channel"


def test_blocks_stand_above_the_file_unless_there_is_a_comment(teebee: TeeBee) -> None:
    completed(teebee, sent(teebee), channel_id=teebee.okrs, blocks=[section("*Week 8*")])
    completed(
        teebee, sent(teebee), channel_id=teebee.okrs, blocks="{oops", initial_comment="Three of four rise"
    )
    blocks, comment = teebee.hannah.messages(teebee.okrs)
    assert (blocks.text, blocks.blocks[0]["text"]["text"]) == ("", "*Week 8*")
    assert (comment.text, comment.blocks) == ("Three of four rise", ())


def test_an_upload_is_recorded_in_three_readable_steps(teebee: TeeBee) -> None:
    url, file_id = asked(teebee)
    request(url, PNG, **RAW)
    completed(teebee, file_id, channel_id=teebee.okrs)
    ask, upload, complete = teebee.slack.records
    assert [record["method"] for record in (ask, upload, complete)] == [ASK, "upload_url", COMPLETE]
    assert ask["response"]["file_id"] == file_id
    assert (upload["payload"], upload["response"]) == ({"bytes": len(PNG)}, {"ok": True})
    assert complete["payload"]["files"] == [{"id": file_id}]
    assert url.rpartition("/")[2] not in json.dumps(teebee.slack.records)


def test_a_file_that_is_fetched_is_recorded(teebee: TeeBee) -> None:
    file = completed(teebee, sent(teebee, b"abc", "a.txt"))["files"][0]
    request(file["url_private"], None, **bearer(teebee.slack.bot_token))
    request(file["url_private"])
    fetched, refused = teebee.slack.records[-2:]
    assert (fetched["method"], fetched["payload"]) == ("url_private", {"file": file["id"]})
    assert (fetched["response"], refused["response"]) == ({"ok": True, "bytes": 3}, {"ok": False})


def test_the_bot_hears_of_its_own_file() -> None:
    with PracticeSlack(events=["message.channels"]) as slack:
        teebee = settled(slack, Times())
        with listening(slack) as listener:
            completed(teebee, sent(teebee), channel_id=teebee.okrs, initial_comment="Week 8")
            assert slack.wait_for(lambda: listener.heard)
            event = listener.heard[0].payload["event"]
    assert (event["type"], event["subtype"], event["channel_type"]) == ("message", "file_share", "channel")
    assert (event["user"], event["text"]) == (slack.bot_user_id, "Week 8")
    assert event["files"][0]["name"] == "progress.png"
    assert "team" not in event
    assert "metadata" not in event


def test_a_person_uploads_a_file_and_the_bot_hears_of_it() -> None:
    with PracticeSlack() as slack, listening(slack) as listener:
        teebee = settled(slack, Times())
        ts = teebee.hannah.upload("proof.png", PNG, "62 %")
        bare = teebee.hannah.upload("plan.pages", b"plan")
        first, second = (heard.payload["event"] for heard in listener.heard)
    assert (first["subtype"], first["ts"], first["text"]) == ("file_share", ts, "62 %")
    assert (first["user"], first["channel_type"]) == (teebee.hannah.id, "im")
    assert first["files"][0]["user"] == teebee.hannah.id
    assert (second["ts"], second["text"], second["files"][0]["filetype"]) == (bare, "", "binary")
    assert "blocks" not in second
    file = teebee.slack.world.workspace.file(first["files"][0]["id"])
    assert file is not None
    assert file.content == PNG
    deed = teebee.slack.deeds()[0]
    assert (deed.kind, deed.what["text"], deed.what["files"]) == ("message", "62 %", ["proof.png"])


def test_a_person_uploads_into_a_thread_of_a_channel(teebee: TeeBee) -> None:
    root = teebee.hannah.say("Look", channel="okrs")
    ts = teebee.jack.upload("proof.png", PNG, channel="okrs", thread_ts=root)
    message = teebee.hannah.messages("okrs")[-1]
    assert (message.ts, message.user, message.thread_ts) == (ts, teebee.jack.id, root)
