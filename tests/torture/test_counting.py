"""What counts of the answers, on paper."""

from dataclasses import replace
from typing import Any

import pytest

from tests.torture import counting
from tests.torture.counting import BLURRED
from tests.torture.deeds import Answer
from tests.torture.handmade import FRIDAY, HANNAH, KR1, KR2, SAID, answer, came_in, owed, stored

FORM = answer(8, "form", values={KR1: 10_003.0, KR2: 10_002.0}, actions=("Call",))
OLDER = answer(3, text="KR1 10000", values={1: 10_000.0})
EDIT = answer(9, "edit", ts=SAID.ts, text="KR1 10009", values={1: 10_009.0})
ASIDE = answer(6, text="Back after lunch")
NEXT = answer(7, text="KR2 10007; next: Call", values={2: 10_007.0}, actions=("Call",))
ONE, BOTH = {(KR1, FRIDAY): [10_001.0]}, {(KR1, FRIDAY): [10_001.0], (KR2, FRIDAY): [10_002.0]}


def found(given: list[Answer], **changes: Any) -> list[str]:
    return [str(finding) for finding in counting.check(given, stored(**changes))]


def revisions(*of_first: float) -> dict[Any, list[float]]:
    return {(KR1, FRIDAY): list(of_first), (KR2, FRIDAY): [10_002.0]}


def test_what_was_said_and_is_stored_is_well() -> None:
    assert found([SAID]) == []


def test_what_never_came_in_is_lost() -> None:
    (lost,) = found([SAID], revisions={}, inbox=[])
    assert lost == (f"lost: message 5 of {HANNAH} on {FRIDAY} (KR1 10001; KR2 10002) never came in")


def test_what_came_in_and_is_stored_in_part_is_lost() -> None:
    (lost,) = found([SAID], revisions=ONE)
    assert lost.endswith("is stored nowhere")


def test_a_form_seen_taken_has_to_be_stored() -> None:
    (lost,) = found([SAID, FORM], actions={(HANNAH, FRIDAY): ("Call",)})
    assert lost.startswith("lost: form 8")


def test_a_form_seen_to_fail_may_be_stored_or_not() -> None:
    failed = answer(8, "form", values={KR1: 10_003.0}, actions=(), taken=False)
    assert found([SAID, failed]) == []
    assert found([SAID, failed], revisions=revisions(10_001.0, 10_003.0)) == []


def test_an_older_message_may_be_kept_instead() -> None:
    assert found([OLDER, SAID], kept={HANNAH: [OLDER.text]}) == []


def test_an_older_message_must_not_count() -> None:
    (lost,) = found([OLDER, SAID], revisions=revisions(10_001.0, 10_000.0))
    assert "was the last word on key result 71, but [10000.0] counts" in lost


def test_the_last_message_must_not_only_be_kept() -> None:
    (lost,) = found([OLDER, SAID], revisions=revisions(10_000.0), kept={HANNAH: [SAID.text]})
    assert "was the last word on key result 71" in lost


def test_what_is_beside_the_point_is_kept() -> None:
    assert found([SAID, ASIDE], kept={HANNAH: [ASIDE.text]}) == []
    assert len(found([SAID, ASIDE])) == 1


@pytest.mark.parametrize("first_came_in", [True, False])
def test_an_edit_takes_the_place_of_its_message(first_came_in: bool) -> None:  # noqa: FBT001 - a table
    values = [10_001.0, 10_009.0] if first_came_in else [10_009.0]
    stands = {(KR1, FRIDAY): values, **({(KR2, FRIDAY): [10_002.0]} if first_came_in else {})}
    assert found([SAID, EDIT], revisions=stands, inbox=[came_in(EDIT)]) == []


def test_an_edit_that_never_came_in_is_lost() -> None:
    (lost,) = found([SAID, EDIT])
    assert lost.startswith("lost: edit 9")
    assert lost.endswith("never came in")


def test_the_last_actions_count() -> None:
    given, values = [SAID, NEXT], {**ONE, (KR2, FRIDAY): [10_002.0, 10_007.0]}
    assert found(given, revisions=values, actions={(HANNAH, FRIDAY): ("Call",)}) == []
    (lost,) = found(given, revisions=values, actions={(HANNAH, FRIDAY): ("Write",)})
    assert "was the last word on next week, but ('Write',) counts" in lost


def test_the_actions_of_words_may_stand_beside_others_or_be_kept() -> None:
    values, more = {(KR2, FRIDAY): [10_007.0]}, ("Write", "Sing", "Call")
    assert found([NEXT], revisions=values, actions={(HANNAH, FRIDAY): more}) == []
    assert found([NEXT], revisions=values, kept={HANNAH: ["Call"]}) == []
    assert len(found([NEXT], revisions=values, actions={(HANNAH, FRIDAY): more[:2]})) == 1


def test_words_put_in_the_place_of_others_may_take_their_actions_away() -> None:
    values = {(KR1, FRIDAY): [10_009.0], (KR2, FRIDAY): [10_007.0]}
    assert (
        found([NEXT, replace(EDIT, ts=NEXT.ts)], revisions=values, inbox=[came_in(NEXT), came_in(EDIT)]) == []
    )


def test_actions_of_a_message_that_was_kept_need_not_count() -> None:
    assert found([NEXT], revisions={(KR2, FRIDAY): [10_007.0]}, kept={HANNAH: [NEXT.text]}) == []


def test_a_form_takes_all_actions_away() -> None:
    empty = answer(8, "form", values={KR1: 10_003.0, KR2: 10_007.0}, actions=())
    values = {(KR1, FRIDAY): [10_003.0], (KR2, FRIDAY): [10_007.0]}
    assert found([NEXT, empty], revisions=values) == []
    assert len(found([NEXT, empty], revisions=values, actions={(HANNAH, FRIDAY): ("Call",)})) == 1


def test_what_is_stored_twice_is_doubled() -> None:
    later = answer(6, text="KR1 10006", values={1: 10_006.0})
    again = found([SAID, later], revisions=revisions(10_001.0, 10_006.0, 10_001.0, 10_006.0))
    assert [one.partition(":")[0] for one in again] == ["doubled", "doubled"]
    assert found([ASIDE], revisions={}, kept={HANNAH: [ASIDE.text] * 2}) == [
        f"doubled: “Back after lunch” of {HANNAH} on {FRIDAY} is kept 2 times"
    ]


def test_a_form_sent_twice_may_be_stored_twice() -> None:
    failed = answer(4, "form", values={KR1: 10_003.0, KR2: 10_002.0}, actions=(), taken=False)
    values = {(KR1, FRIDAY): [10_003.0, 10_001.0, 10_003.0], (KR2, FRIDAY): [10_002.0]}
    assert found([failed, SAID, FORM], revisions=values, actions={(HANNAH, FRIDAY): ("Call",)}) == []


def test_after_a_tap_nothing_waits() -> None:
    tap = answer(4, "tap")
    assert found([tap]) == []
    (lost,) = found([tap], owed=owed("waiting"))
    assert lost == f"lost: tap 4 of {HANNAH} on {FRIDAY} left [71, 72] unanswered"
    assert found([answer(4, "tap", taken=False)], owed=owed("waiting")) == []


def test_a_tap_is_a_newer_answer_to_what_still_waits() -> None:
    unchanged: dict[str, Any] = {"revisions": revisions(9_000.0), "kept": {HANNAH: [SAID.text]}}
    assert found([SAID, answer(9, "tap")], **unchanged) == []
    assert len(found([answer(4, "tap"), SAID], **unchanged)) == 1


def test_a_form_left_as_it_was_shown_is_a_newer_answer_to_what_had_not_come_in() -> None:
    left = answer(9, "form", values={KR2: 10_009.0}, left=frozenset({KR1}))
    values = {(KR1, FRIDAY): [9_000.0], (KR2, FRIDAY): [10_009.0]}
    said = answer(5, text="KR1 10001", values={1: 10_001.0})
    assert found([said, left], revisions=values, kept={HANNAH: [said.text]}) == []
    earlier = replace(left, number=4, at=said.at - BLURRED / 2)
    assert len(found([earlier, said], revisions=values, kept={HANNAH: [said.text]})) == 1
    seen_to_fail = replace(earlier, taken=False)
    assert found([seen_to_fail, said], revisions=values, kept={HANNAH: [said.text]}) == []


def test_a_form_left_as_it_was_shown_must_not_undo_what_was_taken() -> None:
    left = answer(9, "form", values={KR2: 10_009.0}, left=frozenset({KR1}))
    values = {(KR1, FRIDAY): [9_000.0, 10_001.0, 9_000.0], (KR2, FRIDAY): [10_002.0, 10_009.0]}
    (lost,) = found([answer(4, "tap"), SAID, left], revisions=values)
    assert "was the last word on key result 71, but [9000.0] counts" in lost
    well = {**values, (KR1, FRIDAY): [9_000.0, 10_001.0]}
    assert found([answer(4, "tap"), SAID, left], revisions=well) == []


def test_an_answer_that_nobody_asked_for_is_lost() -> None:
    assert len(found([SAID], owed=[], revisions=BOTH)) == 1
