"""Whatever people do with a draft: what was said of it is kept, once, with who said it and who decided first."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.okr.measures import Move
from bot.okr.model import Proposal
from bot.okr.writing.draft_views import Which
from bot.okr.writing.drafts import KeyResultDraft, ObjectiveDraft
from bot.services.drafting import beginning, deciding, draft_shown, proposing, starting_cycles
from bot.services.drafting.draft_sets import NoDraft
from bot.services.drafting.proposing import About, NothingNew
from bot.services.okrs.draft_checks import Refused
from bot.services.okrs.writable import CannotWrite
from bot.services.permissions import NotAllowed
from bot.storage import okr_cycles, okrs, proposals
from bot.storage.engine import Database, open_database
from tests.services.drafted import draft_of
from tests.services.teebee import HANNAH, JACK, JIM, TeeBee, at, move_in

NOT_DONE = (NoDraft, NotAllowed, Refused, CannotWrite, NothingNew)
WHO = st.sampled_from([HANNAH, JACK, JIM])
WORDS = st.sampled_from(["yes", "no", "perhaps"])
WHAT = st.integers(0, 5)
DEEDS = st.one_of(
    st.tuples(st.just("comment"), WHO, WHAT, WORDS),
    st.tuples(st.just("propose"), WHO, WHAT, WORDS),
    st.tuples(st.just("accept"), WHO, WHAT, WORDS),
    st.tuples(st.just("decline"), WHO, WHAT, WORDS),
    st.tuples(st.just("drop"), WHO, WHAT, WORDS),
    st.tuples(st.just("start"), WHO, WHAT, WORDS),
    st.tuples(st.just("give up"), WHO, WHAT, WORDS),
)


@pytest.fixture
def files(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Any]:
    """A fresh database each time it is called."""
    opened: list[Database] = []
    numbers = count()

    def fresh() -> Database:
        path = tmp_path / f"{next(numbers)}.db"
        path.write_bytes(migrated_sqlite.read_bytes())
        opened.append(open_database(f"sqlite:///{path}"))
        return opened[-1]

    yield fresh
    for one in opened:
        one.close()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=12))
def test_nothing_that_was_said_is_ever_lost(files: Any, deeds: list[tuple[str, str, int, str]]) -> None:
    teebee = move_in(files())
    cycle, _, _ = draft_of(teebee)
    which = Which(teebee.team.id, cycle)
    before: list[Proposal] = []
    for deed in deeds:
        with suppress(*NOT_DONE):
            do(teebee, which, deed)
        now = kept(teebee, which)
        assert [one.id for one in now[: len(before)]] == [one.id for one in before]
        for was, one in zip(before, now, strict=False):
            assert (one.by_id, one.at, one.kind, one.text, one.fields) == (
                *(was.by_id, was.at, was.kind, was.text, was.fields),
            )
            if was.outcome is not None:
                assert one == was
        before = now
        written(teebee, which, now)


def kept(teebee: TeeBee, which: Which) -> list[Proposal]:
    with teebee.database.reading() as connection:
        return proposals.of_set(connection, *which)


def written(teebee: TeeBee, which: Which, said: list[Proposal]) -> None:
    """What was accepted names what came of it, which is there, dropped perhaps; and each only once."""
    came = [
        (one.objective_id, one.key_result_id) for one in said if one.outcome and one.outcome == "accepted"
    ]
    with teebee.database.reading() as connection:
        for objective_id, key_result_id in came:
            assert okrs.objectives_by_ids(connection, [objective_id or 0])
            if key_result_id is not None:
                assert okrs.key_results_by_ids(connection, [key_result_id])
        if okr_cycles.set_of(connection, *which) is None:
            return
    open_ones = [one for one in said if one.kind != "comment" and one.outcome is None]
    shown = draft_shown.load(teebee.database, HANNAH, which)
    assert {one.proposal.id for one in shown.open} <= {one.id for one in open_ones}


def do(teebee: TeeBee, which: Which, done: tuple[str, str, int, str]) -> None:
    deed, who, what, word = done
    database = teebee.database
    said = kept(teebee, which)
    with database.reading() as connection:
        aims = okrs.of_team(connection, which.team_id, [which.cycle_id], drafts=True)
    results = [one for each in aims for one in each.key_results]
    result = results[what % len(results)].id if results else None
    match deed:
        case "comment":
            about = About(None, result) if what % 2 else About()
            proposing.comment(database, who, which, about, word, now=at(10, what))
        case "propose":
            draft: ObjectiveDraft | KeyResultDraft = KeyResultDraft(f"Result {word}", Move(0, what + 1))
            about = (About(aims[0].id if aims else None), About(None, result), About())[what % 3]
            if what % 3 == 2:
                draft = ObjectiveDraft(f"Aim {word}")
            proposing.propose(database, who, which, about, draft, why=word, now=at(11, what))
        case "accept" | "decline" if said:
            number = said[what % len(said)].id
            if deed == "decline":
                deciding.decline(database, who, number, word, now=at(12, what))
                return
            seen = deciding.load(database, who, number).seen
            deciding.accept(database, who, number, word, seen=seen, now=at(12, what))
        case "drop" if result is not None:
            teebee.drop(result)
        case "start" if what == 0:
            starting_cycles.start(database, who, which, at(13))
        case "give up" if what == 0:
            beginning.give_up(database, who, which, at(14))
