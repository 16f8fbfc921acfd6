"""What importing a file does, in numbers."""

from collections.abc import Sequence

from bot.services.files.import_plan import KeyResultPlan, ObjectivePlan, Plan


def summary(plan: Plan) -> str:
    """ "Objectives: 1 new, 1 changed, 3 as they were. Key results: 4 new, 2 changed, 9 as they were."; what
    only stands in another place now is as it was."""
    objectives = [one for team in plan.teams for one in team.objectives]
    key_results = [each for one in objectives for each in one.key_results]
    linked = {link.aim for link in plan.links}
    changed = [
        one
        for one in objectives
        if one.changes or any((aim.cycle, aim.title) == (one.cycle, one.wanted.title) for aim in linked)
    ]
    said = (
        _counted("Objectives", objectives, changed),
        _counted("Key results", key_results, [one for one in key_results if one.changes]),
    )
    return " ".join(filter(None, said))


def _counted(
    what: str,
    items: Sequence[ObjectivePlan] | Sequence[KeyResultPlan],
    changed: Sequence[ObjectivePlan] | Sequence[KeyResultPlan],
) -> str:
    new = sum(one.known is None for one in items)
    other = sum(one.known is not None for one in changed)
    same = len(items) - new - other
    numbers = ((new, "new"), (other, "changed"), (same, "as they were" if same > 1 else "as it was"))
    told = ", ".join(f"{number:,} {word}" for number, word in numbers if number)
    return f"{what}: {told}." if told else ""
