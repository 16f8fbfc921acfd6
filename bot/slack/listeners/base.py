"""What all listeners work with, and the ways in which they answer."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

import structlog
from slack_bolt import Respond
from slack_sdk import WebClient

from bot.services import people
from bot.services.looking_up import fresh_homes
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.slack import texts
from bot.slack.blocks.help import notice
from bot.slack.client import hurried
from bot.slack.homes import SlackHomes
from bot.slack.message import Message
from bot.slack.outcomes import call
from bot.slack.people import SlackDirectory
from bot.storage.engine import Database, StorageUnavailable

log = structlog.get_logger(__name__)


class Listeners:
    """Our own client is used throughout: the one that Bolt hands to listeners retries by itself."""

    def __init__(
        self,
        database: Database,
        client: WebClient,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
    ) -> None:
        self._database = database
        self._client = client
        self._clock = clock
        self._wake_sender = wake_sender
        self._homes = SlackHomes(database, client)
        self._directory = SlackDirectory(hurried(client))

    def _meet(self, *slack_ids: str | None) -> None:
        """Learns who they are whom somebody names; raises StorageUnavailable."""
        named = [one for one in slack_ids if one]
        people.meet_named(self._database, self._directory, named)

    def _show(self, method: Callable[..., Any], **arguments: Any) -> bool:
        """Whether it is shown: a view that cannot be any more (too late, or changed since) harms nobody."""
        try:
            call(method, **arguments)
        except (NotSent, Refused, Unsure) as problem:
            log.warning("view not shown", error=str(problem))
            return False
        return True

    def _show_form(self, body: dict[str, Any], view: dict[str, Any]) -> None:
        """On top of the modal that was tapped in, if it was one."""
        in_modal = (body.get("view") or {}).get("type") == "modal"
        show = self._client.views_push if in_modal else self._client.views_open
        self._show(show, trigger_id=body["trigger_id"], view=view)

    def _publish_home(self, who: str) -> None:
        """Draws the person's Home tab anew; raises NotSent, Refused, Unsure, StorageUnavailable."""
        view = self._homes.drawing(self._clock())(who)
        self._homes.publish(who, view)
        fresh_homes.shows(self._database, who, view)

    def _redraw_home(self, who: str) -> None:
        """One that does not get through harms nobody: opening it again draws it anew."""
        try:
            self._publish_home(who)
        except (NotSent, Refused, Unsure, StorageUnavailable) as problem:
            log.warning("home not drawn", error=str(problem))


def who_did(body: dict[str, Any]) -> str:
    """Whoever Slack says did it: never anything that the payload's values say."""
    return str(body["user"]["id"])


def storage_away(problem: StorageUnavailable) -> str:
    """What to say of a tap that could not be kept."""
    log.warning("a tap could not be kept", error=str(problem))
    return texts.STORAGE_AWAY


def say_beside(respond: Respond, sentence: str) -> None:
    """To whoever tapped, alone; the message with the button stays as it is."""
    message = notice(sentence)
    respond(text=message.text, blocks=list(message.blocks), replace_original=False)


def replace_shown(respond: Respond, message: Message) -> bool:
    """In place of the message whose button was tapped, which only its reader sees; False where Slack does
    not take it (any more)."""
    try:
        taken = respond(text=message.text, blocks=list(message.blocks), replace_original=True)
    except (OSError, HTTPException, ValueError) as error:  # ValueError: there is no address to answer at
        log.warning("a page could not be replaced", error=str(error))
        return False
    return taken.status_code == HTTPStatus.OK


def reply_later(respond: Respond, message: Message) -> None:
    """To whoever typed the command, alone, after its acknowledgement."""
    try:
        respond(text=message.text, blocks=list(message.blocks), response_type="ephemeral")
    except (OSError, HTTPException) as error:  # the person sees nothing and asks again; nothing was changed
        log.warning("command's reply did not get through", error=str(error))
