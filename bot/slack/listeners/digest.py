"""`/okr digest`: a lead looks at their team's digest, adds a note, posts it before its hour."""

from typing import Any

import structlog
from slack_bolt import Ack, App, Respond

from bot.services import early
from bot.services.early import CannotPreview, WhyNot, Wishes
from bot.services.lookups import called
from bot.slack import fields, ids, texts
from bot.slack.blocks.form import notice_view
from bot.slack.blocks.help import notice
from bot.slack.blocks.preview import NOTE_MOST, preview, which_team
from bot.slack.blocks.words import person
from bot.slack.listeners.base import Listeners, reply_later, who_did
from bot.slack.message import Message
from bot.slack.typed import plain
from bot.storage.engine import StorageUnavailable

WORDS = {
    WhyNot.NOT_LEAD: texts.LEADS_ONLY,
    WhyNot.NO_ROUND: texts.NO_DIGEST_NOW,
    WhyNot.NO_OBJECTIVES: texts.NO_OBJECTIVES_NOW,
}
COMMAND = "digest"

log = structlog.get_logger(__name__)


class DigestListeners(Listeners):
    def register(self, app: App) -> None:
        """Before the listener for all of `/okr`: the first that fits is asked."""
        app.command("/okr", matchers=[asks_for_digest])(self.command)
        app.action(ids.PREVIEW_CHOSEN)(self.open)
        app.action(ids.POST_NOW)(self.post_now)
        app.view(ids.PREVIEW_FORM)(self.save)

    def command(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        who, name = str(body["user_id"]), plain(str(body.get("text") or "").partition(" ")[2])
        try:
            led = early.led_by(self._database, who)
        except StorageUnavailable:
            _say(ack, notice(texts.STORAGE_AWAY))
            return
        meant = called(led, name) if name.strip() else led
        if len(meant) != 1:
            _say(ack, which_team(led, name.strip()) if led else notice(texts.LEADS_ONLY))
            return
        view = self._drawn(who, meant[0].id)
        ack()
        if not self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view):
            reply_later(respond, notice(texts.NOT_OPENED))

    def open(self, ack: Ack, body: dict[str, Any]) -> None:
        team_id = ids.read_number(body["actions"][0].get("value")) or 0
        view = self._drawn(who_did(body), team_id)
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def post_now(self, ack: Ack, body: dict[str, Any]) -> None:
        """What was typed in the form goes with it."""
        round_id = ids.read_number(body["actions"][0].get("value")) or 0
        shown = body.get("view") or {}
        try:
            wishes = _wishes(shown, round_id) if shown else None
            posted = early.post(self._database, who_did(body), round_id, wishes, self._clock())
            said = texts.POSTED_NOW if posted else texts.POSTED_BEFORE
        except (CannotPreview, StorageUnavailable) as problem:
            said = _sentence(problem)
        ack()
        self._wake_sender()
        view = notice_view(texts.PREVIEW_TITLE, said)
        if shown:
            self._show(self._client.views_update, view_id=shown["id"], view=view)
        else:
            self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def save(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        round_id = ids.read_number(view["private_metadata"]) or 0
        try:
            early.save(self._database, who_did(body), round_id, _wishes(view, round_id))
        except (CannotPreview, StorageUnavailable) as problem:
            ack(response_action="errors", errors={ids.field(ids.NOTE, round_id): _sentence(problem)})
            return
        ack()
        self._wake_sender()

    def _drawn(self, who: str, team_id: int) -> dict[str, Any]:
        """The preview, or what is to be said instead."""
        try:
            return preview(early.load(self._database, who, team_id))
        except (CannotPreview, StorageUnavailable) as problem:
            return notice_view(texts.PREVIEW_TITLE, _sentence(problem))


def asks_for_digest(body: dict[str, Any]) -> bool:
    return str(body.get("text") or "").split(" ")[0].casefold() == COMMAND


def _wishes(view: dict[str, Any], round_id: int) -> Wishes:
    note = fields.text(view, ids.field(ids.NOTE, round_id))
    return Wishes(note[:NOTE_MOST], fields.ticked(view, ids.field(ids.PINGS, round_id)))


def _sentence(problem: CannotPreview | StorageUnavailable) -> str:
    if isinstance(problem, StorageUnavailable):
        log.warning("a lead's wishes could not be kept", error=str(problem))
        return texts.STORAGE_AWAY
    return WORDS[problem.why].format(team=person(problem.team))


def _say(ack: Ack, message: Message) -> None:
    ack(response_type="ephemeral", text=message.text, blocks=list(message.blocks))
