"""Who may do what: every part in it × every operation, as docs/method.md has it."""

from dataclasses import replace

import pytest

from bot.okr.measures import Move
from bot.okr.model import KeyResult, Objective, Person
from bot.okr.rights import Operation, Part, may, may_see

TABLE = """
                          owner  obj.owner  stand-in  reader  lead  member  observer  admin  everyone
SEE                       x      x          x         .       .     .       .         .      x
SEE_PRIVATE               x      x          x         x       .     .       .         .      .
CHECK_IN                  x      .          x         .       x     .       .         .      .
CHANGE_OBJECTIVE          x      .          .         .       x     .       .         .      .
CHANGE_KEY_RESULT         x      .          .         .       x     .       .         .      .
ADD_OBJECTIVE             .      .          .         .       x     .       .         .      .
ADD_PERSONAL_OBJECTIVE    .      .          .         .       x     x       .         .      .
PROPOSE                   x      .          .         .       x     x       x         .      x
ANSWER_PROPOSAL           x      x          .         .       x     .       .         .      .
COMMIT                    x      .          .         .       .     .       .         .      .
SHARE_DRAFT               .      .          .         .       x     .       .         .      .
START_CYCLE               .      .          .         .       x     .       .         .      .
CONFIRM_DEPENDENCY        x      .          .         .       x     .       .         .      .
SET_UP_TEAM               .      .          .         .       .     .       .         .      x
CHANGE_TEAM               .      .          .         .       x     .       .         x      .
START_CHECK_INS           .      .          .         .       x     .       .         .      .
DECIDE                    .      .          .         .       x     x       .         .      .
EDIT_DIGEST               .      .          .         .       x     .       .         .      .
EXPORT_TEAM               .      .          .         .       x     .       .         x      .
NAME_ADMIN                .      .          .         .       .     .       .         x      .
"""
PARTS = (
    *(Part.OWNER, Part.OBJECTIVE_OWNER, Part.STAND_IN, Part.READER),
    *(Part.LEAD, Part.MEMBER, Part.OBSERVER, Part.ADMIN, Part.EVERYONE),
)
CELLS = [
    (Operation[name], part, mark == "x")
    for name, *marks in (row.split() for row in TABLE.splitlines()[2:])
    for part, mark in zip(PARTS, marks, strict=True)
]
OWNER, KR_OWNER, DELEGATE, READER, SOMEBODY = (
    Person(number, f"U{number}", f"P{number}", None) for number in range(1, 6)
)


def test_the_table_names_every_operation_and_every_part() -> None:
    assert {operation for operation, _, _ in CELLS} == set(Operation)
    assert set(PARTS) == set(Part)


@pytest.mark.parametrize(("operation", "part", "allowed"), CELLS)
def test_somebody_who_is_only_that(operation: Operation, part: Part, *, allowed: bool) -> None:
    assert may(operation, {part}) is allowed


@pytest.mark.parametrize("operation", Operation)
def test_nobody_may_do_anything_without_a_part(operation: Operation) -> None:
    assert not may(operation, ())


@pytest.mark.parametrize(("operation", "part", "allowed"), CELLS)
def test_what_is_private_is_only_for_those_who_see_it(
    operation: Operation, part: Part, *, allowed: bool
) -> None:
    sees = part in {Part.OWNER, Part.OBJECTIVE_OWNER, Part.STAND_IN, Part.READER}
    assert may(operation, {part}, private=True) is (allowed and sees)


def objective(*, private: bool) -> Objective:
    key_result = KeyResult(1, 1, "Run", KR_OWNER.id, Move(0, 1000), delegate_id=DELEGATE.id)
    return Objective(
        1,
        1,
        1,
        "Keep fit",
        OWNER.id,
        key_results=(key_result,),
        private=private,
        readers=frozenset({READER.id}),
    )


@pytest.mark.parametrize(
    ("person", "open_", "private"),
    [
        (OWNER, True, True),
        (KR_OWNER, True, True),
        (DELEGATE, True, True),
        (READER, True, True),
        (SOMEBODY, True, False),
        (replace(OWNER, guest=True), True, True),
        (replace(SOMEBODY, guest=True), False, False),
        (replace(SOMEBODY, admin=True), True, False),
        (replace(SOMEBODY, name=""), False, False),
        (replace(OWNER, name=""), True, True),
        (replace(OWNER, active=False), False, False),
        (None, False, False),
    ],
)
def test_who_sees_an_objective(person: Person | None, *, open_: bool, private: bool) -> None:
    assert may_see(person, objective(private=False)) is open_
    assert may_see(person, objective(private=True)) is private
