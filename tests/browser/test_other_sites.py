"""Another site's page, open in the same browser, cannot act here."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from bot.demo.stage import Stage
from bot.demo.world import CHANNEL
from bot.practice.page.scene import MESSAGES

POSTS: Final = """async ({address, type, mode, sent}) => {
  try { return (await fetch(address, {method: "POST", mode, headers: {"Content-Type": type}, body: sent})).type; }
  catch { return "refused"; }
}"""
SENDS_A_FORM: Final = """({address, sent}) => {
  const form = document.createElement("form");
  form.method = "post"; form.action = address; form.enctype = "text/plain"; form.target = "_blank";
  const [name, value] = sent.split("=");
  const field = document.createElement("input");
  field.name = name; field.value = value ?? "";
  form.append(field); document.body.append(form); form.submit();
}"""
LISTENS: Final = """(address) => new Promise((told) => {
  const socket = new WebSocket(address);
  socket.onmessage = (event) => told(event.data);
  socket.onerror = () => told("refused");
})"""


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>another site</title><body></body>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def elsewhere(browser: Browser) -> Iterator[Page]:
    """A page that another address serves. What it tries is written to its console: nobody watches that."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Empty)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
@pytest.mark.parametrize("type_", ["application/json", "text/plain"])
def test_it_cannot_speak_or_move_time_by_script(stage: Stage, elsewhere: Page, mode: str, type_: str) -> None:
    before = stage.world.clock()
    hannah = stage.world.people["Hannah"].id
    acts = {
        f"practice/people/{hannah}/say": '{"text": "taken"}',
        "clock/week": "{}",
        "practice/slack/revoke": "{}",
    }
    for path, sent in acts.items():
        argument = {"address": stage.page_url + path, "type": type_, "mode": mode, "sent": sent}
        assert elsewhere.evaluate(POSTS, argument) in ("refused", "opaque")
    _nothing_happened(stage)
    assert stage.world.clock() == before


def test_it_cannot_speak_by_a_form(stage: Stage, elsewhere: Page) -> None:
    hannah = stage.world.people["Hannah"].id
    address = f"{stage.page_url}practice/people/{hannah}/say"
    with elsewhere.context.expect_page() as opened:
        elsewhere.evaluate(SENDS_A_FORM, {"address": address, "sent": '{"text": "taken", "x": "=" }'})
    opened.value.wait_for_load_state()
    assert "This is only for what is opened at" in opened.value.content()
    _nothing_happened(stage)


def test_it_cannot_listen_or_frame(stage: Stage, elsewhere: Page) -> None:
    hannah = stage.world.people["Hannah"].id
    place = f"{stage.page_url}as/{hannah}/{MESSAGES}"
    assert elsewhere.evaluate(LISTENS, place.replace("http:", "ws:") + "/live") == "refused"
    elsewhere.set_content(f'<iframe src="{place}"></iframe>')
    assert "Places" not in elsewhere.frames[-1].content()


def test_it_cannot_come_under_another_name(browser: Browser, stage: Stage) -> None:
    """A name of its own that leads to our address, as DNS rebinding makes one."""
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(stage.page_url.replace("127.0.0.1", "localhost"))
    context.close()
    assert answer is not None
    assert answer.status == 403


def _nothing_happened(stage: Stage) -> None:
    hannah = stage.world.people["Hannah"]
    assert [*hannah.messages(), *hannah.messages(CHANNEL)] == []
    assert not stage.world.slack.world.identity.revoked
