"""Who may check in for whom."""

import pytest

from bot.okr.rights import may_check_in

OWNER, DELEGATE, LEAD, SOMEBODY = 1, 2, 3, 4


@pytest.mark.parametrize(
    ("person", "owner_away", "expected"),
    [
        (OWNER, False, True),
        (OWNER, True, True),
        (LEAD, False, True),
        (LEAD, True, True),
        (DELEGATE, False, False),
        (DELEGATE, True, True),
        (SOMEBODY, False, False),
        (SOMEBODY, True, False),
    ],
)
def test_the_owner_a_lead_and_while_the_owner_is_away_the_delegate(
    person: int, *, owner_away: bool, expected: bool
) -> None:
    assert (
        may_check_in(person, owner_id=OWNER, delegate_id=DELEGATE, leads=[LEAD], owner_away=owner_away)
        is expected
    )


def test_without_a_delegate_nobody_is_it() -> None:
    assert not may_check_in(SOMEBODY, owner_id=OWNER, delegate_id=None, leads=[], owner_away=True)
