"""What a key result is measured by, as columns of its row."""

from typing import Any

from sqlalchemy.engine import Row

from bot.okr import measure_fields
from bot.okr.measures import Measure


def columns(measure: Measure) -> dict[str, Any]:
    return measure_fields.to_fields(measure)


def read(row: Row[Any]) -> Measure:
    return measure_fields.from_fields(row._asdict())
