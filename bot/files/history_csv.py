"""Writes what was said of key results as a table, a row an update. It is for reading, not for importing."""

import csv
import io
from collections.abc import Iterable

from bot.files.cells import safe_cell
from bot.files.listed import joined_in_cell
from bot.files.numbers import written
from bot.services.files.export_history import Said, shown

COLUMNS = (
    *("date", "cycle", "team", "objective", "objective_id", "key_result", "key_result_id", "dropped"),
    *("value", "unit", "steps_done", "confidence", "drove"),
    *("blocker_kind", "blocker_owner", "blocker_owner_slack", "blocker_fix"),
    *("by", "by_slack", "at", "edited"),
)


def write_history(history: Iterable[Said]) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for said in history:
        cells = _cells(said)
        table.writerow([safe_cell(cells[column]) for column in COLUMNS])
    return text.getvalue()


def _cells(said: Said) -> dict[str, str]:
    update = said.update
    blocker = update.blocker
    return {
        "date": said.on.isoformat(),
        "cycle": said.cycle.name,
        "team": said.team.name,
        "objective": said.objective.title,
        "objective_id": str(said.objective.id),
        "key_result": said.key_result.title,
        "key_result_id": str(said.key_result.id),
        "dropped": "yes" if said.dropped else "",
        "value": str(written(update.value)),
        "unit": said.key_result.unit,
        "steps_done": joined_in_cell(list(said.steps_done)),
        "confidence": str(update.confidence),
        "drove": update.drove,
        "blocker_kind": blocker.kind or "" if blocker else "",
        "blocker_owner": shown(said.blocker_owner),
        "blocker_owner_slack": said.blocker_owner.slack_id if said.blocker_owner else "",
        "blocker_fix": blocker.fix if blocker else "",
        "by": shown(said.by),
        "by_slack": said.by.slack_id if said.by else "",
        "at": said.at.isoformat(timespec="seconds") if said.at else "",
        "edited": "yes" if said.edited else "",
    }
