"""Decide: the button on a digest's item, and its form.

A decision is committed before it is acked; if that fails the form stays open with the words in it.
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App

from bot.okr.defaults import ACTION_LONGEST
from bot.okr.model import DecisionKind
from bot.services.digest import decisions
from bot.services.digest.decisions import Agreed, CannotDecide, NotActive, WhyNot
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.digest.decide import decide_form
from bot.slack.blocks.words import person
from bot.slack.listeners.base import Listeners, who_did
from bot.slack.reading import fields
from bot.storage.engine import StorageUnavailable

WORDS = {
    WhyNot.NOT_OF_THE_TEAM: texts.NOT_OF_THE_TEAM,
    WhyNot.NOT_YOURS: texts.NOT_YOUR_DECISION,
    WhyNot.NOT_OUT: texts.NOT_OUT_YET,
    WhyNot.CLOSED: texts.DECIDING_IS_OVER,
    WhyNot.NO_SUCH_ITEM: texts.NO_SUCH_ITEM,
    WhyNot.NO_SUCH_DECISION: texts.NO_SUCH_DECISION,
}

log = structlog.get_logger(__name__)


class DecideListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.DECIDE)(self.open)
        app.action(ids.CHANGE_DECISION)(self.open_change)
        app.action(ids.UNDO_DECISION)(self.undo)
        app.view(ids.DECISION_FORM)(self.submit)

    def open(self, ack: Ack, body: dict[str, Any]) -> None:
        round_id, key_result_id = ids.read_decide_value(body["actions"][0].get("value")) or (0, 0)
        view = _drawn(lambda: decisions.load(self._database, who_did(body), round_id, key_result_id))
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def open_change(self, ack: Ack, body: dict[str, Any]) -> None:
        """On top of the form, which keeps what was typed in it."""
        view = _drawn(lambda: decisions.load_change(self._database, who_did(body), _decision(body)))
        ack()
        self._show(self._client.views_push, trigger_id=body["trigger_id"], view=view)

    def undo(self, ack: Ack, body: dict[str, Any]) -> None:
        view = _drawn(lambda: decisions.undo(self._database, who_did(body), _decision(body)))
        ack()
        self._wake_sender()
        shown = body.get("view")
        if shown and view["callback_id"] == ids.DECISION_FORM:
            self._show(self._client.views_update, view_id=shown["id"], hash=shown["hash"], view=view)
        else:
            self._show(self._client.views_push, trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        who = who_did(body)
        round_id, key_result_id, decision_id = ids.read_decision_metadata(view["private_metadata"])
        agreed = _read(view, decision_id)
        if not isinstance(agreed, Agreed):
            ack(response_action="errors", errors=agreed)
            return
        try:
            self._meet(agreed.whose)
            if decision_id:
                decisions.change(self._database, who, decision_id, agreed)
            else:
                decisions.decide(self._database, who, round_id, key_result_id, agreed, now=self._clock())
        except NotActive as problem:
            field = ids.field(ids.WHOSE, decision_id)
            ack(
                response_action="errors",
                errors={field: texts.CANNOT_DO_IT.format(person=person(problem.name))},
            )
            return
        except (CannotDecide, StorageUnavailable) as problem:
            ack(response_action="errors", errors={ids.field(ids.AGREED, decision_id): _sentence(problem)})
            return
        ack()
        self._wake_sender()
        if decision_id:  # the form below lists it
            below = _drawn(lambda: decisions.load(self._database, who, round_id, key_result_id))
            self._show(self._client.views_update, view_id=view["root_view_id"], view=below)


def _decision(body: dict[str, Any]) -> int:
    return ids.read_number(body["actions"][0].get("value")) or 0


def _drawn(load: Callable[[], decisions.DecideView]) -> dict[str, Any]:
    """The form, or what is to be said instead."""
    try:
        return decide_form(load())
    except (CannotDecide, StorageUnavailable) as problem:
        return notice_view(texts.DECIDE_TITLE, _sentence(problem)) | {"callback_id": ""}


def _sentence(problem: CannotDecide | StorageUnavailable) -> str:
    if isinstance(problem, StorageUnavailable):
        log.warning("a decision could not be kept", error=str(problem))
        return texts.STORAGE_AWAY
    return WORDS[problem.why].format(team=person(problem.team))


def _read(view: dict[str, Any], number: int) -> Agreed | dict[str, str]:
    """What was agreed, or what is wrong with it by field."""
    text, kind, whose = (ids.field(what, number) for what in (ids.AGREED, ids.DECISION_KIND, ids.WHOSE))
    words, person_id = " ".join(fields.text(view, text).split()), fields.person(view, whose)
    errors = {}
    if not words:
        errors[text] = texts.NOTHING_AGREED
    elif len(words) > ACTION_LONGEST:
        errors[text] = texts.TEXT_TOO_LONG.format(length=len(words), most=ACTION_LONGEST)
    if person_id is None:
        errors[whose] = texts.NOBODY_CHOSEN
    if errors or person_id is None:
        return errors
    chosen = fields.option(view, kind)
    return Agreed(words, DecisionKind(chosen) if chosen in set(DecisionKind) else DecisionKind.FIX, person_id)
