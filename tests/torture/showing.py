"""Whether everybody was asked, and whether what stands there in the end shows what was answered."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from bot.okr.numbers.values import format_value
from bot.practice.model import Message as Shown
from tests.torture.company import Company
from tests.torture.findings import Finding, lost
from tests.torture.saying import Seen, nonce_of
from tests.torture.stored import Message, Owed, Place, Round, Stored

ANSWERED = re.compile(r"(\d+) of (\d+) answered")


def check(company: Company, fridays: Iterable[date], stored: Stored, seen: Seen) -> Iterator[Finding]:
    """`fridays` are those that were played to their end."""
    shown = {nonce_of(one): one for one in seen.said()}
    rounds = {(one.channel, one.on): one for one in stored.rounds}
    for on in fridays:
        for team in company.teams:
            round_ = rounds.get((team.channel, on))
            if round_ is None or round_.state not in ("digested", "closed"):
                yield lost(f"{team.name} had no check-in on {on}: {round_}")
            else:
                yield from _digest(round_, stored, shown)
    yield from _prompts(stored, shown)


def _digest(round_: Round, stored: Stored, shown: dict[str, Shown]) -> Iterator[Finding]:
    pages = [one for one in stored.messages if one.kind == "digest" and one.round_id == round_.id]
    texts = {one.page: shown[one.nonce].text for one in pages if one.nonce in shown}
    if 0 not in texts:
        if not _is_stuck(pages):
            yield lost(f"no digest of {round_.on} stands in {round_.channel}")
        return
    owed = [row for row in stored.owed if row.round_id == round_.id]
    told = ANSWERED.search(texts[0])
    if told is None or (int(told[1]), int(told[2])) != _answered(owed):
        said = told[0] if told else texts[0].partition("\n")[0]
        yield lost(f"the digest of {round_.on} in {round_.channel} says “{said}”; it is {_answered(owed)}")
    whole = "\n".join(texts.values())
    for row in owed:
        if (value := _value(row, stored)) is not None and format_value(value) not in whole:
            yield lost(
                f"the digest of {round_.on} in {round_.channel} does not show {value:g}, which is what "
                f"{row.person} said of key result {row.key_result}"
            )


def _answered(owed: Iterable[Owed]) -> tuple[int, int]:
    """Who has answered everything, of those asked."""
    states: dict[str, set[str]] = defaultdict(set)
    for row in owed:
        states[row.person].add(row.state)
    asked = [found for found in states.values() if found != {"away"}]
    return sum(found == {"answered"} for found in asked), len(asked)


def _prompts(stored: Stored, shown: dict[str, Shown]) -> Iterator[Finding]:
    owed: dict[Place, list[Owed]] = defaultdict(list)
    for row in stored.owed:
        owed[row.person, row.on].append(row)
    asking: dict[Place, list[Message]] = defaultdict(list)
    for message in stored.messages:
        if message.place is not None:
            asking[message.place].append(message)
    for place, rows in owed.items():
        prompts = [one for one in asking[place] if one.kind == "prompt"]
        never = not any(one.nonce in shown for one in prompts) and not _is_stuck(prompts)
        if never and not _owes_nothing(rows, prompts):
            states = [one.state for one in prompts]
            yield lost(f"{place[0]} was never asked on {place[1]} ({states or 'no prompt'})")
        for message in asking[place]:
            if message.nonce in shown:
                yield from _asking(message, rows, stored, shown[message.nonce].text)


def _is_stuck(messages: Iterable[Message]) -> bool:
    """Whether `saying` tells of it already."""
    return any(one.state not in ("sent", "dropped") for one in messages)


def _owes_nothing(rows: Iterable[Owed], prompts: Iterable[Message]) -> bool:
    """Everything was answered before the prompt could go out."""
    return all(one.state == "dropped" for one in prompts) and all(row.state == "answered" for row in rows)


def _asking(message: Message, rows: list[Owed], stored: Stored, text: str) -> Iterator[Finding]:
    if all(row.state == "answered" for row in rows) and "Answered " not in text:
        yield lost(f"{message.key} does not show that all of it is answered: “{text[:80]}”")
        return
    for row in rows:
        value = _value(row, stored)
        if value is not None and format_value(value) not in text and "Reminder: " not in text:
            yield lost(f"{message.key} does not show {value:g} for KR{row.number}: “{text[:80]}”")


def _value(row: Owed, stored: Stored) -> float | None:
    """What counts for it on that date; None if it was not answered."""
    revisions = stored.revisions.get((row.key_result, row.on), [])
    return revisions[-1] if revisions and row.state == "answered" else None
