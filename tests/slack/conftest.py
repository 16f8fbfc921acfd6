"""The whole bot, once a test and on both databases."""

from collections.abc import Iterator

import pytest

from tests.slack.friday import Friday, friday_on


@pytest.fixture
def friday(database_url: str) -> Iterator[Friday]:
    """Okra on a workspace with Hannah, Jack and Jim; no OKRs yet (`friday.move_in()`), Friday 09:00."""
    with friday_on(database_url) as running:
        yield running
