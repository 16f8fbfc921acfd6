"""The one slash command, `/okr`: what follows it is a command of `bot.slack.commands`. Buttons that run one,
or turn to another page of its answer, go the same way: as whoever taps them."""

from typing import Any

import structlog
from slack_bolt import Ack, App, Respond

from bot.services import people
from bot.services.people import DirectoryUnavailable
from bot.services.permissions import GuestsSeeOnlyTheirs, NotAllowed
from bot.services.teams.named import UnknownTeam
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.fields import modal
from bot.slack.blocks.help import notice
from bot.slack.blocks.pages import Asked, Pages, page_of
from bot.slack.commands import COMMANDS, called_by, helping
from bot.slack.commands.command import Answer, Asking, Command, Form
from bot.slack.listeners.base import Listeners, replace_shown, reply_later, who_did
from bot.slack.message import Message
from bot.slack.reading.typed import mentioned
from bot.slack.texts import looking, rights
from bot.storage.engine import StorageUnavailable

log = structlog.get_logger(__name__)


class CommandListener(Listeners):
    def register(self, app: App) -> None:
        app.command("/okr")(self.typed)
        app.action(ids.RUN_BUTTON)(self.tapped)
        app.action(ids.PAGE_TURN)(self.tapped)

    def typed(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """Replies to the person alone: with the ack, or after it where Slack has to be asked first."""
        asking = self._asking(str(body["user_id"]), str(body.get("channel_id") or ""))
        text = str(body.get("text") or "").strip()
        first = self._asks_slack(asking, text)
        if first:
            ack()  # Slack may take longer to answer than it gives us
        answer = self._answer(asking, text)
        if isinstance(answer, Form):
            if not first:
                ack()
            if not self._show(self._client.views_open, trigger_id=body["trigger_id"], view=answer.view):
                reply_later(respond, notice(texts.NOT_OPENED))
        elif first:
            reply_later(respond, self._drawn(asking, answer, text))
        else:
            message = self._drawn(asking, answer, text)
            ack(response_type="ephemeral", text=message.text, blocks=list(message.blocks))
        self._wake_sender()

    def tapped(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """The answer takes the place of the one with the button, or opens beside Home."""
        page, text = ids.read_page_value(body["actions"][0].get("value"))
        asking = self._asking(who_did(body), str((body.get("channel") or {}).get("id") or ""))
        first = self._asks_slack(asking, text)
        if first:
            ack()
        answer = self._answer(asking, text)
        if not first:
            ack()
        if isinstance(answer, Form):
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=answer.view)
        else:
            self._put(body, respond, self._drawn(asking, answer, text, page), text)
        self._wake_sender()

    def _put(self, body: dict[str, Any], respond: Respond, message: Message, text: str) -> None:
        if "view" in body:
            view = modal(looking.TITLE, message.blocks, close=texts.CLOSE)
            if body["view"].get("type") == "modal":
                self._show(self._client.views_update, view_id=body["view"]["id"], view=view)
            else:
                self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)
        elif not replace_shown(respond, message):
            said = looking.TYPE_IT_AGAIN.format(words=text)
            view = notice_view(looking.TITLE, said)
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def _asking(self, who: str, channel: str) -> Asking:
        return Asking(self._database, self._directory, who, self._clock(), channel)

    def _drawn(self, asking: Asking, answer: Message | Pages, text: str, page: int = 0) -> Message:
        if isinstance(answer, Message):
            return answer
        command, _ = called_by(text)
        shareable = command is not None and command.shared is not None
        return page_of(answer, page, Asked(text, may_share=shareable and self._may_share(asking)))

    def _may_share(self, asking: Asking) -> bool:
        """Not in direct messages, where nobody else reads; nor guests."""
        try:
            return asking.channel[:1] in {"C", "G"} and people.sees_all(asking.database, asking.who)
        except StorageUnavailable:
            return False

    def _asks_slack(self, asking: Asking, text: str) -> bool:
        """Whether the reply shows others' OKRs to or of somebody whom Slack has to be asked about first."""
        command, rest = called_by(text)
        if command is None or not command.shows_others:
            return False
        concerned = {asking.who, *filter(None, [mentioned(rest)])}
        try:
            return len(people.known_names(asking.database, concerned)) < len(concerned)
        except StorageUnavailable:
            return False  # and so will the reply say

    def _answer(self, asking: Asking, text: str) -> Answer:
        command, rest = called_by(text)
        if command is None:
            return helping.not_known(text, COMMANDS)
        try:
            return self._answered(asking, command, rest)
        except StorageUnavailable as problem:
            log.warning("command could not be answered", error=str(problem))
            return notice(texts.STORAGE_AWAY)
        except DirectoryUnavailable as problem:
            log.warning("nobody to ask who somebody is", error=str(problem))
            return notice(texts.SLACK_AWAY)

    def _answered(self, asking: Asking, command: Command, rest: str) -> Answer:
        try:
            if command.shows_others:
                people.meet(asking.database, asking.directory, asking.who)
            return command.answer(asking, rest)
        except GuestsSeeOnlyTheirs:
            return notice(texts.GUESTS_SEE_THEIRS)
        except UnknownTeam as problem:
            return notice(texts.unknown_team(problem.name, problem.known))
        except NotAllowed as problem:
            return notice(rights.not_allowed(problem.operation, problem.may_instead))
