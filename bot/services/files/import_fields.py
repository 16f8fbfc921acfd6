"""Fields of objectives and key results in a file, compared with what is kept."""

from dataclasses import replace

from bot.okr.model import KeyResult, Objective, Team
from bot.okr.outline import OutlineObjective, OutlineTeam, Place
from bot.services.files.import_measures import change
from bot.services.files.import_plan import FieldChange, Plan, says
from bot.storage import okr_cycles, okrs
from bot.storage.engine import Connection


def wanted_objective(item: OutlineObjective, known: Objective | None, position: int) -> Objective:
    """Its row, with what the file does not say as it is; whom and what it names comes with the writing."""
    row = known or Objective(0, 0, 0, "", 0)
    row = replace(row, title=item.title, position=position)
    for name in ("kind", "theme", "personal", "private"):
        if known is None or says(item.place, name):
            row = replace(row, **{name: getattr(item, name)})
    return row


def objective_changes(place: Place, known: Objective, wanted: Objective) -> list[FieldChange]:
    """Of what it is, not of its title, whose it is, and what it supports."""
    found = [
        change(name, str(before) or "none", str(after) or "none", place)
        for name, before, after in (("kind", known.kind, wanted.kind), ("theme", known.theme, wanted.theme))
        if before != after
    ]
    flags = (
        ("personal", known.personal, wanted.personal),
        ("private", known.private, wanted.private),
    )
    return [*found, *(change(name, _flag(was), _flag(now), place) for name, was, now in flags if was != now)]


def readers_changes(plan: Plan, item: OutlineObjective, known: Objective) -> list[FieldChange]:
    if not says(item.place, "readers"):
        return []
    before = {plan.kept.slack_ids[one]: plan.kept.names[one] for one in known.readers}
    profiles = [plan.resolved.people[key] for key in item.readers if key in plan.resolved.people]
    after = {one.slack_id: one.name for one in profiles}
    if before.keys() == after.keys() or len(profiles) < len(item.readers):
        return []
    return [change("readers", _names(before), _names(after), item.place)]


def measuring_changes(place: Place, known: KeyResult, wanted: KeyResult) -> list[FieldChange]:
    """Of how a key result is looked at, beside what it is measured by."""
    fields = (
        ("indicator", known.indicator or "none", wanted.indicator or "none"),
        ("every", _weeks(known.every), _weeks(wanted.every)),
    )
    return [change(name, before, after, place) for name, before, after in fields if before != after]


def compare_drafts(
    connection: Connection, plan: Plan, item: OutlineTeam, known: Team | None
) -> tuple[str, ...]:
    """The names of the cycles of which the team gets a draft. What has started cannot become one again."""
    begun = []
    for name in item.drafts:
        cycle = plan.cycles[name].known if name in plan.cycles else None
        if known is not None and cycle is not None:
            kept = okr_cycles.set_of(connection, known.id, cycle.id)
            if kept is not None and kept.started_at is None:
                continue
            if kept is not None or okrs.of_team(connection, known.id, [cycle.id]):
                message = f"{item.name}’s OKRs of {name} have started; they are no draft any more"
                plan.refuse(item.place.at("drafts"), message)
                continue
        plan.lines.append(f"{item.name}: its OKRs of {name} are a draft")
        begun.append(name)
    return tuple(begun)


def _flag(value: bool) -> str:  # noqa: FBT001 - it is what it words
    return "yes" if value else "no"


def _names(people: dict[str, str]) -> str:
    return ", ".join(sorted(people.values())) or "nobody"


def _weeks(every: int) -> str:
    return "every week" if every == 1 else f"every {every} weeks"
