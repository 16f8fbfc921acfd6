"""What each kind of message looks like: drawn when it is sent, from the freshest state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.okr import chart
from bot.okr.writing.draft_views import Which
from bot.services.answering import blockers, receipts
from bot.services.asking import prompts
from bot.services.digest import digests
from bot.services.drafting import draft_asks, draft_shown, overdue
from bot.services.drafting.draft_sets import NoDraft
from bot.services.looking_up import sharing
from bot.services.sending import asks, troubles
from bot.services.sending.messenger import Posted
from bot.services.teams import following, starting_check_ins, vacancies
from bot.slack.blocks import troubles as trouble_blocks
from bot.slack.blocks.check_in.blockers import became, requests
from bot.slack.blocks.check_in.prompt import prompt, reminder
from bot.slack.blocks.check_in.receipt import receipt
from bot.slack.blocks.digest import messages as digest_blocks
from bot.slack.blocks.drafting import asks as ask_blocks
from bot.slack.blocks.drafting import messages as draft_blocks
from bot.slack.blocks.looking_up.sharing import not_shared
from bot.slack.blocks.pages import shared_page
from bot.slack.blocks.teams import messages as team_blocks
from bot.slack.commands import called_by
from bot.slack.commands.command import Sharing
from bot.slack.message import Message
from bot.storage.deliveries import Delivery
from bot.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message, and what of it has to follow in its thread."""

    message: Message
    more: bool = False
    chart: bool = False

    def posted(self, channel: str, ts: str) -> Posted:
        return Posted(channel=channel, ts=ts, more=self.more, chart=self.chart)


class Drawing:
    """One method a kind of message, or a few that belong together."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def draw(self, delivery: Delivery) -> Drawn:
        """Raises LookupError where there is nothing to draw any more."""
        by_kind: Mapping[str, Callable[[Delivery], Message | Drawn]] = {
            asks.PROMPT: self._prompt,
            asks.REMINDER: self._prompt,
            asks.RECEIPT: self._receipt,
            asks.DIGEST: self._digest,
            asks.REQUESTS: self._requests,
            asks.CLEARED: self._cleared,
            asks.NOTICE: self._notice,
            asks.DRAFT: self._draft,
            asks.DRAFT_ASKS: self._draft_asks,
            asks.DRAFT_OVERDUE: self._draft_overdue,
            asks.ANSWERED: self._answered,
            asks.SET_UP: self._set_up,
            asks.STARTED: self._started,
            asks.VACANT: self._vacant,
            asks.OUTSIDE: self._outside,
            asks.LEAD_LEFT: self._lead_left,
            asks.SHARED: self._shared,
            asks.NOT_SHARED: self._not_shared,
        }
        if delivery.kind not in by_kind:
            raise LookupError(f"no such kind of message: {delivery.kind}")
        drawn = by_kind[delivery.kind](delivery)
        return drawn if isinstance(drawn, Drawn) else Drawn(drawn)

    # --- the week --------------------------------------------------------------------------------------

    def _prompt(self, delivery: Delivery) -> Message:
        drawn = prompt if delivery.kind == asks.PROMPT else reminder
        return drawn(prompts.load(self._database, delivery.subject["check_in"]))

    def _receipt(self, delivery: Delivery) -> Message:
        return receipt(receipts.load(self._database, delivery.address, delivery.subject, self._clock()))

    def _digest(self, delivery: Delivery) -> Drawn:
        digest, page = digests.load(self._database, delivery.subject["round"]), delivery.subject["page"]
        more = page + 1 < digest_blocks.pages(digest)
        charted = page == 0 and chart.of_digest(digest) is not None
        return Drawn(digest_blocks.digest(digest, page), more, charted)

    def _requests(self, delivery: Delivery) -> Message:
        return requests(blockers.load_requests(self._database, delivery.subject["person"], self._clock()))

    def _cleared(self, delivery: Delivery) -> Message:
        on = date.fromisoformat(delivery.subject["date"])
        return became(blockers.load_cleared(self._database, delivery.subject["person"], on))

    def _notice(self, delivery: Delivery) -> Message:
        return trouble_blocks.troubles(troubles.load(self._database, delivery.subject["round"]))

    # --- teams -----------------------------------------------------------------------------------------

    def _set_up(self, delivery: Delivery) -> Message:
        team_id, left_out = delivery.subject["team"], tuple(delivery.subject["left_out"])
        return team_blocks.week(
            starting_check_ins.load(self._database, team_id, delivery.address, self._clock(), left_out)
        )

    def _started(self, delivery: Delivery) -> Message:
        team_id, by = delivery.subject["team"], delivery.subject["by"]
        return team_blocks.started(
            *starting_check_ins.load_started(self._database, team_id, by, self._clock())
        )

    def _vacant(self, delivery: Delivery) -> Message:
        team_id = delivery.subject["team"]
        return team_blocks.vacant(vacancies.load(self._database, team_id, delivery.address, self._clock()))

    def _outside(self, delivery: Delivery) -> Message:
        found = following.load_outside(self._database, delivery.subject["team"])
        return team_blocks.outside(found.team, found.channel, still=found.still)

    def _lead_left(self, delivery: Delivery) -> Message:
        subject = delivery.subject
        lead = following.load_lead_left(
            self._database, subject["team"], subject["lead"], alone=subject["alone"]
        )
        return team_blocks.lead_left(lead)

    # --- drafts ----------------------------------------------------------------------------------------

    def _draft(self, delivery: Delivery) -> Message | Drawn:
        subject = delivery.subject
        try:
            view = draft_shown.load_public(self._database, Which(subject["team"], subject["cycle"]))
        except NoDraft:
            return draft_blocks.given_up()
        more = subject["page"] + 1 < draft_blocks.pages(view)
        return Drawn(draft_blocks.draft(view, subject["page"]), more)

    def _draft_asks(self, delivery: Delivery) -> Message:
        return ask_blocks.asks(draft_asks.load_asks(self._database, delivery))

    def _draft_overdue(self, delivery: Delivery) -> Message:
        return ask_blocks.overdue(overdue.load(self._database, delivery))

    def _answered(self, delivery: Delivery) -> Message:
        return ask_blocks.answered(draft_asks.load_answered(self._database, delivery.subject["proposal"]))

    # --- what somebody shares --------------------------------------------------------------------------

    def _shared(self, delivery: Delivery) -> Drawn:
        """As everybody may see it now."""
        command, rest = called_by(delivery.subject["words"])
        if command is None or command.shared is None:
            raise LookupError("there is no such command to be shared")
        sharer = sharing.sharer(self._database, delivery.subject["person"])
        pages = command.shared(Sharing(self._database, sharer.slack_id, self._clock()), rest)
        return Drawn(*shared_page(pages, delivery.subject["page"], sharer.name))

    def _not_shared(self, delivery: Delivery) -> Message:
        return not_shared(sharing.load_refused(self._database, delivery.subject["delivery"]))
