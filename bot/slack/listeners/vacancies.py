"""A key result whose owner is gone is handed over; and admins are un-named."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.services.okrs.writable import CannotWrite
from bot.services.permissions import NotAllowed
from bot.services.teams import admins, vacancies
from bot.services.teams.vacancies import AlreadyHandedOver, CannotOwn, NoReason
from bot.slack import ids
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.teams import messages as blocks
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.reading.fields import person, text
from bot.slack.richtext import name
from bot.slack.texts import rights
from bot.slack.texts import teams as texts
from bot.slack.writing.refusals import sentence
from bot.storage.engine import StorageUnavailable


class VacancyListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.HAND_OVER_VACANT)(self.open_form)
        app.view(ids.VACANT_FORM)(self.submit)
        app.action(ids.UNNAME_ADMIN)(self.unname)

    def open_form(self, ack: Ack, body: dict[str, Any]) -> None:
        key_result_id = ids.read_number(body["actions"][0].get("value")) or 0
        try:
            found = vacancies.open_form(self._database, who_did(body), key_result_id, self._clock())
            view = blocks.hand_over_form(found)
        except (NotAllowed, AlreadyHandedOver) as problem:
            view = notice_view(texts.HAND_OVER_TITLE, _why_not(problem))
        except StorageUnavailable as problem:
            view = notice_view(texts.HAND_OVER_TITLE, storage_away(problem))
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        key_result_id = ids.read_number(view.get("private_metadata")) or 0
        to = person(view, ids.NEW_OWNER)
        reason = text(view, ids.WHY_HANDED_OVER)[: blocks.REASON_MOST]
        try:
            self._meet(to)
            owner = vacancies.hand_over(
                self._database,
                who_did(body),
                key_result_id,
                to=to,
                reason=reason,
                now=self._clock(),
            )
        except CannotOwn as wrong:
            said = texts.CANNOT_OWN.format(name=name(wrong.name, 80)) if wrong.name else texts.NOBODY_CHOSEN
            ack(response_action="errors", errors={ids.NEW_OWNER: said})
            return
        except NoReason:
            ack(response_action="errors", errors={ids.WHY_HANDED_OVER: texts.NO_REASON})
            return
        except (NotAllowed, AlreadyHandedOver, CannotWrite) as problem:
            ack(response_action="update", view=notice_view(texts.HAND_OVER_TITLE, _why_not(problem)))
            return
        except StorageUnavailable as problem:
            ack(response_action="errors", errors={ids.NEW_OWNER: storage_away(problem)})
            return
        said = texts.HANDED_OVER.format(owner=name(owner, 80))
        ack(response_action="update", view=notice_view(texts.HAND_OVER_TITLE, said))
        self._wake_sender()

    def unname(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        person_id = ids.read_number(body["actions"][0].get("value")) or 0
        try:
            who, was = admins.take_back(self._database, who_did(body), person_id)
            said = (texts.UNNAMED_NOW if was else texts.NOT_NAMED).format(who=name(who, 80))
        except NotAllowed as problem:
            said = rights.not_allowed(problem.operation, problem.may_instead)
        except StorageUnavailable as problem:
            said = storage_away(problem)
        ack()
        say_beside(respond, said)


def _why_not(problem: NotAllowed | AlreadyHandedOver | CannotWrite) -> str:
    if not isinstance(problem, AlreadyHandedOver):
        return sentence(problem)
    if not problem.owner:
        return texts.DROPPED_SINCE
    return texts.HANDED_OVER_ALREADY.format(owner=name(problem.owner, 80))
