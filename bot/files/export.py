"""Writes an outline as an OKR file in YAML, which reads back as the same outline."""

from datetime import date, time
from typing import Any

import yaml

from bot.files.numbers import written
from bot.okr.measures import Keep, Measure, Milestone, Move, Step
from bot.okr.model import DAY_NAMES, CheckInTimes
from bot.okr.outline import (
    Outline,
    OutlineCycle,
    OutlineKeyResult,
    OutlineObjective,
    OutlinePerson,
    OutlineTeam,
    Reference,
)


class _OneLine(dict[str, Any]):
    """Fields written in one line: {name: …, starts: …}."""


class _OneLineList(list[str]):
    """A list written in one line: [hannah, jack]."""


class _Dumper(yaml.SafeDumper):
    """Writes the two above in one line, everything else in blocks, and indents lists below their key."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        super().increase_indent(flow, indentless=False)


_Dumper.add_representer(
    _OneLine,
    lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True),
)
_Dumper.add_representer(
    _OneLineList,
    lambda dumper, value: dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True),
)


def write_yaml(outline: Outline) -> str:
    """The outline as YAML, ids included; `answer_by` is the same for everybody and not written."""
    top: dict[str, Any] = {"workspace": _OneLine(timezone=outline.zone)} if outline.zone else {}
    if outline.cycle is not None:
        top["cycle"] = _cycle(outline.cycle)
    if outline.cycles:
        top["cycles"] = [_cycle(one) for one in outline.cycles]
    if outline.people:
        top["people"] = {person.key: _person(person) for person in outline.people}
    if outline.teams:
        top["teams"] = [_team(team) for team in outline.teams]
    # No line is folded, so that a key result stays in one line, however long its title.
    return yaml.dump(top, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))


def _cycle(cycle: OutlineCycle) -> _OneLine:
    return _OneLine(name=cycle.name, starts=cycle.starts, ends=cycle.ends)


def _person(person: OutlinePerson) -> _OneLine:
    return _OneLine(_given(email=person.email, slack=person.slack))


def _team(team: OutlineTeam) -> dict[str, Any]:
    meeting = team.check_in.meeting
    return _given(
        name=team.name,
        channel=team.channel,
        timezone=team.zone,
        parent=team.parent or None,
        leads=_OneLineList(team.leads),
        members=_OneLineList(team.members) or None,
        observers=_OneLineList(team.observers) or None,
        check_in=_check_in(team.check_in),
        meeting=None if meeting is None else _OneLine(day=DAY_NAMES[meeting.day], at=_hour(meeting.at)),
        start=None if team.start else False,
        drafts=_OneLineList(team.drafts) or None,
        objectives=[_objective(objective) for objective in team.objectives] or None,
    )


def _check_in(times: CheckInTimes) -> _OneLine:
    return _OneLine(
        _given(
            day=DAY_NAMES[times.day],
            prompt=_hour(times.prompt),
            remind=_hour(times.remind),
            digest=None if times.digest is None else _hour(times.digest),
        )
    )


def _objective(objective: OutlineObjective) -> dict[str, Any]:
    return _given(
        id=objective.id,
        title=objective.title,
        owner=objective.owner,
        cycle=objective.cycle or None,
        kind=str(objective.kind),
        theme=objective.theme or None,
        personal=objective.personal or None,
        private=objective.private or None,
        readers=_OneLineList(objective.readers) or None,
        supports=None if objective.supports is None else _reference(objective.supports),
        serves=[_reference(one) for one in objective.serves] or None,
        key_results=[_key_result(key_result) for key_result in objective.key_results] or None,
    )


def _key_result(key_result: OutlineKeyResult) -> _OneLine:
    return _OneLine(
        _given(
            id=key_result.id,
            title=key_result.title,
            owner=key_result.owner,
            delegate=key_result.delegate,
            **_measure(key_result.measure),
            unit=key_result.unit or None,
            weight=None if key_result.weight == 1 else written(key_result.weight),
            indicator=None if key_result.indicator is None else str(key_result.indicator),
            every=None if key_result.every == 1 else key_result.every,
            depends_on=[_reference(one) for one in key_result.depends_on] or None,
            current=None if key_result.current is None else written(key_result.current),
        )
    )


def _reference(one: Reference) -> _OneLine:
    return _OneLine(
        _given(
            id=one.id,
            cycle=one.cycle or None,
            team=one.team or None,
            objective=one.objective or None,
            key_result=one.key_result or None,
        )
    )


def _measure(measure: Measure) -> dict[str, Any]:
    match measure:
        case Move(start, target, checkpoints):
            passed = [_OneLine(on=one.on, value=written(one.value)) for one in checkpoints]
            return {"start": written(start), "target": written(target), "checkpoints": passed or None}
        case Keep(low, high):
            return {
                name: None if bound is None else written(bound)
                for name, bound in (("at_least", low), ("at_most", high))
            }
        case Milestone(()):
            return {"milestone": True}
        case Milestone(steps):
            return {"steps": [_step(one) for one in steps]}


def _step(step: Step) -> _OneLine:
    weight = None if step.weight == 1 else written(step.weight)
    return _OneLine(_given(title=step.title, weight=weight, due=step.due))


def _hour(hour: time) -> str:
    return f"{hour:%H:%M}"


def _given(**values: str | float | date | dict[str, Any] | list[Any] | None) -> dict[str, Any]:
    """The values that there are."""
    return {name: value for name, value in values.items() if value is not None}
