"""*Share*: what somebody sees alone is said once in the channel, without what is private or owed."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.practice import Actor, Message, Trouble
from bot.services.sending import asks
from bot.slack import ids
from bot.slack.texts import looking
from bot.storage import deliveries
from tests.services.company import keep_secret
from tests.services.teebee import CHANNEL, JACK, TeeBee, at
from tests.services.test_lookups import make_guest
from tests.slack.friday import Friday, friday_on, locked, quiet
from tests.slack.samples import button_texts
from tests.slack.test_command import okr
from tests.slack.test_seeing_flow import beside, many, settled_company

POST = "chat.postMessage"


def in_channel(friday: Friday, channel: str = CHANNEL) -> list[Message]:
    """What everybody sees there of what was shared."""
    every = [one for one in friday.hannah.messages(channel) if one.only_for is None]
    return [quiet(one) for one in every if "Shared by" in one.text or one.is_reply]


def shared(friday: Friday, text: str, actor: Actor | None = None) -> tuple[Message, Message]:
    """The reply, and what comes of its button."""
    actor = actor or friday.jack
    reply = okr(friday, actor, text, channel=CHANNEL)
    before = len(in_channel(friday))
    assert actor.tap(reply, label="Share").ok
    beside(friday, actor, looking.SHARING)
    friday.settle()
    return reply, in_channel(friday)[before]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Jack · 2026 Q4"),
        ("@Hannah", "Hannah · 2026 Q4"),
        ("team", "TeeBee · 2026 Q4"),
        ("company", "The company · 2026 Q4"),
        ("at risk", "At risk · 2026 Q4"),
        ("history phone", "The last weeks of Jack"),
        ("last quarter TeeBee", "TeeBee · 2026 Q3"),
    ],
)
def test_one_tap_says_it_in_the_channel_and_who_shares_it(friday: Friday, text: str, words: str) -> None:
    settled_company(friday)
    _, said = shared(friday, text)
    assert said.text.startswith(words)
    assert "Shared by Jack" in said.text
    assert said.from_bot
    assert button_texts(said) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["waiting", "search phone", "help", "settings", "away", "wating"])
def test_what_is_nobody_elses_business_cannot_be_shared(friday: Friday, text: str) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, text, channel=CHANNEL)
    assert ids.SHARE not in repr(reply.blocks)


def test_what_is_private_or_owed_stays_with_whoever_shares(friday: Friday) -> None:
    teebee = settled_company(friday)
    keep_secret(teebee, teebee.jack)
    for text in ("", "team", "at risk", "history", "@Jack"):
        reply, said = shared(friday, text)
        if text in {"", "team"}:
            assert "delicate" in reply.text
        for words in ("delicate", "Quiet", "wait for you", "I ask you next", "Check in"):
            assert words not in said.text


def test_a_second_tap_says_it_no_second_time_and_a_new_reply_does(friday: Friday) -> None:
    settled_company(friday)
    reply, _ = shared(friday, "team")
    assert friday.jack.tap(reply, label="Share").ok
    beside(friday, friday.jack, looking.SHARED_BEFORE)
    friday.settle()
    assert len(in_channel(friday)) == 1
    shared(friday, "team")
    assert len(in_channel(friday)) == 2


def test_an_old_button_says_how_things_are_now(friday: Friday) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    friday.jack.say("1 62")
    friday.settle()
    friday.clock.now = at(12, day=friday.clock.now.date().replace(day=21))
    assert friday.jack.tap(reply, label="Share").ok
    friday.settle()
    assert "Renewed online 62 → 80 %" in in_channel(friday)[0].text


def test_a_long_one_goes_on_in_the_thread(friday: Friday) -> None:
    many(settled_company(friday), 54, "A longer title of a key result")
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    page = okr_page(friday, reply)
    assert friday.jack.tap(page, label="Share").ok
    # A heartbeat takes up what the first page has left behind.
    friday.until(lambda: friday.tick(10, 1) is not None and len(in_channel(friday)) > 1)
    friday.settle()
    first, *rest = in_channel(friday)
    assert {one.thread_ts for one in rest} == {first.ts}
    everything = "\n".join(one.text for one in [first, *rest])
    assert all(f"A longer title of a key result {number} " in everything for number in range(54))
    assert everything.count("Shared by Jack") == 1


def okr_page(friday: Friday, reply: Message) -> Message:
    """The second page, in the channel."""
    before = reply.blocks
    assert friday.jack.tap(reply, label="More").ok
    found: Message = friday.until(
        lambda: next(
            (one for one in friday.jack.messages(CHANNEL) if one.ts == reply.ts and one.blocks != before),
            None,
        )
    )
    return found


def test_in_direct_messages_there_is_nobody_to_share_it_with(friday: Friday) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "wating")
    assert ids.SHARE not in repr(okr(friday, friday.jack, "team").blocks)
    assert friday.forge(friday.jack, reply, "run:0", "0 team", to_action=ids.SHARE).acked
    beside(friday, friday.jack, looking.SHARED_NOWHERE, None)
    assert friday.calls(POST) == [one for one in friday.calls(POST) if one["payload"]["channel"] != CHANNEL]


@pytest.mark.parametrize("value", ["0 waiting", "0 search phone", "0 pause", "0 nonsense", "0 help"])
def test_a_forged_button_shares_nothing_else(friday: Friday, value: str) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    assert friday.forge(friday.jack, reply, ids.SHARE, value).acked
    beside(friday, friday.jack, looking.NOT_TO_SHARE)
    friday.settle()
    assert in_channel(friday) == []


def test_a_guest_shares_nothing(friday: Friday) -> None:
    teebee = settled_company(friday)
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    make_guest(teebee, JACK)
    assert ids.SHARE not in repr(okr(friday, friday.jack, "", channel=CHANNEL).blocks)
    assert friday.jack.tap(reply, label="Share").ok
    beside(friday, friday.jack, looking.GUESTS_DO_NOT_SHARE)
    friday.settle()
    assert in_channel(friday) == []


@contextmanager
def elsewhere(database_url: str) -> Iterator[tuple[Friday, TeeBee, str]]:
    """A channel that the bot is not in."""
    with friday_on(database_url) as friday:
        teebee = settled_company(friday)
        channel = friday.slack.add_channel("random", members=[JACK], bot_is_member=False)
        yield friday, teebee, channel


def test_where_the_bot_is_not_it_says_how_to_invite_it_and_then_shares(database_url: str) -> None:
    with elsewhere(database_url) as (friday, _, channel):
        reply = okr(friday, friday.jack, "team", channel=channel)
        assert friday.jack.tap(reply, label="Share").ok
        told = friday.heard(friday.jack, "I could not share that in")
        assert "I am not in the channel; /invite me there. Then tap Share again." in told.text
        with friday.slack.world.changing() as world:
            known = world.workspace.channels[channel]
            world.workspace.channels[channel] = replace(
                known, members=(*known.members, friday.slack.bot_user_id)
            )
        assert friday.jack.tap(reply, label="Share").ok
        friday.until(lambda: [one for one in friday.jack.messages(channel) if "Shared by Jack" in one.text])


def test_what_is_not_there_any_more_is_said_to_whoever_shared_it(friday: Friday) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    assert friday.forge(friday.jack, reply, ids.SHARE, "0 team Nowhere").acked
    told = friday.heard(friday.jack, "I could not share that in")
    assert looking.NOT_THERE in told.text
    assert in_channel(friday) == []


@pytest.mark.parametrize("kind", ["lost_answer", "500_after", "internal_error"])
def test_one_whose_answer_got_lost_is_found_again_and_not_doubled(friday: Friday, kind: str) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    friday.slack.set_faults(Trouble(1, {kind: 1.0}, methods=[POST]))
    assert friday.jack.tap(reply, label="Share").ok
    friday.until(lambda: unsent(friday, "unknown"))
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(12, 2)
    friday.settle()
    assert unsent(friday, "unknown") == []
    assert len(in_channel(friday)) == 1


def unsent(friday: Friday, state: str) -> list[str]:
    with friday.okra.database.reading() as connection:
        every = deliveries.in_states(connection, [state])
    return [one.key for one in every if one.kind == asks.SHARED]


def test_while_the_database_is_away_a_tap_says_so(friday: Friday) -> None:
    settled_company(friday)
    reply = okr(friday, friday.jack, "team", channel=CHANNEL)
    with locked(friday.okra.database):
        assert friday.jack.tap(reply, label="Share").ok
        beside(friday, friday.jack, "could not save")
    assert in_channel(friday) == []


def test_names_ping_nobody_in_the_channel_either(friday: Friday) -> None:
    many(settled_company(friday), 1, "<!channel> @here <@U0HANNAH01>")
    _, said = shared(friday, "team")
    assert "<!channel>" in html.unescape(said.text)
