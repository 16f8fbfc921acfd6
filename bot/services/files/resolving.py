"""Whom and which channels an OKR file means: asked of Slack before anything is written, each of them once."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.okr.model import Profile
from bot.okr.outline import NOWHERE, Outline, OutlinePerson, Place, Trouble
from bot.services.files.progressing import Progress, Stage, unwatched
from bot.services.people import Channel, Directory, DirectoryUnavailable

Answer = TypeVar("Answer")

_GRANT_PEOPLE = "let the bot have the scope users:read, or try again later"
_GIVE_ID = "give the Slack id instead (slack: U…), or let the bot have the scope users:read.email"
_GRANT_CHANNELS = "let the bot have the scopes channels:read and groups:read, or try again later"
_NO_CHANNEL = (
    "there is no channel {} that the bot can see; check its name, and invite the bot to it if it is private"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """What Slack says of those whom a file names; who is missing here stands in `troubles`."""

    people: Mapping[str, Profile]
    """By their key in the file."""
    channels: Mapping[str, Channel]
    """By what the file calls them."""
    troubles: tuple[Trouble, ...]


def resolve(directory: Directory, outline: Outline, progress: Progress = unwatched) -> Resolved:
    """Never raises DirectoryUnavailable: what Slack would not say is a trouble with its place, too."""
    asking = _Asking(directory)
    for done, person in enumerate(outline.people, 1):
        asking.person(person)
        progress(Stage.ASKING, done, len(outline.people))
    for team in outline.teams:
        asking.channel(team.channel, team.place.at("channel"))
    return Resolved(asking.people, asking.channels, tuple(asking.troubles))


def all_mistakes(directory: Directory, outline: Outline, told: tuple[Trouble, ...]) -> tuple[Trouble, ...]:
    """`told`, found in a file when it was read, and what Slack knows to be wrong with the rest of it, which
    is `outline`; in the order of the file. Where Slack would not say, the last of them says so, once."""
    asking = _Asking(directory)
    for person in outline.people:
        if person.slack is not None or person.email is not None:
            asking.person(person)
    for team in outline.teams:
        if team.channel:
            asking.channel(team.channel, team.place.at("channel"))
    places = {one.place for one in told}
    found = [
        one for one in asking.troubles if one.message not in asking.unanswered and one.place not in places
    ]
    return (*in_file_order([*told, *found]), *asking.silence())


def in_file_order(troubles: Iterable[Trouble]) -> tuple[Trouble, ...]:
    return tuple(sorted(troubles, key=lambda one: one.place.line or 0))


@dataclass
class _Asking:
    directory: Directory
    people: dict[str, Profile] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    unanswered: set[str] = field(default_factory=set)
    """Messages of those troubles that are about Slack's silence, not about the file."""
    _unavailable: dict[str, str] = field(default_factory=dict)
    """By what was asked for, why Slack did not say: asking for the next one would fail as well."""
    _no_channel: dict[str, str] = field(default_factory=dict)
    """By what the file calls a channel, what is wrong with it."""

    def person(self, person: OutlinePerson) -> None:
        if person.slack is not None:
            place = person.place.at("slack")
            answer = self._ask("people", self.directory.profile, person.slack, _GRANT_PEOPLE)
        else:
            place = person.place.at("email")
            answer = self._ask("e-mails", self.directory.profile_by_email, person.email or "", _GIVE_ID)
        wrong = answer if isinstance(answer, str) else self._unfit(person, answer)
        if isinstance(answer, Profile) and not wrong:
            self.people[person.key] = replace(answer, email=answer.email or person.email)
        else:
            self.troubles.append(Trouble(place, wrong))

    def channel(self, name: str, place: Place) -> None:
        if name not in self.channels and name not in self._no_channel:
            answer = self._ask("channels", self.directory.channel, name, _GRANT_CHANNELS)
            if isinstance(answer, Channel):
                self.channels[name] = answer
            else:
                self._no_channel[name] = answer or _NO_CHANNEL.format(name)
        if name in self._no_channel:
            self.troubles.append(Trouble(place, self._no_channel[name]))

    def silence(self) -> tuple[Trouble, ...]:
        """What Slack did not say, a sentence for each kind."""
        return tuple(
            Trouble(NOWHERE, f"the {what} of the file could not be looked up in Slack ({why})")
            for what, why in self._unavailable.items()
        )

    def _unfit(self, person: OutlinePerson, profile: Profile | None) -> str:
        """Why that profile cannot be who is meant; empty if it can."""
        if profile is None:
            known_by = "e-mail" if person.slack is None else "id"
            return f"nobody in this Slack workspace has the {known_by} {person.slack or person.email}"
        if not profile.active:
            return f"{profile.name} is a bot or a deactivated account and cannot be asked; name somebody else"
        for key, other in self.people.items():
            if other.slack_id == profile.slack_id:
                return f"{person.key} and {key} are the same person in Slack; name each person once"
        return ""

    def _ask(
        self, what: str, ask: Callable[[str], Answer | None], name: str, fix: str
    ) -> Answer | str | None:
        """What Slack says, None if there is no such thing, or a sentence if it does not say."""
        if what not in self._unavailable:
            try:
                return ask(name)
            except DirectoryUnavailable as problem:
                self._unavailable[what] = str(problem)
        sentence = f"{name} could not be looked up in Slack ({self._unavailable[what]}); {fix}"
        self.unanswered.add(sentence)
        return sentence
