"""Setting up a team, changing it, and starting its check-ins."""

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

import structlog
from slack_bolt import Ack, App, Respond

from bot.services import people
from bot.services.people import DirectoryUnavailable
from bot.services.permissions import NotAllowed
from bot.services.teams import starting_check_ins, team_setup
from bot.services.teams.named import UnknownTeam
from bot.services.teams.team_fields import NotPossible, TeamFields
from bot.services.teams.team_setup import ChangedMeanwhile, TeamFormView
from bot.slack import ids
from bot.slack import texts as shared
from bot.slack.blocks.check_in.form import notice_view
from bot.slack.blocks.compose import to_blocks
from bot.slack.blocks.fields import modal
from bot.slack.blocks.teams import form as team_form
from bot.slack.blocks.teams.messages import week_words
from bot.slack.listeners.base import Listeners, say_beside, storage_away, who_did
from bot.slack.richtext import line
from bot.slack.texts import rights
from bot.slack.texts import teams as texts
from bot.storage.engine import StorageUnavailable

log = structlog.get_logger(__name__)


class TeamListeners(Listeners):
    def register(self, app: App) -> None:
        app.action(ids.SET_UP_TEAM)(self.open_new)
        app.action(ids.CHANGE_TEAM)(self.open_known)
        app.action(ids.START_CHECK_INS)(self.start)
        app.options(ids.ZONE_SOUGHT)(self.offer_zones)
        app.options(ids.PARENT_SOUGHT)(self.offer_teams)
        app.view(ids.TEAM_FORM)(self.submit)

    def open_new(self, ack: Ack, body: dict[str, Any]) -> None:
        """Whoever has not been met yet may be a guest: Slack is asked first."""
        who = who_did(body)

        def load() -> TeamFormView:
            people.meet(self._database, self._directory, who)
            return team_setup.blank(self._database, who, "")

        self._open(ack, body, load)

    def open_known(self, ack: Ack, body: dict[str, Any]) -> None:
        team_id = ids.read_number(body["actions"][0].get("value")) or 0
        self._open(ack, body, lambda: team_setup.load_by_id(self._database, who_did(body), team_id))

    def _open(self, ack: Ack, body: dict[str, Any], load: Callable[[], TeamFormView]) -> None:
        try:
            view = team_form.team_form(load())
        except NotAllowed as problem:
            sentence = rights.not_allowed(problem.operation, problem.may_instead)
            view = notice_view(texts.SET_UP_TITLE, sentence)
        except UnknownTeam:
            view = notice_view(texts.CHANGE_TEAM_TITLE, texts.NO_SUCH_TEAM)
        except StorageUnavailable as problem:
            view = notice_view(texts.SET_UP_TITLE, storage_away(problem))
        except DirectoryUnavailable as problem:
            log.warning("nobody to ask who somebody is", error=str(problem))
            view = notice_view(texts.SET_UP_TITLE, shared.SLACK_AWAY)
        ack()
        self._show(self._client.views_open, trigger_id=body["trigger_id"], view=view)

    def submit(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Kept, and then acknowledged with how the team's week looks now."""
        who = who_did(body)
        team_id, drawn, seen = ids.read_team_metadata(view.get("private_metadata"))
        wanted = team_form.wanted(view, drawn)
        try:
            in_channel = team_setup.look_up(self._database, self._directory, wanted)
            saved = self._save(who, team_id, wanted, seen, in_channel=in_channel)
            week = starting_check_ins.load(self._database, saved, who, self._clock())
        except NotPossible as wrong:
            ack(response_action="errors", errors=team_form.problems(wrong.problems, drawn))
            return
        except NotAllowed as problem:
            _refuse(ack, drawn, rights.not_allowed(problem.operation, problem.may_instead))
            return
        except UnknownTeam:
            _refuse(ack, drawn, texts.NO_SUCH_TEAM)
            return
        except ChangedMeanwhile as changed:
            parent = team_form.chosen_text(view, ids.field(ids.TEAM_PARENT, drawn))
            ack(response_action="update", view=self._anew(changed.now, wanted, seen, parent, drawn))
            return
        except StorageUnavailable as problem:
            _refuse(ack, drawn, storage_away(problem))
            return
        parts = [*week_words(week), [] if team_id else [line(texts.NEXT_IN_DM)]]
        ack(
            response_action="update",
            view=modal(texts.SAVED_TITLE, to_blocks(one for one in parts if one), close=shared.CLOSE),
        )
        self._wake_sender()

    def _save(
        self, who: str, team_id: int, wanted: TeamFields, seen: Mapping[str, str], *, in_channel: bool
    ) -> int:
        """The team's id."""
        if not team_id:
            return team_setup.set_up(self._database, who, wanted, in_channel=in_channel, now=self._clock())
        team_setup.change(
            self._database, who, wanted, team_id=team_id, seen=seen, in_channel=in_channel, now=self._clock()
        )
        return team_id

    def _anew(
        self, now: TeamFormView, wanted: TeamFields, seen: Mapping[str, str], parent: str, drawn: int
    ) -> dict[str, Any]:
        named = {*now.fields.leads, *now.fields.members, *now.fields.observers}
        names = people.known_names(self._database, named)
        return team_form.changed_meanwhile(now, wanted, drawn, seen=seen, parent=parent, names=names)

    def start(self, ack: Ack, body: dict[str, Any], respond: Respond) -> None:
        team_id = ids.read_number(body["actions"][0].get("value")) or 0
        said = None
        try:
            if not starting_check_ins.start(self._database, who_did(body), team_id, self._clock()):
                said = texts.STARTED_ALREADY
        except NotAllowed as problem:
            said = rights.not_allowed(problem.operation, problem.may_instead)
        except StorageUnavailable as problem:
            said = storage_away(problem)
        ack()
        self._wake_sender()
        if said is not None:
            say_beside(respond, said)

    def offer_zones(self, ack: Ack, body: dict[str, Any]) -> None:
        ack(options=team_form.zones(zones_like(str(body.get("value") or ""))))

    def offer_teams(self, ack: Ack, body: dict[str, Any]) -> None:
        """Those of that name; nothing to whoever may set up none."""
        words = str(body.get("value") or "")
        team_id, _, _ = ids.read_team_metadata((body.get("view") or {}).get("private_metadata"))
        try:
            found = team_setup.parents_like(self._database, who_did(body), words, team_id)
        except (NotAllowed, StorageUnavailable) as problem:
            log.warning("nothing is offered", error=type(problem).__name__)
            found = []
        ack(options=team_form.teams_offered(found))


def zones_like(words: str) -> list[str]:
    """IANA names in which the words stand, first those whose city begins with them."""
    sought = "_".join(words.split()).casefold()
    places = [
        one for one in available_timezones() if one == "UTC" or ("/" in one and not one.startswith("Etc/"))
    ]
    found = [one for one in places if sought in one.casefold()]
    return sorted(found, key=lambda one: (not one.rsplit("/", 1)[-1].casefold().startswith(sought), one))


def _refuse(ack: Ack, drawn: int, sentence: str) -> None:
    """The form stays, with all that was typed."""
    ack(response_action="errors", errors={ids.field(ids.TEAM_NAME, drawn): sentence})
