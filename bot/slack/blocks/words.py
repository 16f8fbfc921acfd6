"""How a key result is put into words, the same in every message."""

from collections.abc import Iterable, Sequence
from math import floor, log10

from bot.okr.actions import Closing
from bot.okr.health import Health, Standing
from bot.okr.measures import Move
from bot.okr.model import BlockerKind
from bot.okr.numbers.units import unit_of
from bot.okr.numbers.values import format_value
from bot.okr.questions import Question
from bot.okr.views import AskedKeyResult, OpenAction, ReceiptLine
from bot.slack import phrases, texts
from bot.slack.blocks.measured import titled, unit_name
from bot.slack.richtext import Line, bold, line, name

ASKED_MOST = 20
"""So many key results are named in a question about them."""
NAME_MOST = 80
"""People's and teams' names are shown up to this length."""
NOT_TOLD_MOST = 5


def person(text: str) -> str:
    return name(text, NAME_MOST)


def asked_line(asked: AskedKeyResult, title_most: int) -> Line:
    """ "1 Renewed online 47 → 80 %, confidence 8/10", with a word and a mark once it is answered."""
    for_whom = f", {texts.FOR_WHOM.format(owner=person(asked.for_whom))}" if asked.for_whom else ""
    by = texts.ANSWERED_BY.format(who=person(asked.answered_by)) if asked.answered_by else texts.ANSWERED
    done = f" · {by}" if asked.answered else ""
    title, stands = titled(name(asked.title, title_most), asked.measure, asked.value, asked.unit)
    later = f" · {texts.value_later(asked.next_value)}" if asked.next_value and not asked.answered else ""
    return line(
        bold(f"{asked.number} {title}{for_whom}"), f"{stands}, confidence {asked.confidence}/10{later}{done}"
    )


def action_words(action: OpenAction) -> str:
    """ "KR1: call the five that lapsed", in one line."""
    words = " ".join(action.text.split()) or texts.NO_WORDS
    return words if action.key_result is None else f"KR{action.key_result}: {words}"


def action_line(action: OpenAction, most: int) -> Line:
    """ "1 Call the five that lapsed · 2nd week · done ✓", with the number that names it in words."""
    said = [texts.SAID_OF_ACTION[action.closing]] if action.closing != Closing.OPEN else []
    if action.weeks > 1:
        said.insert(0, f"{phrases.ordinal(action.weeks)} week")
    if action.keep_or_drop and action.closing == Closing.OPEN:
        said.append(texts.KEEP_OR_DROP_SHORT)
    about = name(action_words(action), most)
    return line(bold(f"{action.number}"), f" {' · '.join([about, *said])}")


def in_the_way(kind: BlockerKind | None, whose: str, fix: str) -> list[str]:
    """ "In the way: dependency, Hannah", "Fix: status page Tuesday"; `whose` it is to clear and the fix come
    in as they should be shown, empty where they were not said."""
    what = ", ".join([*([kind.value] if kind else []), *([whose] if whose else [])])
    label = texts.BLOCKED_BY if kind else texts.TO_CLEAR
    return [*([label.format(words=what)] if what else []), *([texts.FIX.format(words=fix)] if fix else [])]


def why_not_told(one: AskedKeyResult | ReceiptLine) -> str:
    """Why whoever is to clear the way hears nothing of it; empty if they do."""
    why = one.blocker_not_told
    return texts.CANNOT_TELL[why].format(who=person(one.blocker_whose)) if why else ""


def not_told(answered: Iterable[AskedKeyResult | ReceiptLine]) -> list[Line]:
    """Of whoever is named and hears nothing, a line each."""
    sentences = dict.fromkeys(why_not_told(one) for one in answered)
    return [line(words) for words in sentences if words][:NOT_TOLD_MOST]


def what_moves_it(asking: Sequence[AskedKeyResult | ReceiptLine]) -> list[Line]:
    """The question about those that have stayed as they are for long; no line without any."""
    if not asking:
        return []
    which = phrases.listed([f"KR{one.number}" for one in asking], ASKED_MOST)
    it = "it" if len(asking) == 1 else "them"
    return [line(texts.WHAT_MOVES_IT.format(which=which, it=it, number=asking[0].number))]


def standing_title(standing: Standing, title_most: int | None) -> str:
    """ "Phone calls 41 → 20 a week": the title, where it is and where it should be."""
    key_result = standing.key_result
    value = standing.update.value if standing.update else None
    title = name(key_result.title, title_most)
    return "".join(titled(title, key_result.measure, value, key_result.unit))


def health_word(standing: Standing) -> str:
    """ "red"; while somebody is away, what it was before too."""
    word = texts.HEALTH[standing.health]
    if standing.health is Health.AWAY and standing.underlying is not None:
        return f"{word}, {texts.HEALTH[standing.underlying]} before"
    return word


def figures(standing: Standing) -> list[str]:
    """ "55 pp behind", "confidence 3 (was 5)", "trend 40: a miss" and what there is to say beside them."""
    said = []
    if standing.weeks_silent and standing.health is Health.SILENT:
        said.append(texts.silence(standing.weeks_silent))
    if standing.update is None:
        return said or [texts.HEALTH[Health.NO_DATA]]
    if standing.outside:
        said.append(texts.OUTSIDE)
    said.append(texts.gap(standing.gap))
    said.append(texts.confidence(standing.update.confidence, standing.confidence_before))
    if standing.disagreement is not None:
        said.append(texts.DISAGREEMENT[standing.disagreement])
    trend = trend_words(standing)
    return [*said, trend] if trend else said


def trend_words(standing: Standing) -> str:
    """ "trend 40: a miss", "trend 67"; empty without a forecast."""
    way = standing.key_result.measure
    if standing.forecast is None or not isinstance(way, Move):
        return ""
    unit = standing.key_result.unit
    money = unit_name(unit) if unit_of(unit).before else ""  # other units stand in the line above already
    miss = ": a miss" if standing.trending_to_miss else ""
    return f"trend {format_value(_rounded_to_show(standing.forecast, way), money)}{miss}"


def question_line(one: Question) -> Line:
    return line(texts.QUESTIONS[one.kind].format(about=name(one.about, NAME_MOST)))


def _rounded_to_show(forecast: float, way: Move) -> float:
    """A forecast to about three figures of the way it is measured over: more would feign precision."""
    magnitude = floor(log10(abs(way.target - way.start)))
    digits = 1 - magnitude if magnitude < 1 else min(0, 2 - magnitude)
    return round(forecast, digits)
