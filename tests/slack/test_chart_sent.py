"""The picture in the digest's thread, over the practice Slack: there once, or not at all; never in the way."""

from contextlib import nullcontext
from datetime import date, timedelta
from time import monotonic

import pytest

from bot.practice import Fault, Message, PracticeSlack, Trouble
from bot.practice.api.dispatch import ALL_SCOPES
from bot.services.answering import checkins
from bot.services.sending import asks
from bot.services.sending.messenger import NotSent
from bot.slack.client import web_client
from bot.slack.sending.upload import File, upload
from bot.storage import deliveries
from bot.storage.deliveries import Delivery
from tests.services.teebee import CHANNEL, FRIDAY, JACK, TeeBee, at
from tests.slack.friday import Friday, friday_on, quiet
from tests.slack.samples import words_of

URL, COMPLETE, UPLOAD = "files.getUploadURLExternal", "files.completeUploadExternal", "upload_url"
WITHOUT_FILES = [one for one in ALL_SCOPES if one != "files:write"]


def answered(friday: Friday, *, day: date = FRIDAY, teebee: TeeBee | None = None) -> TeeBee:
    """Jack has said where his key results stand; the digest is not due yet."""
    teebee = teebee or friday.move_in()
    friday.tick(10, day=day)
    values = teebee.answers(teebee.jack, 55, 7, 38)
    checkins.record(friday.okra.database, JACK, values, at(11, day=day))
    return teebee


def pictures(friday: Friday) -> list[Message]:
    return [one for one in friday.hannah.messages(CHANNEL) if one.files]


def known(friday: Friday, key: str = asks.chart_key(1)) -> Delivery | None:
    with friday.okra.database.reading() as connection:
        return deliveries.by_key(connection, key)


def state(friday: Friday, key: str = asks.chart_key(1)) -> str | None:
    found = known(friday, key)
    return found.state if found else None


def test_the_digests_thread_gets_one_picture_with_the_same_in_words(friday: Friday) -> None:
    answered(friday)
    friday.tick(16, 30)
    friday.tick(16, 31)
    (shown,) = pictures(friday)
    quiet(shown)
    (file,) = shown.files
    assert (shown.thread_ts, file.mimetype) == (friday.digest().ts, "image/png")
    assert file.content.startswith(b"\x89PNG")
    assert file.title == "TeeBee, week 8 of 13: progress and pace as the digest came out"
    assert "Phone calls: 10 %, 45 pp behind" in file.alt_txt
    words = "".join(words_of(shown.blocks))
    assert "Phone calls 38 → 20 a week, Jack · 10 % of the way, 45 pp behind" in words
    assert state(friday) == "sent"


def test_the_picture_numbers_what_the_digest_numbers(friday: Friday) -> None:
    answered(friday)
    friday.tick(16, 30)
    (shown,) = pictures(friday)
    talked = [one for one in friday.digest().text.splitlines() if one[:2] == "1 "]
    title = talked[0].split(" ", 2)[2].split(" → ")[0].rsplit(" ", 1)[0]
    assert f"1 {title}" in shown.files[0].alt_txt


def test_a_late_answer_changes_the_digest_and_leaves_the_picture(friday: Friday) -> None:
    teebee = answered(friday)
    friday.tick(16, 30)
    checkins.record(friday.okra.database, JACK, teebee.answers(teebee.jack, 60, 8, 20), at(17))
    friday.tick(17, 1)
    assert "60 → 80 %" in friday.digest().text
    assert len(pictures(friday)) == len(friday.calls(COMPLETE)) == 1
    friday.settle()


def test_where_nobody_has_ever_answered_there_is_nothing_to_draw(friday: Friday) -> None:
    teebee = friday.move_in()
    friday.tick(10)
    friday.tick(16, 30)
    assert (pictures(friday), state(friday)) == ([], None)
    checkins.record(friday.okra.database, JACK, teebee.answers(teebee.jack, 60, 8, 20), at(17))
    friday.tick(17, 1)
    assert len(pictures(friday)) == 1  # the digest that followed can be drawn


@pytest.mark.parametrize("kind", ["lost_answer", "half_answer", "500_after", "internal_error"])
def test_a_picture_whose_answer_got_lost_is_found_again_and_not_doubled(friday: Friday, kind: str) -> None:
    answered(friday)
    friday.slack.set_faults(Trouble(1, {kind: 1.0}, methods=[COMPLETE]))
    friday.tick(16, 30)
    assert (state(friday), len(pictures(friday))) == ("unknown", 1)
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(16, 32)
    found = known(friday)
    assert found is not None
    assert (found.state, found.ts) == ("sent", pictures(friday)[0].ts)
    assert len(friday.calls(COMPLETE)) == 1
    friday.settle()  # and nobody tries to draw it anew
    assert [one for one in friday.calls("chat.update") if one["payload"]["channel"] == CHANNEL] == []


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("500_before", COMPLETE),
        ("500_after", UPLOAD),
        ("cut_off", UPLOAD),
        ("lost_answer", UPLOAD),
        ("500_after", URL),
        ("lost_answer", URL),
        ("internal_error", URL),
        ("rate_limited", URL),
        ("rate_limited", COMPLETE),
        ("rate_limited", UPLOAD),
    ],
)
def test_an_upload_that_failed_is_tried_again_and_holds_up_nothing(
    friday: Friday, kind: str, method: str
) -> None:
    answered(friday)
    friday.slack.set_faults(Trouble(1, {kind: 1.0}, methods=[method]))
    friday.tick(16, 30)
    assert "1 of 2 answered" in friday.digest().text
    assert (pictures(friday), state(friday)) == ([], "unknown" if kind == "500_before" else "pending")
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(16, 32)
    friday.tick(16, 33)
    assert (len(pictures(friday)), state(friday)) == (1, "sent")


def test_an_address_that_takes_no_bytes_is_told_to_whoever_runs_okra(friday: Friday) -> None:
    answered(friday)
    forbidden = Fault(perform=False, body="no", status=403)
    friday.slack.set_faults(lambda method, _: forbidden if method == UPLOAD else None)
    friday.tick(16, 30)
    found = known(friday)
    assert found is not None
    assert (found.state, found.error) == ("failed", "the upload got HTTP status 403")


def test_what_took_too_long_to_upload_is_not_shown_any_more() -> None:
    with PracticeSlack() as slack:
        channel = slack.add_channel("okrs")
        client = web_client(slack.bot_token, slack.url)
        picture = File("okra-progress-x.png", "Progress", b"\x89PNG", "5 %")
        for seconds, shown in ((-1, 0), (60, 1)):
            with nullcontext() if shown else pytest.raises(NotSent, match="took too long"):
                begin_by = monotonic() + seconds
                upload(client, [picture], [], channel=channel, thread_ts=None, begin_by=begin_by)
            calls = [one for one in slack.records if one.get("method") == COMPLETE]
            assert len(calls) == shown


def test_without_the_scope_the_digest_goes_out_and_no_lead_is_bothered(database_url: str) -> None:
    with friday_on(database_url, scopes=WITHOUT_FILES) as friday:
        answered(friday)
        friday.tick(16, 30)
        assert "1 of 2 answered" in friday.digest().text
        assert [one for one in friday.said_to(friday.hannah) if "needs you" in one.text] == []
        found = known(friday)
        assert found is not None
        assert (found.state, found.error) == ("failed", "missing_scope (needed: files:write)")


def test_charts_that_failed_do_not_pile_up(database_url: str) -> None:
    with friday_on(database_url, scopes=WITHOUT_FILES) as friday:
        teebee = answered(friday)
        friday.tick(16, 30)
        later = FRIDAY + timedelta(weeks=1)
        answered(friday, day=later, teebee=teebee)
        friday.tick(16, 30, day=later)
        assert [state(friday, asks.chart_key(one)) for one in (1, 2)] == ["dropped", "failed"]


def test_a_picture_that_stands_is_not_dropped_by_the_next_one(friday: Friday) -> None:
    teebee = answered(friday)
    friday.tick(16, 30)
    later = FRIDAY + timedelta(weeks=1)
    answered(friday, day=later, teebee=teebee)
    friday.tick(16, 30, day=later)
    assert [state(friday, asks.chart_key(one)) for one in (1, 2)] == ["sent", "sent"]
    first, second = pictures(friday)
    assert first.thread_ts != second.thread_ts
    assert first.files[0].content != second.files[0].content
