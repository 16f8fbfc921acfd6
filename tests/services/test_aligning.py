"""Aligning where not everybody sees everything, and two at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.okr.model import Supported
from bot.services.alignment import aligning
from bot.services.alignment.aligning import Aligned, CannotAlign, WhyNot
from bot.services.asking import rounds as round_steps
from bot.services.digest import digests
from bot.storage import changes, okrs, owing, rounds
from bot.storage.engine import Database
from tests.services.teebee import HANNAH, JACK, at, move_in
from tests.services.zenith import Zenith, zenith

NOW = at(11)
NOTHING = Aligned()


@pytest.fixture
def company(database: Database) -> Zenith:
    return zenith(move_in(database))


def save(company: Zenith, who: str, objective_id: int, wanted: Aligned, began: Aligned = NOTHING) -> None:
    aligning.save(company.database, who, objective_id, wanted, began=began, reason="because", now=NOW)


def why(company: Zenith, who: str, objective_id: int, wanted: Aligned) -> WhyNot:
    with pytest.raises(CannotAlign) as refused:
        save(company, who, objective_id, wanted)
    return refused.value.why


def test_what_its_lead_may_not_see_stays_as_it_is(company: Zenith) -> None:
    hidden = company.add(company.company, "Buy Acme", company.jim, "Shares", private=True)
    served = company.add(company.ued, "Quietly", company.jim, "Talks", private=True)
    value = company.value()
    company.aligned(value, parent=Supported(hidden.id), serves=frozenset({served.id}))
    view = aligning.load(company.database, HANNAH, value.id, NOW)
    assert (view.parent, view.serves, view.gone) == (None, (), ())
    save(company, HANNAH, value.id, Aligned(None, frozenset({company.screens.id})))
    saved = company.value()
    assert saved.parent == Supported(hidden.id)
    assert saved.serves == {served.id, company.screens.id}
    save(
        company,
        HANNAH,
        value.id,
        Aligned(Supported(company.loved.id), frozenset({company.screens.id})),
        Aligned(None, frozenset({company.screens.id})),
    )
    with company.database.reading() as connection:
        kept = changes.of_team(connection, company.teebee.team.id, None, NOW)
    assert all("Acme" not in f"{one.before} {one.after}" for one in kept)
    assert company.value().parent == Supported(company.loved.id)


def test_what_everybody_sees_supports_nothing_private(company: Zenith) -> None:
    hidden = company.add(
        company.company,
        "Buy Acme",
        company.jim,
        "Shares",
        private=True,
        readers=frozenset({company.teebee.hannah.id}),
    )
    value = company.value()
    assert hidden.title not in {one.title for one in aligning.offered(company.database, HANNAH, value.id, "")}
    assert why(company, HANNAH, value.id, Aligned(Supported(hidden.id))) is WhyNot.NOT_ABOVE
    company.aligned(value, private=True)
    others = company.add(company.company, "Sell Acme", company.jim, "Shares sold", private=True)
    assert others.title not in {one.title for one in aligning.offered(company.database, HANNAH, value.id, "")}
    assert why(company, HANNAH, value.id, Aligned(Supported(others.id))) is WhyNot.GONE
    assert hidden.title in {one.title for one in aligning.offered(company.database, HANNAH, value.id, "")}
    save(company, HANNAH, value.id, Aligned(Supported(hidden.id)))
    assert company.value().parent == Supported(hidden.id)


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        (lambda company: Aligned(Supported(company.screens.id)), WhyNot.NOT_ABOVE),
        (lambda company: Aligned(serves=frozenset({company.value().id})), WhyNot.NOT_ABOVE),
        (lambda company: Aligned(Supported(company.value().id)), WhyNot.NOT_ABOVE),
        (
            lambda company: Aligned(Supported(company.loved.id, company.screens.key_results[0].id)),
            WhyNot.GONE,
        ),
        (lambda _: Aligned(Supported(4711)), WhyNot.GONE),
        (lambda _: Aligned(serves=frozenset({4711, 2**31 - 1})), WhyNot.GONE),
    ],
    ids=["another team's", "its own team's", "itself", "another's key result", "none", "none served"],
)
def test_forged_choices_are_refused(company: Zenith, wanted: object, refused: WhyNot) -> None:
    assert callable(wanted)
    assert why(company, HANNAH, company.value().id, wanted(company)) is refused
    assert company.value().parent is None


def test_two_at_once_make_no_circle(company: Zenith) -> None:
    value = company.value()

    def first() -> bool:
        return accepted(company, HANNAH, value.id, company.screens.id)

    def second() -> bool:
        return accepted(company, company.jim.slack_id, company.screens.id, value.id)

    company.aligned(company.screens, parent=None)
    with ThreadPoolExecutor(2) as both:
        done = [one.result() for one in [both.submit(first), both.submit(second)]]
    assert sorted(done) == [False, True]


def accepted(company: Zenith, who: str, objective_id: int, served: int) -> bool:
    try:
        save(company, who, objective_id, Aligned(serves=frozenset({served})))
    except CannotAlign as refused:
        return refused.why is not WhyNot.LOOP
    return True


def test_a_reason_is_asked_for_only_where_something_changes(company: Zenith) -> None:
    online = company.online()
    with pytest.raises(CannotAlign) as refused:
        aligning.save(
            company.database,
            JACK,
            online.id,
            Aligned(Supported(company.loved.id)),
            began=NOTHING,
            reason="",
            now=NOW,
        )
    assert refused.value.why is WhyNot.NO_REASON
    aligning.save(company.database, JACK, online.id, NOTHING, began=NOTHING, reason="", now=NOW)


def test_what_is_private_changes_nothing_in_a_digest(company: Zenith) -> None:
    """Made private, an objective with its answers is as if it had been dropped, but for its owner's words."""
    round_steps.step(company.database, at(10))
    with company.database.reading() as connection:
        (round_,) = rounds.newest(connection, company.teebee.team.id, limit=1)
        asked = owing.in_round(connection, round_.id)
    assert len(asked) == 6
    online = company.online()
    with company.database.transaction() as connection:
        okrs.save_objective(connection, replace(online, private=True))
    private = digests.load(company.database, round_.id)
    assert private.asked == 1
    assert {one.standing.key_result.objective_id for one in private.not_judged} == {company.value().id}
    with company.database.transaction() as connection:
        okrs.save_objective(connection, replace(online, private=False))
        for one in online.key_results:
            okrs.drop_key_result(connection, one.id, NOW)
    dropped = digests.load(company.database, round_.id)
    assert replace(private, waiting_for=(), asked=0) == replace(dropped, waiting_for=(), asked=0)
