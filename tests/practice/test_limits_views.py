"""Modal and Home views: their limits, their keys, and what they need."""

from collections.abc import Callable

import pytest

from bot.practice.limits import Problem, check_view
from tests.practice.payloads import Json, home, modal, mrkdwn, plain, section, table, typing

VIEW_ROWS = [
    ("title", lambda n: modal(title=plain("x" * n)), 24, "/view/title/text", 1),
    ("empty title", lambda n: modal(title=plain("x" * n)), 1, "/view/title/text", -1),
    ("submit", lambda n: modal(submit=plain("x" * n)), 24, "/view/submit/text", 1),
    ("close", lambda n: modal(close=plain("x" * n)), 24, "/view/close/text", 1),
    ("private_metadata", lambda n: modal(private_metadata="x" * n), 3000, "/view/private_metadata", 1),
    ("private_metadata of Home", lambda n: home(private_metadata="x" * n), 3000, "/view/private_metadata", 1),
    ("callback_id", lambda n: modal(callback_id="x" * n), 255, "/view/callback_id", 1),
    ("callback_id of Home", lambda n: home(callback_id="x" * n), 255, "/view/callback_id", 1),
    ("external_id", lambda n: modal(external_id="x" * n), 255, "/view/external_id", 1),
    ("blocks of a modal", lambda n: modal(*[{"type": "divider"}] * n), 100, "/view/blocks", 1),
    ("blocks of Home", lambda n: home(*[{"type": "divider"}] * n), 100, "/view/blocks", 1),
]


@pytest.mark.parametrize(
    ("build", "edge", "where", "step"), [row[1:] for row in VIEW_ROWS], ids=[row[0] for row in VIEW_ROWS]
)
def test_a_view_takes_its_edge_and_not_one_past_it(
    build: Callable[[int], Json], edge: int, where: str, step: int
) -> None:
    assert check_view(build(edge)) == []
    assert [problem.where for problem in check_view(build(edge + step))] == [where]


def test_a_modal_with_a_field_needs_submit() -> None:
    without = modal({"type": "divider"}, typing())
    del without["submit"]
    assert [str(problem) for problem in check_view(without)] == [
        "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]"
    ]
    assert check_view({**without, "blocks": [{"type": "divider"}]}) == []


@pytest.mark.parametrize(
    ("view", "where", "message"),
    [
        ("x", "/view", "must provide an object"),
        ({"blocks": []}, "/view", "missing required field: type"),
        ({"type": "workflow_step", "blocks": []}, "/view/type", "unsupported type: workflow_step"),
        ({"type": "home"}, "/view", "missing required field: blocks"),
        ({"type": "home", "blocks": "x"}, "/view/blocks", "must provide an array"),
        ({"type": "modal", "title": plain(), "blocks": "x"}, "/view/blocks", "must provide an array"),
        ({"type": "modal", "blocks": []}, "/view", "missing required field: title"),
        (modal(title=mrkdwn()), "/view/title/type", "unsupported type: mrkdwn"),
        (modal(submit_disabled=True), "/view", "invalid additional property: submit_disabled"),
        (modal(notify_on_close="yes"), "/view/notify_on_close", "must provide a boolean"),
        (home(title=plain()), "/view", "invalid additional property: title"),
        (home(submit=plain()), "/view", "invalid additional property: submit"),
        (home(notify_on_close=True), "/view", "invalid additional property: notify_on_close"),
        (modal(table()), "/view/blocks/0/type", "unsupported type: table"),
        (home(section(text=mrkdwn(""))), "/view/blocks/0/text/text", "must be more than 0 characters"),
    ],
)
def test_a_view_is_refused_for(view: object, where: str, message: str) -> None:
    assert check_view(view) == [Problem(where, message)]


def test_a_view_is_taken_with_all_its_keys() -> None:
    assert (
        check_view(
            modal(
                typing(),
                close=plain(),
                clear_on_close=True,
                notify_on_close=True,
                external_id="x",
                callback_id="y",
            )
        )
        == []
    )
    assert check_view(home(section(), private_metadata="{}", callback_id="y", external_id="x")) == []


def test_everything_wrong_is_told_at_once() -> None:
    found = check_view(
        modal({"type": "header", "text": plain("x" * 151)}, {"type": "banner"}, title=plain("x" * 25))
    )
    assert [problem.where for problem in found] == [
        "/view/title/text",
        "/view/blocks/0/text/text",
        "/view/blocks/1/type",
    ]
