"""Views to draw in tests: TeeBee's Friday, and people who type what they should not; and what must hold of
every message."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.okr.course import Course, Reading
from bot.okr.digest.agenda import Digest, NextAction, OwnedStanding, TalkItem
from bot.okr.digest.people import PersonActions
from bot.okr.health import Health, Standing
from bot.okr.measures import Move
from bot.okr.model import BlockerKind, KeyResult, ObjectiveKind, Update
from bot.okr.views import AskedKeyResult, FormView, OpenAction, PromptView
from bot.practice.limits import check_blocks
from bot.practice.screen import pings
from bot.slack.message import Message

FRIDAY = date(2026, 11, 20)
NAMES = {"U0HANNAH01": "Hannah", "U0JACK0001": "Jack"}
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))

HOSTILE = (
    "<!channel> <!here> <@U0HANNAH>",
    "@here @channel @everyone @HERE",
    "```rm -rf``` `code` *bold* _it_ ~no~ > quote",
    "<https://evil.example|your bank> #general https://evil.example",
    "قيمة الشاي 100%",
    "\u202egnorw\u202c \u2069\u2069 \u2067 \u2066open",
    "🍵" * 40,
    "&" * 300,
    "line one\nline two\r\n\r\nline three",
    "long " * 700,
    "x" * 3000,
    "   ",
)


def asked(
    number: int = 1,
    title: str = "Renewed online",
    *,
    start: float = 20.0,
    target: float = 80.0,
    **changes: Any,
) -> AskedKeyResult:
    """A key result that stands at 47 of 80 %, confidence 8."""
    one = AskedKeyResult(
        number + 100, number, title, "%", Move(start, target), 47.0, 8, value_before=45.0, confidence_before=8
    )
    return replace(one, **changes)


RENEWED = asked()
SATISFACTION = asked(2, "Satisfaction", unit="pts", start=5.0, target=8.0, value=7.0, confidence=7)
PHONE = asked(3, "Phone calls", unit="a week", start=60.0, target=20.0, value=40.0, confidence=5)
THREE = (RENEWED, SATISFACTION, PHONE)


def prompt_view(**changes: Any) -> PromptView:
    view = PromptView(17, ("TeeBee",), FRIDAY, THREE, datetime(2026, 11, 20, 16, 30, tzinfo=UTC))
    return replace(view, **changes)


def form_view(**changes: Any) -> FormView:
    view = FormView(
        17,
        ("TeeBee",),
        FRIDAY,
        (RENEWED, replace(PHONE, confidence=3)),
        (OpenAction(5, "Carrier data", 2, 1), OpenAction(6, "Call the five that lapsed", 1, 2, "done")),
        ("Status page",),
    )
    return replace(view, **changes)


def standing(title: str = "Phone calls", health: Health = Health.RED, **changes: Any) -> Standing:
    """Calls going down from 60 to 20 a week, at 41, far behind."""
    key_result = KeyResult(3, 1, title, 1, Move(60.0, 20.0), "a week")
    update = Update(3, FRIDAY, 41.0, 3)
    one = Standing(
        key_result=key_result,
        kind=ObjectiveKind.ASPIRATIONAL,
        update=update,
        confidence_before=5,
        raw=0,
        part=0.0,
        progress=0,
        expected=55,
        gap=55,
        health=health,
        course=course(-10, 12, None, 0),
        forecast=40.0,
    )
    return replace(one, **changes)


def course(*weekly: int | None) -> Course:
    """So many percent of the way in one week after the other, the last of them this Friday's."""
    readings = (
        Reading(FRIDAY - timedelta(weeks=back), raw)
        for back, raw in zip(range(len(weekly) - 1, -1, -1), weekly, strict=True)
        if raw is not None
    )
    return Course(*QUARTER, FRIDAY, tuple(readings))


def renewals(**changes: Any) -> Standing:
    key_result = KeyResult(1, 1, "Renewals", 2, Move(40.0, 70.0), "%")
    one = standing(
        key_result=key_result, health=Health.GREEN, update=Update(1, FRIDAY, 55.0, 7), gap=5, forecast=67.2
    )
    one = replace(one, raw=50, part=0.5, progress=50, course=course(20, 35, 35, 50))
    return replace(one, **{"confidence_before": 7, **changes})


def talk_item(**changes: Any) -> TalkItem:
    item = TalkItem(
        standing(trending_to_miss=True),
        "Jack",
        "order status only by phone",
        BlockerKind.DEPENDENCY,
        "Hannah",
        "status page Tuesday",
    )
    return replace(item, **changes)


def digest_view(**changes: Any) -> Digest:
    view = Digest(
        team="TeeBee",
        date=FRIDAY,
        week=8,
        weeks=13,
        answered=2,
        asked=2,
        waiting_for=(),
        away=(),
        confidence=5.5,
        confidence_before=6.5,
        progress=38,
        pace=55,
        done=3,
        carried=1,
        talk=(talk_item(),),
        actions=(
            PersonActions(
                "Hannah", (NextAction("carrier data", 2), NextAction("call the five that lapsed", 1))
            ),
            PersonActions("Jack", (NextAction("status page", 1),)),
        ),
        on_track=(OwnedStanding(renewals(), "Hannah"),),
    )
    return replace(view, **changes)


def words_of(blocks: Any) -> Iterator[str]:
    """Every word in headers and rich text, in order; buttons and fields say theirs themselves."""
    for block in blocks:
        if block["type"] == "header":
            yield block["text"]["text"]
        for part in block["elements"] if block["type"] == "rich_text" else ():
            for element in part["elements"]:
                if element["type"] == "user":
                    yield NAMES[element["user_id"]]
                    continue
                yield f"<#{element['channel_id']}>" if element["type"] == "channel" else element["text"]


def said(message: Message) -> str:
    """What a screen reader reads of it."""
    return html.unescape(message.text).replace("\u2060", "")


def check(message: Message, *pinged: str) -> None:
    """What must hold of every message: Slack takes it, nobody else is pinged, its text says what its blocks
    say."""
    blocks = list(message.blocks)
    assert check_blocks(blocks, "message") == []
    assert pings(blocks, message.text) == [f"<@{one}>" for one in pinged]
    assert 0 < len(message.text) <= 4000
    assert len(message.text.encode("utf-16-le")) // 2 <= 4000
    shown = re.sub(r"[\s▁-█░∙]+", "", "".join(words_of(blocks)))
    assert re.sub(r"\s+", "", said(message)) == shown


def button_texts(message: Message) -> list[str]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]
