"""Writing OKRs: the forms for objectives and key results, what is done with one of them, and its order.

What is sent is committed before it is acked; if it cannot be kept, the form stays open with the words in it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.services import people
from bot.services.okrs import changes as kept_changes
from bot.services.okrs import okr_forms
from bot.services.okrs import okr_sending as sending
from bot.services.okrs.draft_checks import Refused
from bot.services.okrs.writable import CannotWrite, WhyNot
from bot.services.okrs.writing import Meanwhile, Seen
from bot.services.permissions import GuestsSeeOnlyTheirs, NotAllowed
from bot.services.teams.named import UnknownTeam
from bot.slack import ids, texts
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.drafting.words import people_in
from bot.slack.blocks.writing import key_result_form, objective_form
from bot.slack.blocks.writing.changes import changes
from bot.slack.blocks.writing.objective_view import overview
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.listeners.form_pages import Newest
from bot.slack.reading import fields
from bot.slack.reading.check_in_form import FieldErrors
from bot.slack.reading.okr_fields import read_key_result, read_metadata, read_objective
from bot.slack.texts import writing as words
from bot.slack.writing import coach, opening
from bot.slack.writing.okr_views import key_result_again, key_result_view, objective_again
from bot.slack.writing.refusals import answer, reason_of, sentence
from bot.storage.engine import Database, StorageUnavailable

View = dict[str, Any]
NOTHING = ("", 0)
PROBLEMS = (CannotWrite, NotAllowed, StorageUnavailable)
log = structlog.get_logger(__name__)


class WritingListeners(Listeners):
    def __init__(
        self,
        database: Database,
        client: WebClient,
        clock: Callable[[], datetime],
        wake_sender: Callable[[], None],
    ) -> None:
        super().__init__(database, client, clock, wake_sender)
        self._newest = Newest()

    def register(self, app: App) -> None:
        app.action(ids.OKR_CHANGED)(self.changed)
        app.view(ids.OBJECTIVE_FORM)(self.submit_objective)
        app.view(ids.KEY_RESULT_FORM)(self.submit_key_result)
        app.view(ids.DROP_FORM)(self.drop)
        app.view(ids.HAND_OVER_FORM)(self.hand_over)
        app.action(ids.OKR_EDIT)(self.edit)
        app.action(ids.OKR_ADD)(self.add_key_result)
        app.action(ids.OKR_MORE)(self.more)
        app.action(ids.OKR_CHOSEN)(self.chosen)
        app.action(ids.OKR_UP)(self.up)
        app.action(ids.OKR_DOWN)(self.down)

    def changed(self, ack: Ack, body: dict[str, Any]) -> None:
        """The form with the fields and remarks that what was changed in it brings, whoever's form it is: it
        is drawn from itself alone. Slack keeps what was typed."""
        ack()
        shown, at = body["view"], str(body["actions"][0].get("action_ts"))
        self._newest.saw(shown["id"], at)
        measure = ids.field(ids.OKR_MEASURE, read_metadata(shown).generation)
        if any(one.get("block_id") == measure for one in shown["blocks"]):
            view = key_result_form.redrawn(shown, coach.of_key_results_form(shown))
        else:
            view = objective_form.redrawn(shown, coach.of_objectives_form(shown))
        if _says(view) == _says(shown):
            return
        with self._newest.turn(shown["id"], at) as is_newest:
            if is_newest:
                self._show(self._client.views_update, view_id=shown["id"], view=view)

    def submit_objective(self, ack: Ack, body: dict[str, Any], view: View) -> None:
        filled, shown = read_objective(view), read_metadata(view)
        if isinstance(filled, FieldErrors):
            ack(response_action="errors", errors=dict(filled.errors))
            return
        place = filled.place or (shown.team_id, shown.cycle_id)
        seen = Seen(shown.seen, filled.theirs)

        def work(who: str, now: datetime) -> int:
            self._meet(*people_in(filled.draft))
            about = (shown.objective_id, place, filled.draft)
            return sending.send_objective(
                self._database, who, *about, reason=filled.reason, now=now, seen=seen
            )

        def again(who: str, problem: Meanwhile) -> View:
            form = okr_forms.objective(self._database, who, shown.objective_id, self._clock())
            return objective_again(form, problem, self._names(problem), shown, filled.reason)

        self._send(ack, body, work, again)

    def submit_key_result(self, ack: Ack, body: dict[str, Any], view: View) -> None:
        filled, shown = read_key_result(view), read_metadata(view)
        if isinstance(filled, FieldErrors):
            ack(response_action="errors", errors=dict(filled.errors))
            return
        seen = Seen(shown.seen, filled.theirs)

        def work(who: str, now: datetime) -> int:
            self._meet(*people_in(filled.draft))
            about = (shown.objective_id, shown.key_result_id, filled.draft)
            return sending.send_key_result(
                self._database, who, *about, reason=filled.reason, now=now, seen=seen
            )

        def again(who: str, problem: Meanwhile) -> View:
            form = okr_forms.key_result(self._database, who, shown.key_result_id, self._clock())
            return key_result_again(form, problem, self._names(problem), shown, filled.reason)

        self._send(ack, body, work, again)

    def drop(self, ack: Ack, body: dict[str, Any], view: View) -> None:
        shown, reason = read_metadata(view), reason_of(view)
        about = (shown.objective_id, shown.key_result_id)
        self._send(
            ack, body, lambda who, now: sending.drop(self._database, who, *about, reason=reason, now=now)
        )

    def hand_over(self, ack: Ack, body: dict[str, Any], view: View) -> None:
        shown, reason = read_metadata(view), reason_of(view)
        asked, of_delegate = (ids.field(one, shown.generation) for one in (ids.OKR_OWNER, ids.OKR_DELEGATE))
        owner, delegate = fields.person(view, asked), fields.person(view, of_delegate)
        if owner is None:
            ack(response_action="errors", errors={asked: words.NO_OWNER})
            return
        about = (shown.objective_id, shown.key_result_id)

        def work(who: str, now: datetime) -> int:
            self._meet(owner, delegate)
            return sending.hand_over(
                self._database, who, *about, owner=owner, delegate=delegate, reason=reason, now=now
            )

        self._send(ack, body, work)

    def edit(self, ack: Ack, body: dict[str, Any]) -> None:
        what = ids.read_okr_value(body["actions"][0].get("value")) or NOTHING
        self._open(ack, body, lambda who, now: opening.fields(self._database, who, what, now))

    def add_key_result(self, ack: Ack, body: dict[str, Any]) -> None:
        number = ids.read_number(body["actions"][0].get("value")) or 0
        self._open(
            ack,
            body,
            lambda who, now: key_result_view(okr_forms.new_key_result(self._database, who, number, now)),
        )

    def more(self, ack: Ack, body: dict[str, Any]) -> None:
        deed, what = _deed(body)
        self._open(ack, body, lambda who, now: opening.opened(self._database, who, deed, what, now))

    def chosen(self, ack: Ack, body: dict[str, Any]) -> None:
        """In the place of the menu."""
        deed, what = _deed(body)
        view = self._drawn(lambda: opening.opened(self._database, who_did(body), deed, what, self._clock()))
        ack()
        self._show(self._client.views_update, view_id=body["view"]["id"], view=view)

    def up(self, ack: Ack, body: dict[str, Any]) -> None:
        self._move(ack, body, -1)

    def down(self, ack: Ack, body: dict[str, Any]) -> None:
        self._move(ack, body, 1)

    def _move(self, ack: Ack, body: dict[str, Any], by: int) -> None:
        what = ids.read_okr_value(body["actions"][0].get("value")) or NOTHING
        who, now = who_did(body), self._clock()
        view = self._drawn(lambda: self._overview(who, sending.move(self._database, who, what, by, now)))
        ack()
        self._wake_sender()
        self._show(self._client.views_update, view_id=body["view"]["id"], view=view)

    def _open(self, ack: Ack, body: dict[str, Any], load: Callable[[str, datetime], View]) -> None:
        """On top of what it was tapped in."""
        view = self._drawn(lambda: load(who_did(body), self._clock()))
        ack()
        self._show_form(body, view)

    def _drawn(self, load: Callable[[], View]) -> View:
        """The form, or what is to be said instead."""
        try:
            return load()
        except PROBLEMS as problem:
            return notice_view(words.OBJECTIVE, sentence(problem))

    def _send(
        self,
        ack: Ack,
        body: dict[str, Any],
        work: Callable[[str, datetime], int],
        again: Callable[[str, Meanwhile], View] | None = None,
    ) -> None:
        """Does what was sent; `work` gives the objective to be shown then, 0 for none, and `again` the form
        after somebody else's change."""
        who, view = who_did(body), body["view"]
        try:
            objective_id = work(who, self._clock())
        except Meanwhile as problem:
            meanwhile = problem
            ack(response_action="update", view=self._drawn(lambda: again(who, meanwhile) if again else {}))
            return
        except (Refused, *PROBLEMS) as problem:
            ack(**answer(view, problem))
            return
        self._wake_sender()
        self._shows_whole(ack, who, view, objective_id)
        self._redraw_home(who)

    def _shows_whole(self, ack: Ack, who: str, view: View, objective_id: int) -> None:
        """The objective as it stands now, in the form's place or in that of what it was opened from."""
        if not objective_id:
            ack(response_action="clear")
            return
        whole = self._drawn(lambda: self._overview(who, objective_id))
        if view.get("root_view_id") in {None, view["id"]}:
            ack(response_action="update", view=whole)
            return
        ack()
        self._show(self._client.views_update, view_id=view["root_view_id"], view=whole)

    def _overview(self, who: str, objective_id: int) -> View:
        return overview(okr_forms.overview(self._database, who, objective_id, self._clock()))

    def _names(self, problem: Meanwhile) -> dict[str, str]:
        return people.known_names(self._database, people_in(problem.merged.draft, problem.theirs))


class ChangesListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.OKR_CHANGES_PAGE)(self.page)

    def page(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        """In the place of the page whose button was tapped."""
        team_id, start = ids.read_changes_value(body["actions"][0].get("value")) or (0, 0)
        ack()
        try:
            message = changes(kept_changes.of_team(self._database, who_did(body), "", team_id=team_id), start)
        except StorageUnavailable as problem:
            say_beside(respond, storage_away(problem))
        except GuestsSeeOnlyTheirs:
            say_beside(respond, texts.GUESTS_SEE_THEIRS)
        except UnknownTeam:
            say_beside(respond, words.CANNOT_WRITE[WhyNot.GONE])
        else:
            respond(text=message.text, blocks=list(message.blocks), replace_original=True)


def _deed(body: dict[str, Any]) -> tuple[str, tuple[str, int]]:
    chosen = (body["actions"][0].get("selected_option") or {}).get("value")
    return ids.read_deed_value(chosen) or (ids.EDIT_DEED, NOTHING)


def _says(view: View) -> list[tuple[str, str]]:
    """The fields, each with what stands below it."""
    return [
        (str(one.get("block_id")), (one.get("hint") or {}).get("text", ""))
        for one in view["blocks"]
        if one["type"] == "input"
    ]
