"""A small real Bolt app over Socket Mode, whose habits a test sets."""

import re
import threading
from collections.abc import Callable
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.practice import PracticeSlack

Json = dict[str, Any]
Habit = Callable[..., None]
ANYTHING = re.compile(".*")
CLOSING_SECONDS = 10.0
EVENTS = (
    *("message", "app_home_opened", "user_change", "team_join"),
    *("member_joined_channel", "member_left_channel", "channel_left", "group_left"),
)


class SmallBot:
    """Acknowledges everything, unless a habit is set for its kind: "command", "action", "view", "closed",
    "options"."""

    def __init__(self, slack: PracticeSlack) -> None:
        self.heard: list[Json] = []
        self._habits: dict[str, Habit] = {}
        self._app = App(
            client=WebClient(slack.bot_token, base_url=slack.url),
            authorize=lambda: AuthorizeResult(
                enterprise_id=None,
                team_id=slack.team_id,
                bot_token=slack.bot_token,
                bot_user_id=slack.bot_user_id,
            ),
        )
        self._listen()
        web_client = WebClient(base_url=slack.url)
        self._handler = SocketModeHandler(self._app, slack.app_token, web_client=web_client)

    def on(self, kind: str, habit: Habit) -> None:
        """From now on `habit(ack=…, body=…, client=…, respond=…)` deals with what is of this kind."""
        self._habits[kind] = habit

    def forget(self) -> None:
        self._habits.clear()

    def of_type(self, kind: str) -> list[Json]:
        """The bodies heard so far whose type, or whose event's type, this is."""
        return [body for body in self.heard if kind in (body.get("type"), body.get("event", {}).get("type"))]

    def connect(self) -> None:
        self._handler.connect()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """slack_sdk's client may wait for ever for what it was receiving: it is left behind then."""
        closing = threading.Thread(target=self._handler.close, daemon=True)
        closing.start()
        closing.join(CLOSING_SECONDS)

    def _listen(self) -> None:
        self._app.command(ANYTHING)(self._habit("command"))
        self._app.action(ANYTHING)(self._habit("action"))
        self._app.options(ANYTHING)(self._habit("options"))
        self._app.view_submission(ANYTHING)(self._habit("view"))
        self._app.view_closed(ANYTHING)(self._habit("closed"))
        for event in EVENTS:
            self._app.event(event)(self._habit(event))

    def _habit(self, kind: str) -> Habit:
        def listener(ack: Any, body: Any, client: Any, respond: Any) -> None:
            self.heard.append(body)
            habit = self._habits.get(kind)
            if habit:
                habit(ack=ack, body=body, client=client, respond=respond)
            else:
                ack()

        return listener


def opens(view: Json) -> Habit:
    """A habit: acknowledge, then open this form."""

    def habit(ack: Any, body: Json, client: Any, **_more: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    return habit


def answers(**response: Any) -> Habit:
    """A habit: acknowledge with this."""

    def habit(ack: Any, **_more: Any) -> None:
        ack(**response)

    return habit


def silent(**_more: Any) -> None:
    """A habit: do not acknowledge."""


def heard(slack: PracticeSlack, bot: SmallBot, kind: str, count: int = 1) -> list[Json]:
    """So many bodies of this kind; Bolt acknowledges an event before its listener runs."""
    assert slack.wait_for(lambda: len(bot.of_type(kind)) >= count)
    return bot.of_type(kind)
