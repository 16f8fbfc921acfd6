"""What each part of a digest says, line by line, as long or as short as there is room for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.okr.digest.agenda import Decided, Digest, OwnedStanding, TalkItem, Thanks
from bot.okr.digest.people import PersonActions
from bot.okr.digest.since import Moved
from bot.okr.health import Health
from bot.okr.model import Change
from bot.okr.writing.changed import ADDED, DROPPED
from bot.slack import phrases, texts
from bot.slack.blocks.drawn import bar, sparkline
from bot.slack.blocks.measured import change_words, value_words
from bot.slack.blocks.words import figures, health_word, in_the_way, standing_title, trend_words
from bot.slack.richtext import Line, Run, bold, line, name, note


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long things may be; None means whole."""

    title: int | None = None
    note: int | None = None
    person: int | None = None
    people: int | None = None
    """How many names a list of people gives before it says how many more there are."""
    decisions: int | None = None
    """How many of an item's decisions there are, the newest."""
    changes: int | None = None
    """How many of the changes since it was posted are named."""


WHOLE: Final = Lengths(title=500, person=200)
"""As in the thread. Notes are whole; a title or a name beyond this is a note in the wrong place."""

Entry = Callable[[Lengths], list[Line]]
"""One entry of a section: its lines at these lengths."""


def heading(view: Digest) -> str:
    return f"{title(view)} · {_answered(view)}"


def title(view: Digest) -> str:
    return f"{name(view.team, 80)}, week {view.week} of {view.weeks}"


def summary(view: Digest) -> Line:
    """ "Confidence 5.5 (was 6.5) · progress 38 % ████░░░░░░, pace 55 % · last week: 3 done, 1 carried · 8th
    digest in a row"."""
    drawn = [] if view.progress is None else [bar(view.progress)]
    rest = " · ".join((f", pace {view.pace} %", *_last_week(view), *_in_a_row(view)))
    return line(f"{_confidence(view)} · {_progress(view)}", *drawn, rest)


def note_on_top(view: Digest, lengths: Lengths) -> list[Line]:
    """ "Hannah: please come with one idea each"."""
    if not view.note:
        return []
    return [line(bold(f"{name(view.note_by, lengths.person)}:"), f" {note(view.note, lengths.note)}")]


def since(view: Digest, lengths: Lengths) -> list[Line]:
    """ "Changed since 16:30: Jack answered · Phone calls 41 → 38"."""
    if view.since is None:
        return []
    said = [texts.answered(_people(view.since.answered, lengths))] if view.since.answered else []
    said += [_moved(one, lengths) for one in view.since.moved]
    left_out = len(said) - min(len(said), lengths.changes or len(said))
    shown = [*said[: len(said) - left_out], *([phrases.more(left_out)] if left_out else [])]
    when = phrases.since(view.since.at, view.date)
    return [line(texts.CHANGED_SINCE.format(when=when, what=" · ".join(shown)))]


def missing(view: Digest, lengths: Lengths) -> list[Line]:
    """Who is waited for and who is away."""
    said = []
    if view.waiting_for:
        said.append(texts.WAITING_FOR.format(people=_people(view.waiting_for, lengths)))
    if view.away:
        said.append(texts.AWAY.format(people=_people(view.away, lengths)))
    return [line(phrases.capital(" · ".join(said)))] if said else []


def talk(number: int, item: TalkItem) -> Entry:
    """ "1 RED Phone calls 41 → 20 a week, Jack", its figures, and what was said about it."""

    def lines(lengths: Lengths) -> list[Line]:
        standing = item.standing
        about = standing_title(standing, lengths.title)
        first = line(
            bold(f"{number} {health_word(standing).upper()} {about}"),
            f", {_whose(item, lengths)}",
        )
        said = _said(item, lengths)
        said_of_it = [*figures(standing), *([texts.EDITED] if item.edited else [])]
        figured = line(" · ".join(said_of_it), sparkline(standing.course))
        return [first, figured, *([said] if said else []), *decided(item.decided, lengths)]

    return lines


def next_week(one: PersonActions) -> Entry:
    """ "Hannah: carrier data (2nd week); call the five that lapsed · done: price list"."""

    def lines(lengths: Lengths) -> list[Line]:
        said = [
            _words(action.text, lengths)
            + (f" ({phrases.ordinal(action.weeks)} week)" if action.weeks > 1 else "")
            for action in one.actions
        ]
        parts = ["; ".join(said) or texts.NO_ACTION]
        for words, closed in ((texts.DONE_LAST_WEEK, one.done), (texts.DROPPED_LAST_WEEK, one.dropped)):
            if closed:
                parts.append(words.format(what="; ".join(_words(text, lengths) for text in closed)))
        who, rest = name(one.person, lengths.person), f" {' · '.join(parts)}"
        if one.pinged:
            return [line(Run(who, user=one.pinged), f":{rest}")]
        return [line(bold(f"{who}:"), rest)]

    return lines


def in_a_line(one: OwnedStanding) -> Entry:
    """ "Renewals 55 → 70 %, Hannah · 3 pp ahead · trend 67"; its health stands there unless it is green."""

    def lines(lengths: Lengths) -> list[Line]:
        standing = one.standing
        said = [f"{standing_title(standing, lengths.title)}, {_whose(one, lengths)}"]
        if standing.health is not Health.GREEN:
            said.append(health_word(standing))
        if standing.update is not None:
            said += [texts.gap(standing.gap), *filter(None, [trend_words(standing)])]
        if one.edited:
            said.append(texts.EDITED)
        return [line(" · ".join(said), sparkline(standing.course)), *decided(one.decided, lengths)]

    return lines


def decided(every: Sequence[Decided], lengths: Lengths) -> list[Line]:
    """ "Decided: status page on Tuesday, Jack", a line each."""
    left_out = len(every) - min(len(every), lengths.decisions or len(every))
    shown = [
        line(texts.DECIDED.format(words=_words(one.text, lengths), person=name(one.person, lengths.person)))
        for one in every[left_out:]
    ]
    return [*([line(texts.earlier_decisions(left_out))] if left_out else []), *shown]


def thanks(one: Thanks) -> Entry:
    """ "Jack thanks Hannah for the carrier list", "Jim says thanks: a good week"."""

    def lines(lengths: Lengths) -> list[Line]:
        by, to = name(one.by, lengths.person), name(one.to, lengths.person)
        who = f"{by} thanks {to}" if to else f"{by} says thanks"
        words = _words(one.words, lengths)
        between = " " if words.startswith("for ") else ": "
        return [line(f"{who}{between}{words}" if words else who)]

    return lines


def change(one: Change) -> Entry:
    """ "Phone calls: target 25 → 20 (Hannah: the old one counted twice)"."""

    def lines(lengths: Lengths) -> list[Line]:
        subject, field = name(one.subject, lengths.title), name(one.field, 60)
        before, after = _words(one.before, lengths), _words(one.after, lengths)
        by, reason = name(one.by_name, lengths.person), _words(one.reason, lengths)
        said = ": ".join(filter(None, (by, reason)))  # what a file has changed was nobody's doing in Slack
        why = f" ({said})" if said else ""
        return [line(f"{subject}: {changed_words(field, before, after)}{why}")]

    return lines


def changed_words(field: str, before: str, after: str) -> str:
    """ "target 25 → 20"; of what is new "added: 0 → 20, Jack", and "dropped" of what is no more."""
    if field in {ADDED, DROPPED}:
        return f"{field}: {after}" if after else field
    return f"{field} {before or '–'} → {after or '–'}"


def _whose(one: TalkItem | OwnedStanding, lengths: Lengths) -> str:
    owner = name(one.owner, lengths.person)
    return owner if one.by is None else texts.BY.format(owner=owner, who=name(one.by, lengths.person))


def _answered(view: Digest) -> str:
    return f"{view.answered} of {view.asked} answered" if view.asked else texts.NOBODY_ASKED


def _confidence(view: Digest) -> str:
    if view.confidence is None:
        return texts.NO_CONFIDENCE
    before = view.confidence_before
    was = f" (was {before:.1f})" if before is not None and before != view.confidence else ""
    return f"Confidence {view.confidence:.1f}{was}"


def _progress(view: Digest) -> str:
    if view.progress is None:
        return "no progress yet"
    before = view.progress_before
    was = f" (was {before} %)" if before is not None and before != view.progress else ""
    return f"progress {view.progress} %{was}"


def _last_week(view: Digest) -> list[str]:
    if not (view.done or view.carried or view.dropped):
        return []
    dropped = f", {view.dropped} dropped" if view.dropped else ""
    return [f"last week: {view.done} done, {view.carried} carried{dropped}"]


def _in_a_row(view: Digest) -> list[str]:
    if view.in_a_row < 2:
        return []
    return [texts.DIGESTS_RUNNING.format(ordinal=phrases.ordinal(view.in_a_row))]


def _moved(one: Moved, lengths: Lengths) -> str:
    """ "Phone calls 41 → 38", "Sales confidence 7 → 4", "Renewals: 55 %"."""
    title, measure, unit = (
        name(one.key_result.title, lengths.title),
        one.key_result.measure,
        one.key_result.unit,
    )
    value, confidence = one.now
    if one.before is None:
        return f"{title}: {value_words(measure, value, unit)}"
    value_before, confidence_before = one.before
    said = []
    if value != value_before:
        said.append(change_words(measure, value_before, value, unit))
    if confidence != confidence_before:
        said.append(f"confidence {confidence_before} → {confidence}")
    return f"{title} {', '.join(said)}"


def _people(people: Sequence[str], lengths: Lengths) -> str:
    return phrases.listed([name(one, lengths.person) for one in people], lengths.people)


def _said(item: TalkItem, lengths: Lengths) -> Line:
    said = []
    if item.why.strip():
        said.append(texts.WHY.format(words=_words(item.why, lengths)))
    became = f" ({texts.BECAME_OF_IT[item.cleared]})" if item.cleared else ""
    whose = name(item.blocker_owner, lengths.person) + became if item.blocker_owner else ""
    fix = _words(item.fix, lengths) if item.fix.strip() else ""
    return line(" · ".join([*said, *in_the_way(item.blocker_kind, whose, fix)]))


def _words(text: str, lengths: Lengths) -> str:
    """What a person typed: on one line where it is short of room, otherwise with its own line breaks."""
    return note(text) if lengths.note is None else name(text, lengths.note)
