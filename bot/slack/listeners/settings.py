"""A person's settings: the form that changes them. They are always those of whoever Slack says did it."""

from typing import Any

import structlog
from slack_bolt import Ack, App

from bot.services.away import settings
from bot.services.away.settings import NotPossible, Week
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.people.settings import ON, problems, settings_form
from bot.slack.listeners.base import Listeners, who_did
from bot.slack.reading.fields import held_options, held_time, option, text
from bot.storage.engine import StorageUnavailable

log = structlog.get_logger(__name__)


class SettingsListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.SETTINGS)(self.open_form)
        app.view(ids.SETTINGS_FORM)(self.submit)

    def open_form(self, ack: Ack, body: dict[str, Any]) -> None:
        try:
            view = settings_form(settings.load(self._database, who_did(body)))
        except StorageUnavailable:
            view = notice_view(texts.SETTINGS_TITLE, texts.STORAGE_AWAY)
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        try:
            settings.save(self._database, who_did(body), _week(view))
        except NotPossible as wrong:
            ack(response_action="errors", errors=problems(wrong))
            return
        except StorageUnavailable as problem:
            log.warning("settings could not be kept", error=str(problem))
            ack(response_action="errors", errors={ids.WORKING_DAYS: texts.STORAGE_AWAY})
            return
        ack()
        self._wake_sender()


def _week(view: dict[str, Any]) -> Week:
    """What the form holds; days that there are not, in a forged one, are left out."""
    days = {ids.read_number(one) for one in held_options(view, ids.WORKING_DAYS)}
    return Week(
        working_days=frozenset(day for day in range(7) if day in days),
        own_prompt=held_time(view, ids.OWN_PROMPT),
        muted=ON in held_options(view, ids.MUTED),
        region=text(view, ids.REGION),
        home_team=ids.read_number(option(view, ids.HOME_TEAM)),
    )
