"""Acts for a person in front of a form: filling in, submitting, closing."""

from collections.abc import Sequence
from typing import Any

from bot.practice import interactions, screens, stack
from bot.practice.errors import SlackError
from bot.practice.forms import HOLDS, Control, chosen, controls, mistakes, starting_values, state_of
from bot.practice.model import Message, OpenView, Person
from bot.practice.objects import view_object
from bot.practice.outcome import NO_RESPONSE, TROUBLE, Outcome
from bot.practice.picks import KINDS, offered, picked
from bot.practice.suggestions import SEARCHED, choosable
from bot.practice.world import Envelope, World

Json = dict[str, Any]
PATIENCE_SECONDS = 60.0  # far longer than any acknowledgement is waited for


class FormActor:
    """A person's dealings with the form on top of what they have open."""

    def __init__(self, world: World, user_id: str) -> None:
        self._world = world
        self.id = user_id

    def view(self) -> Json | None:
        """The form on top as Slack describes it to the bot, with what is filled in; None if none is open."""
        with self._world.looking() as world:
            view = world.workspace.top_view(self.id)
            return view_object(world, view) if view else None

    def await_view(self, timeout: float = 10.0) -> Json | None:
        """The form on top as soon as there is one; None if none opens within `timeout` seconds."""
        self._world.wait_for(lambda: self._world.workspace.top_view(self.id), timeout)
        return self.view()

    def view_errors(self) -> dict[str, str]:
        """The sentences next to the fields, by block id."""
        with self._world.looking() as world:
            view = world.workspace.top_view(self.id)
            return dict(view.errors) if view else {}

    def view_screen(self, *, width: int = 60) -> str:
        """The form on top as text, with what is filled in and the errors next to fields."""
        with self._world.looking() as world:
            return screens.view(world, world.workspace.top_view(self.id), width)

    def fill(self, field: str, text: str, *, enter: bool = False) -> Outcome:
        """Types into the field with that block id, label or action id; `enter` ends it with the Enter key."""
        with self._world.changing():
            view = self._top()
            control = self._field(view, field)
            if not control.element.get("multiline"):
                text = " ".join(text.splitlines())
            self._hold(view, control, text)
            if not self._dispatches_typing(control, enter=enter):
                return Outcome(sent=False)
            envelope = self._act_in_view(view, control, text)
        return self._delivered(envelope)

    def choose(self, field: str, choice: str | Sequence[str] | None) -> Outcome:
        """Picks in the field with that block id, label or action id; `choice` as for `tap`; None: nothing."""
        with self._world.changing():
            view = self._top()
            control = self._field(view, field)
            value = None if choice is None else self._picked(view, control, choice)
            self._hold(view, control, value)
            if control.block["type"] == "input" and not control.block.get("dispatch_action"):
                return Outcome(sent=False)
            envelope = self._act_in_view(view, control, value)
        return self._delivered(envelope)

    def submit(self) -> Outcome:
        """Sends the form, if Slack's client finds nothing to complain of, and does what the bot answers."""
        with self._world.changing() as world:
            view = self._top()
            if "submit" not in view.source and not any(b["type"] == "input" for b in view.blocks):
                raise LookupError("This form has no button to submit it")
            view.errors = mistakes(view.blocks, view.values)
            if view.errors:
                return Outcome(sent=False, errors=dict(view.errors))
            submission = interactions.submission(world, self._person(), view)
            deed = world.deeds.begin(self.id, "form", interactions.filled_in(submission))
            envelope = world.send(submission)
        self._await(envelope)
        with self._world.changing() as world:
            outcome = self._submitted(view, envelope)
            problem = outcome.error or "; ".join(f"{block}: {said}" for block, said in outcome.errors.items())
            world.deeds.end(deed, problem or None)
        return outcome

    def _submitted(self, view: OpenView, envelope: Envelope) -> Outcome:
        """What the person gets for a submission."""
        if not envelope.acked:
            return Outcome(error=TROUBLE)
        try:
            self._answered(view, envelope.answer or {})
        except SlackError:
            return Outcome(acked=True, error=TROUBLE)
        return Outcome(acked=True, errors=dict(view.errors))

    def close(self, *, everything: bool = False) -> Outcome:
        """Closes the form on top, or all of them; the bot hears of it where it asked to."""
        with self._world.changing() as world:
            top = self._top()
            everything = everything or bool(top.source.get("clear_on_close"))
            views = world.workspace.stacks[self.id]
            closed = views[::-1] if everything else [top]
            person = self._person()
            told = [
                interactions.closing(world, person, view, everything=everything)
                for view in closed
                if view.source.get("notify_on_close")
            ]
            for _ in closed:
                stack.close_top(world, self.id)
            for envelope in told:
                world.send(envelope)
        for envelope in told:
            self._await(envelope)
        return Outcome(sent=bool(told), acked=all(envelope.acked for envelope in told))

    def _answered(self, view: OpenView, answer: Json) -> None:
        """Does what a response to a submission says; SlackError if it makes no sense to Slack."""
        world, action = self._world, answer.get("response_action")
        if action is None:
            if view in world.workspace.stacks.get(self.id, []):
                world.workspace.stacks[self.id].remove(view)
                if not world.workspace.stacks[self.id]:
                    stack.close_all(world, self.id)
        elif action == "errors":
            self._mark(view, answer.get("errors"))
        elif action == "update":
            stack.replace_source(world, view, stack.checked(world, answer.get("view"), "modal"))
        elif action == "push":
            stack.push(world, self.id, stack.checked(world, answer.get("view"), "modal"))
        elif action == "clear":
            stack.close_all(world, self.id)
        else:
            raise SlackError("invalid_response_action")

    @staticmethod
    def _mark(view: OpenView, errors: Any) -> None:
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or set(errors) - inputs:
            raise SlackError("invalid_errors")
        view.errors = dict(errors)

    def _picked(self, place: Message | OpenView, control: Control, choice: Any) -> Any:
        """What the state holds after this choice; LookupError if it is not there to choose."""
        element = control.element
        if control.type in SEARCHED:
            values = place.values if isinstance(place, OpenView) else starting_values(place.blocks)
            found = choosable(self._world, self.id, place, control, values)
            element = element | {"options": list(found)}
        if control.type in KINDS:
            workspace = self._world.workspace
            everything = (workspace.people.values(), workspace.channels.values())
            several = [choice] if isinstance(choice, str) else list(choice)
            picks = offered(element, self._person(), *everything, stale=several)
            ids = [picked(picks, each) for each in several]
            choice = ids if control.type.startswith("multi") else ids[0]
        value = chosen(element, choice)
        most = element.get("max_selected_items")
        if most is not None and isinstance(value, list) and len(value) > most:
            raise LookupError(f"No more than {most} can be chosen in {control.action_id}")
        return value

    def _act_in_view(self, view: OpenView, control: Control, value: Any) -> Envelope:
        if control.type in HOLDS:
            self._hold(view, control, value)
        return interactions.tap_in_view(self._world, self._person(), view, control, value)

    @staticmethod
    def _hold(view: OpenView, control: Control, value: Any) -> None:
        if control.type not in HOLDS:
            raise LookupError(f"{control.action_id} holds no value")
        view.values.setdefault(control.block_id, {})[control.action_id] = state_of(control.element, value)

    @staticmethod
    def _dispatches_typing(control: Control, *, enter: bool) -> bool:
        if control.block["type"] != "input" or not control.block.get("dispatch_action"):
            return False
        config = control.element.get("dispatch_action_config") or {}
        when = config.get("trigger_actions_on") or ["on_enter_pressed"]
        return "on_character_entered" in when or (enter and "on_enter_pressed" in when)

    def _delivered(self, envelope: Envelope) -> Outcome:
        self._world.send(envelope)
        self._await(envelope)
        return Outcome(acked=envelope.acked, error=None if envelope.acked else NO_RESPONSE)

    @staticmethod
    def _field(view: Message | OpenView, name: str, action_id: str | None = None) -> Control:
        everything = [one for one in controls(view.blocks) if action_id in (None, one.action_id)]
        for control in everything:
            if control.block_id == name:
                return control
        for control in everything:
            if name in (control.label, control.action_id):
                return control
        raise LookupError(f"There is no field called {name!r}")

    def _top(self) -> OpenView:
        view = self._world.workspace.top_view(self.id)
        if view is None:
            raise LookupError("No form is open")
        return view

    def _person(self) -> Person:
        return self._world.workspace.people[self.id]

    def _await(self, envelope: Envelope | None) -> None:
        """Waits for the first delivery to end, one way or the other."""
        if envelope is not None:
            envelope.tried.wait(PATIENCE_SECONDS)
