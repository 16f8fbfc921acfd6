"""How the cycle before ended, and what a search has found."""

from bot.okr.overviews import Hit, PastKeyResult, PastObjective, PastView, SearchView
from bot.slack import phrases
from bot.slack.blocks.pages import Pages
from bot.slack.blocks.words import person, standing_title
from bot.slack.richtext import Line, bold, line, name
from bot.slack.texts import looking

TITLE_MOST = 150
WORDS_MOST = 60


def past(view: PastView) -> Pages:
    whose = person(view.heading)
    if view.cycle is None or view.ended is None:
        return Pages((), ([line(looking.NO_LAST_CYCLE.format(whose=whose))],))
    ended = f"{phrases.short_day(view.ended)} {view.ended.year}"
    about = looking.LAST_CYCLE.format(whose=whose, cycle=name(view.cycle, 40), day=ended)
    progress = "" if view.progress is None else f" · {view.progress} %"
    return Pages((f"{about}{progress}",), tuple(_objective(one, view.heading) for one in view.objectives))


def _objective(one: PastObjective, heading: str) -> list[Line]:
    said = [looking.DROPPED] if one.dropped else []
    if not one.dropped:
        said.append(looking.NO_DATA if one.progress is None else f"{one.progress} %")
    if one.owner != heading:
        said.append(person(one.owner))
    first = line(bold(name(one.title, TITLE_MOST)), f" · {' · '.join(said)}")
    return [first, *(_key_result(each, heading) for each in one.key_results)]


def _key_result(one: PastKeyResult, heading: str) -> Line:
    """ "• Renewed online 72 → 80 %, Jack · 84 % of the way · confidence 7"."""
    stood = one.standing
    who = f", {person(one.owner)}" if one.owner != heading else ""
    said = [looking.DROPPED] if one.dropped else []
    if stood.update is None or stood.raw is None:
        said.append(looking.NO_UPDATE)
    else:
        said += [looking.OF_THE_WAY.format(percent=stood.raw), f"confidence {stood.update.confidence}"]
    return line(f"• {standing_title(stood, TITLE_MOST)}{who} · {' · '.join(said)}")


def found(view: SearchView) -> Pages:
    if not view.sought:
        return Pages((), ([line(looking.WHAT_TO_SEARCH)],))
    words = name(view.sought, WORDS_MOST)
    if not view.hits:
        return Pages((), ([line(looking.NOTHING_FOUND.format(words=words))],))
    head = looking.SEARCH.format(words=words)
    return Pages((head,), ([line(phrases.count(len(view.hits), "hit"))], [_hit(one) for one in view.hits]))


def _hit(one: Hit) -> Line:
    """ "Key result: Phone calls · Jack · TeeBee · 2026 Q3, over"."""
    cycle = name(one.cycle, 40)
    when = f"{cycle}, {looking.OVER}" if one.past else cycle
    about = [person(each) for each in (one.owner, one.team) if each]
    said = "".join(f" · {each}" for each in [*about, *([when] if when else [])])
    return line(f"{looking.HIT[one.kind]}: ", bold(name(one.title, TITLE_MOST)), said)
