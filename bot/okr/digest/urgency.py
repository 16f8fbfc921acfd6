"""What a team should talk about, and in which order (docs/method.md, "The digest")."""

from collections.abc import Iterable

from bot.okr.health import Health, Standing, confidence_fell


def group(standing: Standing) -> int | None:
    """Which group of things to talk about a key result falls in, the most pressing 0; None: in none."""
    if standing.health in {Health.CLOSED, Health.AWAY, Health.NO_DATA}:
        return None
    fits = (
        standing.health is Health.RED,
        confidence_fell(standing),
        standing.disagreement is not None,
        standing.health is Health.SILENT,
        standing.health is Health.YELLOW,
    )
    return fits.index(True) if any(fits) else None


def pressing(standings: Iterable[Standing]) -> list[Standing]:
    """Those to talk about, the most pressing first; of one group, the largest gap."""
    grouped = [(place, one) for one in standings if (place := group(one)) is not None]
    return [one for _, one in sorted(grouped, key=lambda found: (found[0], -found[1].gap))]
