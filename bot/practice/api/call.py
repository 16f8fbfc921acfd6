"""One call of the Web API: its arguments as the methods read them, and what a method declares of itself."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.practice.errors import SlackError, invalid_arguments
from bot.practice.world import World

Json = dict[str, Any]
FALSE = {"0", "false", "False", "", "None"}


@dataclass(frozen=True)
class Method:
    """A Web API method. `scopes` are needed always; those that depend on the channel are the method's affair.

    Arguments that are not named in `needs` are optional, and unknown ones are let through, as Slack does.
    """

    name: str
    run: Callable[["Call"], Json]
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"


@dataclass(frozen=True)
class Call:
    """What a method gets to see: the world and its own arguments, which come as JSON or as form fields."""

    world: World
    arguments: Mapping[str, Any]

    def __contains__(self, name: str) -> bool:
        return self.arguments.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        return default if value is None else str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.arguments.get(name)
        return default if value is None else str(value) not in FALSE

    def number(self, name: str, default: int) -> int:
        value = self.arguments.get(name)
        if value in (None, ""):
            return default
        try:
            return int(str(value))
        except ValueError:
            raise invalid_arguments(f"must be a number [json-pointer:/{name}]") from None

    def structure(self, name: str, broken: str) -> Any:
        """An argument that is JSON, given as such or as text; `broken` is the error if it cannot be read."""
        value = self.arguments.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(broken) from None

    def require(self, scope: str) -> None:
        """SlackError `missing_scope` unless the app has it."""
        if scope not in self.world.scopes:
            raise missing_scope(self.world, scope)


def missing_scope(world: World, *needed: str) -> SlackError:
    provided = ",".join(sorted(world.scopes))
    return SlackError("missing_scope", needed=",".join(needed), provided=provided)
