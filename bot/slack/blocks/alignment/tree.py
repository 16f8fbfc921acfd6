"""The tree of objectives in words: teams below each other, their objectives as a list that keeps its
indentation where lines wrap, and a picture's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from slack_sdk.models.blocks import RichTextBlock, RichTextListElement

from bot.okr.alignment.views import Need, TreeObjective, TreeTeam, TreeView
from bot.slack import ids, phrases
from bot.slack.blocks.alignment.aligning import percent, supports
from bot.slack.blocks.compose import Button, Menu, buttons, message, weight
from bot.slack.blocks.words import person
from bot.slack.message import Message
from bot.slack.richtext import Line, bold, header, line, name, section, spoken
from bot.slack.texts import HEALTH
from bot.slack.texts import alignment as texts

PAGE_MOST: Final = 2600
"""Characters of a page, and lines: a phone is scrolled only so far."""
LINES_MOST: Final = 40
DEEPEST: Final = 5
"""Farther in there is no room left on a phone."""
TITLE_MOST: Final = 90
OTHER_MOST: Final = 50
"""How long titles are of what is needed."""
OPTIONS_MOST: Final = 100
ALT_MOST: Final = 1000
"""Characters that Slack takes as a picture's alt_txt."""
ALT_TITLES: Final = (60, 30, 12, 0)
WORDS_MOST: Final = 2600


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of the tree: a team's name, or something in its list."""

    line: Line
    indent: int
    team: TreeTeam
    objective: TreeObjective | None = None


def tree(view: TreeView, page: int = 0) -> Message:
    if not view.teams:
        return message([[line(texts.NO_TREE)]])
    every = _pages(list(_items(view)))
    shown = every[min(page, len(every) - 1)]
    title = _title(view, len(every), page)
    marks = _legend(view)
    legend = [line(texts.HOW_TO_READ.format(legend=marks))] if marks else []
    lines = [line(title), *(one.line for one in shown), *legend]
    return Message(
        text=spoken(lines),
        blocks=(
            header(title),
            *_blocks(shown),
            *([_block(legend)] if legend else []),
            *_rows(view, shown, page, len(every)),
        ),
    )


def pages(view: TreeView) -> int:
    return len(_pages(list(_items(view))))


def _title(view: TreeView, pages: int, page: int) -> str:
    which = f" · {min(page, pages - 1) + 1} of {pages}" if pages > 1 else ""
    return f"{texts.TREE}, {_day(view)}{which}"


def _day(view: TreeView) -> str:
    """ "20 Nov", or "begins on 4 Jan"."""
    return phrases.short_day(view.on) if view.begins is None else phrases.begins(view.begins)


def _legend(view: TreeView) -> str:
    there = dict.fromkeys(one.health for one in view.every() if one.health)
    return " ".join(f"{HEALTH[one]} {texts.MARKS[one]}" for one in texts.MARKS if one in there)


def _items(view: TreeView) -> Iterator[_Item]:
    for team in view.teams:
        depth = min(team.depth, DEEPEST)
        said = percent(team.progress) if team.every() else texts.NO_OBJECTIVES
        yield _Item(line(bold(name(team.name, 80)), f" · {said}"), depth, team)
        for one in team.objectives:
            yield _Item(_objective(one), depth + 1, team, one)
        for who in team.people:
            yield _Item(line(bold(person(who.name))), depth + 1, team)
            for one in who.objectives:
                yield _Item(_objective(one), depth + 2, team, one)


def _objective(one: TreeObjective) -> Line:
    """ "3 Grow renewals · 38 % of 55 %, red · supports “Be loved” 🔴": marks last, for those who hear it."""
    mark = f" {texts.MARKS[one.health]}" if one.health else ""
    return line(f"{one.number} ", bold(name(one.title, TITLE_MOST)), f" · {' · '.join(_said(one))}{mark}")


def _said(one: TreeObjective) -> list[str]:
    said = [_figures(one)]
    if one.private:
        said.append(texts.PRIVATE)
    if one.supports:
        said.append(supports(one.supports))
    if one.island:
        said.append(f"{texts.ISLAND} 🏝")
    if one.supporters:
        said.append(texts.supporters(one.supporters, percent(one.supporters_progress)))
    return [*said, *needs(one.needs)]


def _figures(one: TreeObjective) -> str:
    """ "38 % of 55 %, red"."""
    if one.progress is None or one.health is None:
        return percent(one.progress)
    return f"{one.progress} % of {one.expected} %, {HEALTH[one.health]}"


def needs(every: Sequence[Need]) -> list[str]:
    """ "needs Carrier data of UED, confirmed"."""
    return [
        texts.NEED.format(on=name(one.on, OTHER_MOST), team=name(one.team, 30), state=need_state(one))
        for one in every
    ]


def need_state(one: Need) -> str:
    return texts.DROPPED if one.dropped else texts.STATES[one.state]


def _pages(items: Sequence[_Item]) -> list[list[_Item]]:
    """A page that begins within a team begins with its name."""
    pages: list[list[_Item]] = []
    left = lines = 0
    for one in items:
        size = weight([one.line])
        if not pages or size > left or lines >= LINES_MOST:
            again = [_again(one)] if pages and one.objective else []
            pages.append(again)
            left, lines = PAGE_MOST - weight([each.line for each in again]), len(again)
        pages[-1].append(one)
        left, lines = left - size, lines + 1
    return pages


def _again(one: _Item) -> _Item:
    return _Item(line(bold(name(one.team.name, 80)), " …"), min(one.team.depth, DEEPEST), one.team)


def _blocks(items: Sequence[_Item]) -> Iterator[dict[str, Any]]:
    """A block for each team: its name and lists, whose indentation survives any font and any width."""
    for _, each in groupby(items, key=lambda one: one.team.id):
        elements = [
            RichTextListElement(
                style="bullet", indent=indent, elements=[section(one.line) for one in of_indent]
            )
            for indent, of_indent in groupby(each, key=lambda one: one.indent)
        ]
        yield dict(RichTextBlock(elements=elements).to_dict())


def _block(lines: Sequence[Line]) -> dict[str, Any]:
    return dict(RichTextBlock(elements=[section(one) for one in lines]).to_dict())


def _rows(view: TreeView, shown: Sequence[_Item], page: int, pages: int) -> Iterator[dict[str, Any]]:
    here = view.team_id or 0
    more = (page + 1) % pages
    supported = [one.objective for one in shown if one.objective and one.objective.supporters]
    yield buttons(
        Button(texts.MORE, ids.TREE_MORE, ids.tree_value(here, more)) if pages > 1 else None,
        Button(texts.TREE_PICTURE, ids.TREE_PICTURE, ids.tree_value(here, 0)),
        _menu_of_teams(view),
        Menu(
            texts.WHO_SUPPORTS,
            ids.SUPPORTERS,
            tuple((f"{one.number} {name(one.title, 60)}", str(one.id)) for one in supported),
        )
        if supported
        else None,
    )


def _menu_of_teams(view: TreeView) -> Menu | None:
    """To narrow it to one of them; nothing to choose where there is only one."""
    if len(view.teams) == 1:
        return None
    options = tuple((name(one.name, 70), ids.tree_value(one.id, 0)) for one in view.teams)
    return Menu(texts.ONE_TEAM, ids.TREE_TEAM, options[:OPTIONS_MOST])


# --- the picture's words ---------------------------------------------------------------------------------


def picture_title(view: TreeView) -> str:
    day = _day(view)
    if view.team_id is None:
        return texts.TREE_CHART_TITLE.format(day=day)
    return texts.TREE_CHART_OF.format(team=name(view.teams[0].name, 80), day=day)


def picture_words(view: TreeView) -> list[dict[str, Any]]:
    return list(picture_instead(view).blocks)


def picture_instead(view: TreeView, why: str = "") -> Message:
    """What the picture shows, in words; where there can be none, with the reason."""
    lines = [line(bold(picture_title(view))), *([line(why)] if why else [])]
    left = WORDS_MOST - weight(lines)
    every = view.every()
    for place, one in enumerate(every):
        told = line(f"{one.number} ", name(one.title, OTHER_MOST), f" · {_figures(one)}")
        left -= weight([told])
        if left < 0:
            lines.append(line(texts.TREE_LEFT.format(more=phrases.more(len(every) - place))))
            break
        lines.append(told)
    return message([lines])


def alt_text(view: TreeView) -> str:
    """For whoever cannot see the picture: where each objective stands."""
    said = ""
    for most in ALT_TITLES:
        each = (
            texts.TREE_TOLD.format(
                number=one.number, title=name(one.title, most) if most else "", said=_figures(one)
            )
            for one in view.every()
        )
        said = " ".join([f"{picture_title(view)}.", *each])
        if len(said) <= ALT_MOST:
            break
    return said[:ALT_MOST]
