"""Who may do what (docs/method.md, "Who may do what")."""

from collections.abc import Collection


def may_check_in(
    person_id: int, *, owner_id: int, delegate_id: int | None, leads: Collection[int], owner_away: bool
) -> bool:
    """Whether somebody may say how a key result stands: its owner, a lead of its team, or its delegate while
    the owner is away."""
    return person_id == owner_id or person_id in leads or (owner_away and person_id == delegate_id)
