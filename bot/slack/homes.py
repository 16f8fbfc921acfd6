"""The Home tab in Slack."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.services.looking_up.home import Homes
from bot.slack.blocks.looking_up.home import home
from bot.slack.outcomes import call
from bot.storage.engine import Database


class SlackHomes:
    """Fulfils `bot.services.looking_up.fresh_homes.HomeScreen`."""

    def __init__(self, database: Database, client: WebClient) -> None:
        self._database = database
        self._client = client

    def drawing(self, now: datetime) -> Callable[[str], dict[str, Any]]:
        homes = Homes(self._database, now)
        return lambda slack_id: home(homes.of(slack_id))

    def publish(self, slack_id: str, view: dict[str, Any]) -> None:
        call(self._client.views_publish, user_id=slack_id, view=view)
