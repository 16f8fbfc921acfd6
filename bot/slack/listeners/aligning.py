"""Aligning: the form, what it offers to whoever types, and who supports an objective."""

from typing import Any

import structlog
from slack_bolt import Ack, App, Respond

from bot.okr.model import Supported
from bot.services.alignment import aligning, depending, tree
from bot.services.alignment.aligning import Aligned, CannotAlign, WhyNot
from bot.services.alignment.depending import CannotDepend
from bot.services.permissions import GuestsSeeOnlyTheirs, NotAllowed
from bot.slack import ids
from bot.slack import texts as every_text
from bot.slack.blocks.alignment import aligning as blocks
from bot.slack.blocks.alignment import needs as needs_blocks
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.help import notice
from bot.slack.listeners.base import Listeners, storage_away, who_did
from bot.slack.reading import fields
from bot.slack.texts import alignment as texts
from bot.slack.texts import rights
from bot.storage.engine import StorageUnavailable

log = structlog.get_logger(__name__)
Problem = CannotAlign | NotAllowed | StorageUnavailable


class AlignListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.ALIGN)(self.open)
        app.options(ids.SEARCHED)(self.offer)
        app.view(ids.ALIGN_FORM)(self.submit)
        app.action(ids.SUPPORTERS)(self.supporters)

    def open(self, ack: Ack, body: dict[str, Any]) -> None:
        objective_id = chosen(body)
        view = self._form(who_did(body), objective_id)
        ack()
        self._show_form(body, view)

    def offer(self, ack: Ack, body: dict[str, Any]) -> None:
        """What fits the words typed so far; nothing where nothing may be offered."""
        what, number = ids.read_field(body.get("action_id"))
        words, who = str(body.get("value") or ""), who_did(body)
        try:
            if what == ids.NEEDED_ON:
                options = [
                    needs_blocks.option(one) for one in depending.offered(self._database, who, number, words)
                ]
            else:
                served = what == ids.SERVES
                options = [
                    blocks.option(one)
                    for one in aligning.offered(self._database, who, number, words, served=served)
                ]
        except (CannotAlign, CannotDepend, NotAllowed, StorageUnavailable) as problem:
            log.warning("nothing is offered", error=type(problem).__name__)
            options = []
        ack(options=[one.to_dict("block") for one in options])

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        who = who_did(body)
        objective_id = ids.read_number(view["private_metadata"]) or 0
        parent, serves, reason = (
            ids.field(what, objective_id) for what in (ids.PARENT, ids.SERVES, ids.REASON)
        )
        wanted = _held(view, parent, serves)
        try:
            aligning.save(
                self._database,
                who,
                objective_id,
                wanted,
                began=_began(view, parent, serves),
                reason=fields.text(view, reason),
                now=self._clock(),
            )
            said = blocks.aligned(aligning.load(self._database, who, objective_id, self._clock()))
        except (CannotAlign, NotAllowed, StorageUnavailable) as problem:
            self._refuse(ack, view, problem, {WhyNot.NO_REASON: reason, WhyNot.GONE: parent})
            return
        ack(response_action="update", view=notice_view(texts.ALIGNED, said))
        self._wake_sender()

    def supporters(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        who, objective_id = who_did(body), chosen(body)
        try:
            message = blocks.supporters(tree.supporters(self._database, who, objective_id, self._clock()))
        except GuestsSeeOnlyTheirs:
            message = notice(every_text.GUESTS_SEE_THEIRS)
        except StorageUnavailable as problem:
            message = notice(storage_away(problem))
        ack()
        respond(text=message.text, blocks=list(message.blocks), replace_original=False)

    def _form(self, who: str, objective_id: int) -> dict[str, Any]:
        try:
            return blocks.align_form(aligning.load(self._database, who, objective_id, self._clock()))
        except (CannotAlign, NotAllowed, StorageUnavailable) as problem:
            return notice_view(texts.ALIGN_TITLE, sentence(problem))

    def _refuse(self, ack: Ack, view: dict[str, Any], problem: Problem, fields_of: dict[WhyNot, str]) -> None:
        """Beside the field that can be mended, what was chosen still there; else in place of the form."""
        why = problem.why if isinstance(problem, CannotAlign) else None
        there = [one["block_id"] for one in view["blocks"] if one["type"] == "input"]
        mendable = {WhyNot.NO_REASON, WhyNot.GONE, WhyNot.NOT_ABOVE, WhyNot.LOOP}
        if (why in mendable or isinstance(problem, StorageUnavailable)) and there:
            wanted = fields_of.get(why, there[0]) if why else there[0]
            field = wanted if wanted in there else there[0]
            ack(response_action="errors", errors={field: sentence(problem)})
            return
        ack(response_action="update", view=notice_view(texts.ALIGN_TITLE, sentence(problem)))


def sentence(problem: Problem) -> str:
    if isinstance(problem, StorageUnavailable):
        return storage_away(problem)
    if isinstance(problem, NotAllowed):
        return rights.not_allowed(problem.operation, problem.may_instead)
    return texts.circle(texts.CIRCLE, problem.way) if problem.way else texts.NOT_ALIGNED[problem.why]


def chosen(body: dict[str, Any]) -> int:
    """The number that the option of a menu, or a button, carries; 0 for anything forged."""
    action = body["actions"][0]
    return ids.read_number((action.get("selected_option") or action).get("value")) or 0


def _held(view: dict[str, Any], parent: str, serves: str) -> Aligned:
    read = ids.read_supported_value(fields.option(view, parent))
    return Aligned(Supported(*read) if read else None, _objectives(fields.held_options(view, serves)))


def _began(view: dict[str, Any], parent: str, serves: str) -> Aligned:
    """What the form was filled in with when it was drawn."""
    return _held({"blocks": view["blocks"]}, parent, serves)


def _objectives(values: list[str]) -> frozenset[int]:
    read = (ids.read_supported_value(one) for one in values)
    return frozenset(one[0] for one in read if one)
