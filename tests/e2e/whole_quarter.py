"""People who use nothing but what they see: commands, buttons, forms and words; and what they see then."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.practice import Actor, Message
from bot.practice.model import File
from bot.slack import ids
from bot.slack.texts import alignment, drafts, writing
from tests.slack.friday import Friday, quiet

WIDTH = 200


def flat(text: str) -> str:
    return " ".join(text.split())


class Quarter:
    """A bot at work, and what the people in front of it do."""

    def __init__(self, friday: Friday) -> None:
        self.friday = friday
        self.hannah, self.jack, self.jim = self.people = friday.hannah, friday.jack, friday.jim

    def tick(self, hour: int, minute: int = 0, *, day: date) -> None:
        self.friday.tick(hour, minute, day=day)
        self.friday.settle()

    def opens(self, actor: Actor, text: str, words: str, *, channel: str | None = None) -> str:
        """The form that a command opens, once it says these words."""
        if actor.view():
            actor.close(everything=True)
        outcome = actor.command("/okr", text, channel=channel)
        assert outcome.ok, outcome.error
        return self.shows(actor, words)

    def says(self, actor: Actor, text: str, *, channel: str | None = None) -> Message:
        """What a command answers to the person alone."""
        outcome = actor.command("/okr", text, channel=channel)
        assert outcome.ok, outcome.error
        (reply,) = outcome.messages
        assert reply.only_for == actor.id
        return quiet(reply)

    def shows(self, actor: Actor, words: str) -> str:
        """The form on top in one line, once it says these words."""

        def seen() -> str | None:
            text = flat(actor.view_screen(width=WIDTH)) if actor.view() else ""
            return text if words in text else None

        found = self.friday.slack.wait_for(seen)
        assert found, f"{words}\n{actor.view_screen(width=100)}"
        return str(found)

    def tapped(self, actor: Actor, target: Message | str | None, label: str, words: str, **where: Any) -> str:
        """The form that shows after a button was tapped."""
        outcome = actor.tap(target, label=label, **where)
        assert outcome.ok, outcome.error
        return self.shows(actor, words)

    def submits(self, actor: Actor, words: str = "") -> str:
        """Sends the form; what shows then, where it says something."""
        outcome = actor.submit()
        assert outcome.ok, (outcome.errors, outcome.error, actor.view_screen(width=100))
        return self.shows(actor, words) if words else ""

    def heard(self, actor: Actor, words: str) -> Message:
        """The bot's newest direct message that says so."""
        self.friday.settle()
        said = [one for one in self.friday.said_to(actor) if words in one.text]
        assert said, f"{words}\n{actor.screen(width=100)}"
        return quiet(said[-1])

    def posted(self, actor: Actor, channel: str, words: str) -> Message:
        """The bot's newest message in the channel that says so and everybody sees."""
        self.friday.settle()
        said = [
            one for one in actor.messages(channel) if one.from_bot and not one.only_for and words in one.text
        ]
        assert said, f"{words}\n{actor.screen(channel, width=100)}"
        return quiet(said[-1])

    def everything_in(self, actor: Actor, channel: str) -> str:
        """All that anybody in the channel reads there."""
        self.friday.settle()
        return "\n".join(one.text for one in actor.messages(channel) if not one.only_for)

    def picture(self, actor: Actor, text: str) -> list[File]:
        """What comes into their direct messages for the button below that command's answer."""
        before = len(self.friday.said_to(actor))
        assert actor.tap(self.says(actor, text), label=alignment.TREE_PICTURE).ok
        self.friday.settle()
        return [each for one in self.friday.said_to(actor)[before:] for each in one.files]

    def home(self, actor: Actor) -> str:
        actor.open_home()
        self.friday.settle()
        return flat(actor.home_screen(width=WIDTH))

    def writes_objective(
        self, actor: Actor, title: str, *, reason: str = "", **choices: str | Sequence[str]
    ) -> str:
        """By `/okr new`; `choices` are labels' fields by the names of ids. Leaves the objective open."""
        self.opens(actor, f"new {title}", title)
        self._fills(actor, choices)
        if reason:
            actor.fill(writing.WHY, reason)
        return self.submits(actor, writing.ADD_KEY_RESULT)

    def adds_key_result(self, actor: Actor, title: str, kind: str = "move", **fields: str) -> str:
        """To the objective that is open."""
        self.tapped(actor, None, writing.ADD_KEY_RESULT, writing.KEY_RESULT_TITLE)
        actor.fill(writing.KEY_RESULT_TITLE, title)
        if kind != "move":
            actor.choose(writing.MEASURE, kind)
        self._fills(actor, fields)
        return self.submits(actor, title)

    def _fills(self, actor: Actor, fields: Mapping[str, str | Sequence[str]]) -> None:
        chosen = {"kind", "whose", "private", "readers", "owner", "delegate", "every", "indicator", "place"}
        for name, value in fields.items():
            field = ids.field(f"okr_{name}", 0)
            self._has(actor, field)
            if name in chosen:
                actor.choose(field, value)
            else:
                assert isinstance(value, str)
                actor.fill(field, value)

    def _has(self, actor: Actor, block_id: str) -> None:
        """Waits for the field: some come up for what was chosen in another."""

        def there() -> bool:
            return any(one.get("block_id") == block_id for one in (actor.view() or {}).get("blocks", []))

        assert self.friday.slack.wait_for(there), f"{block_id}\n{actor.view_screen(width=100)}"

    def shares_draft(self, lead: Actor, team: str, channel: str) -> Message:
        """The message in the team's channel."""
        self.opens(lead, f"draft {team}", f"{team} · draft for")
        self.tapped(lead, None, drafts.BUTTON_SHARE, drafts.SHARED_NOW)
        return self.posted(lead, channel, f"{team} · draft for")

    def proposes_key_result(self, actor: Actor, posted: Message, objective: str, title: str) -> None:
        """By the draft's button, for one of its objectives."""
        self.tapped(actor, posted, drafts.BUTTON_PROPOSE, drafts.PROPOSE_WHAT)
        (menu,) = [
            one["element"] for one in (actor.view() or {})["blocks"] if one["block_id"] == ids.PROPOSED
        ]
        (group,) = [one for one in menu["option_groups"] if one["label"]["text"] == objective]
        (option,) = [one for one in group["options"] if one["text"]["text"] == drafts.A_KEY_RESULT_FOR]
        actor.choose(drafts.PROPOSE_WHAT, option["value"])
        self.submits(actor, drafts.PROPOSE_KEY_RESULT)
        actor.fill(writing.KEY_RESULT_TITLE, title)
        actor.fill(writing.START, "0")
        actor.fill(writing.TARGET, "12")
        actor.fill(drafts.PROPOSE_WHY, "They bring others")
        self.submits(actor, drafts.PROPOSED_NOW)
        actor.close(everything=True)

    def commits(self, actor: Actor, posted: Message, confidence: int) -> None:
        """To all that is theirs."""
        if actor.view():
            actor.close(everything=True)
        self.tapped(actor, posted, drafts.BUTTON_COMMIT, drafts.COMMIT_INTRO)
        for block in (actor.view() or {})["blocks"]:
            if ids.COMMITTED.match(block["block_id"]):
                actor.choose(block["block_id"], str(confidence))
        self.submits(actor)
