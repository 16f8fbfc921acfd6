"""The digest's preview: opened for one of several teams, kept, and posted before its hour."""

from typing import Any

from slack_bolt import Ack, App

from bot.services.digest import early
from bot.services.digest.early import CannotPreview, Wishes
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.digest.preview import NOTE_MOST
from bot.slack.commands.digest import preview_of, sentence
from bot.slack.listeners.base import Listeners, who_did
from bot.slack.reading import fields
from bot.storage.engine import StorageUnavailable


class DigestListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.PREVIEW_CHOSEN)(self.open)
        app.action(ids.POST_NOW)(self.post_now)
        app.view(ids.PREVIEW_FORM)(self.save)

    def open(self, ack: Ack, body: dict[str, Any]) -> None:
        team_id = ids.read_number(body["actions"][0].get("value")) or 0
        view = preview_of(self._database, who_did(body), team_id)
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
            said = sentence(problem)
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
            ack(response_action="errors", errors={ids.field(ids.NOTE, round_id): sentence(problem)})
            return
        ack()
        self._wake_sender()


def _wishes(view: dict[str, Any], round_id: int) -> Wishes:
    note = fields.text(view, ids.field(ids.NOTE, round_id))
    return Wishes(note[:NOTE_MOST], fields.ticked(view, ids.field(ids.PINGS, round_id)))
