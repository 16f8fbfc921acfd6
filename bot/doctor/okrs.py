"""Checks of what is in the database: teams, people, time zones, what went wrong."""

from collections.abc import Iterator

from bot.doctor.contents import Contents
from bot.doctor.finding import Finding, ok, warning
from bot.okr.days.zones import known_zone
from bot.okr.model import KeyResult, Person
from bot.services.away import public_holidays
from bot.services.people import shown_name
from bot.services.sending import asks
from bot.services.sending.troubles import shown_error

IMPORT = "Change the OKR file (`okra export` writes one) and `okra import` it."


def check(contents: Contents) -> Iterator[Finding]:
    yield from _teams(contents)
    yield from _zones(contents)
    yield from _regions(contents)
    yield from _owners(contents)
    yield from _messages(contents)
    yield from _events(contents)


def _teams(contents: Contents) -> Iterator[Finding]:
    if not contents.teams:
        yield warning(
            "There is no team yet: nobody is asked anything.", "`okra import` a file with your OKRs."
        )
    for team in contents.teams:
        if team.started_at is None:
            yield warning(
                f"{team.name}: the check-ins are not started, so nobody is asked.",
                "Import the OKR file without `start: false` at this team.",
            )
        if not contents.key_results[team.id]:
            yield warning(
                f"{team.name}: no key result belongs to a cycle that is running today.",
                "Import an OKR file whose cycle includes today.",
            )
        elif team.started_at is not None:
            count = len(contents.key_results[team.id])
            yield ok(f"{team.name}: checks in on {count} key result{'s' if count != 1 else ''}.")


def _zones(contents: Contents) -> Iterator[Finding]:
    if known_zone(contents.zone) is None:
        yield warning(f"The workspace’s time zone “{contents.zone}” is not known: UTC is used.", IMPORT)
    for team in contents.teams:
        if known_zone(team.zone) is None:
            yield warning(f"{team.name}: the time zone “{team.zone}” is not known: UTC is used.", IMPORT)
    for person in contents.people:
        if person.active and person.zone is not None and known_zone(person.zone) is None:
            yield warning(
                f"{shown_name(person)}: the time zone “{person.zone}” is not known: the team’s is used.",
                "They can choose another one in Slack; or bring this machine’s tzdata up to date.",
            )


def _regions(contents: Contents) -> Iterator[Finding]:
    for person in contents.people:
        if person.active and person.region and public_holidays.known(person.region) is None:
            yield warning(
                f"{shown_name(person)}: no public holidays are known of {person.region}: none is heeded.",
                "They can choose another region with /okr settings.",
            )


def _owners(contents: Contents) -> Iterator[Finding]:
    known: dict[int, Person] = {one.id: one for one in contents.people}
    for team in contents.teams:
        for one in contents.key_results[team.id]:
            owner = known[one.owner_id]
            if owner.active and owner.id not in contents.gone[team.id]:
                continue
            why = "has left the team" if owner.active else "has no active account in Slack"
            yield warning(
                f"{team.name}: {shown_name(owner)} owns {_title(one, contents)} but {why}.",
                f"Give it another owner. Its lead can in Slack, where Okra has told them. Or: {IMPORT}",
            )


def _title(one: KeyResult, contents: Contents) -> str:
    return "a private key result" if one.id in contents.private else f"“{one.title}”"


def _messages(contents: Contents) -> Iterator[Finding]:
    for one in contents.unsent:
        what = f"chart of a digest ({one.key})" if one.kind == asks.CHART else f"message {one.key}"
        message, error = f"The {what} to {one.address}", shown_error(one.error)
        if one.state == "failed":
            yield warning(
                f"{message} could not be sent: {error}",
                f"Mend what it names, then `okra deliveries post-again {one.id}`, or `leave {one.id}`.",
            )
        elif one.unreadable:
            yield warning(
                f"{message} may or may not have been posted, and Okra may not look: {error}",
                f"Look whether it is there, then `okra deliveries it-is-there {one.id}`, or "
                f"`post-again {one.id}`. With the scope for that channel's history Okra looks by itself.",
            )
        else:
            yield warning(
                f"{message} may or may not have been posted: {error}",
                "`okra run` looks for it by itself within a few minutes.",
            )
    for one in contents.outdated:
        yield warning(
            f"The message {one.key} to {one.address} shows an old state; it could not be changed: "
            f"{shown_error(one.error)}",
            "If Slack was only away, Okra tries again by itself; what Slack refuses stays as it is.",
        )


def _events(contents: Contents) -> Iterator[Finding]:
    for number, kind, error in contents.set_aside:
        yield warning(
            f"Something that Slack told (inbox {number}, {kind}) could not be handled: {shown_error(error)}",
            "The log has more; if it was a message, ask its author to write again.",
        )
