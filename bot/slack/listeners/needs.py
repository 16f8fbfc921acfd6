"""What a key result needs of another team: asking for it, answering, withdrawing."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.okr.model import DependencyState
from bot.services.alignment import depending
from bot.services.alignment.depending import CannotDepend, WhyNot
from bot.services.permissions import NotAllowed
from bot.slack import ids
from bot.slack.blocks.alignment import needs as blocks
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.listeners.aligning import chosen
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.reading import fields
from bot.slack.texts import alignment as texts
from bot.slack.texts import rights
from bot.storage.engine import StorageUnavailable

ANSWERS = {ids.CONFIRM_NEED: DependencyState.CONFIRMED, ids.DECLINE_NEED: DependencyState.DECLINED}
Problem = CannotDepend | NotAllowed | StorageUnavailable


class NeedsListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.NEEDS)(self.open)
        app.view(ids.NEEDS_FORM)(self.submit)
        for action_id in ANSWERS:
            app.action(action_id)(self.answer)
        app.action(ids.WITHDRAW_NEED)(self.withdraw)

    def open(self, ack: Ack, body: dict[str, Any]) -> None:
        try:
            view = blocks.needs_form(depending.key_result(self._database, who_did(body), chosen(body)))
        except (CannotDepend, NotAllowed, StorageUnavailable) as problem:
            view = notice_view(texts.NEEDS_TITLE, _sentence(problem))
        ack()
        self._show_form(body, view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        key_result_id = ids.read_number(view["private_metadata"]) or 0
        field = ids.field(ids.NEEDED_ON, key_result_id)
        on_id = ids.read_number(fields.option(view, field)) or 0
        try:
            asked = depending.ask(self._database, who_did(body), key_result_id, on_id, self._clock())
        except (CannotDepend, NotAllowed, StorageUnavailable) as problem:
            own = isinstance(problem, NotAllowed) or (
                isinstance(problem, CannotDepend) and problem.why is WhyNot.NO_SUCH
            )
            if own:
                ack(response_action="update", view=notice_view(texts.NEEDS_TITLE, _sentence(problem)))
            else:
                ack(response_action="errors", errors={field: _sentence(problem)})
            return
        ack(response_action="update", view=notice_view(texts.NEEDS_TITLE, blocks.asked(asked)))
        self._wake_sender()

    def answer(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        state = ANSWERS[body["actions"][0]["action_id"]]
        try:
            needed = depending.answer(self._database, who_did(body), chosen(body), state, self._clock())
            said = blocks.thanks(needed, state)
        except (CannotDepend, NotAllowed, StorageUnavailable) as problem:
            said = _sentence(problem)
        ack()
        self._say(body, respond, said)

    def withdraw(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        try:
            depending.withdraw(self._database, who_did(body), chosen(body), self._clock())
            said = texts.WITHDRAWN
        except (CannotDepend, NotAllowed, StorageUnavailable) as problem:
            said = _sentence(problem)
        ack()
        self._say(body, respond, said)

    def _say(self, body: dict[str, Any], respond: Respond, said: str) -> None:
        """Beside the message, which is drawn anew; over Home, which is, too."""
        self._wake_sender()
        if "view" not in body:
            say_beside(respond, said)
            return
        view = notice_view(texts.NEEDS_TITLE, said)
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)
        self._redraw_home(who_did(body))


def _sentence(problem: Problem) -> str:
    if isinstance(problem, StorageUnavailable):
        return storage_away(problem)
    if isinstance(problem, NotAllowed):
        return rights.not_allowed(problem.operation, problem.may_instead)
    return texts.circle(texts.NEED_CIRCLE, problem.way) if problem.way else texts.NOT_ASKED[problem.why]
