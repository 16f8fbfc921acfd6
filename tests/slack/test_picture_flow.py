"""The picture that `/okr history` offers: into its reader's own direct messages, once."""

from datetime import timedelta

import pytest

from bot.practice import Fault, Message, Trouble
from bot.practice.api.dispatch import ALL_SCOPES
from bot.services.sending import asks
from bot.slack import texts
from bot.storage import deliveries
from bot.storage.deliveries import Delivery
from tests.services.company import keep_secret
from tests.services.teebee import CHANNEL, FRIDAY, JACK, TeeBee, at
from tests.services.test_lookups import make_guest
from tests.slack.friday import Friday, friday_on, locked, quiet
from tests.slack.samples import words_of
from tests.slack.test_history_flow import history, weeks_said

COMPLETE, OPEN = "files.completeUploadExternal", "conversations.open"


def looked_back(friday: Friday, which: str = "") -> tuple[TeeBee, Message]:
    """Jack has answered for two of his key results, and looks back."""
    teebee = friday.move_in()
    first, second, _ = teebee.of(teebee.jack)
    weeks_said(teebee, first, [30, 40, 52])
    weeks_said(teebee, second, [6, 7])
    friday.clock.now = at(12)
    return teebee, history(friday, which)


def pictures(friday: Friday) -> list[Message]:
    return [one for one in friday.said_to(friday.jack) if one.files]


def unsent(friday: Friday, state: str) -> list[Delivery]:
    with friday.okra.database.reading() as connection:
        return [one for one in deliveries.in_states(connection, [state]) if one.kind == asks.PICTURE]


def beside(friday: Friday) -> list[Message]:
    """What only Jack sees in that place."""
    return [one for one in friday.jack.messages() if one.only_for]


def tap(friday: Friday, reply: Message, option: str | None = None) -> str:
    """What the tap is answered with; by then the picture is there, if it ever comes."""
    before = {one.ts for one in friday.jack.messages()}
    if option:
        assert friday.jack.tap(reply, action_id="picture", choice=option).ok
    else:
        assert friday.jack.tap(reply, label="Picture").ok
    said = friday.until(lambda: [one for one in beside(friday) if one.ts not in before])
    friday.settle()
    assert [one.only_for for one in said] == [friday.jack.id]
    return quiet(said[0]).text


def test_one_tap_brings_it_into_ones_own_direct_messages(friday: Friday) -> None:
    _, reply = looked_back(friday, "renewed")
    assert tap(friday, reply) == texts.PICTURE_COMES
    (shown,) = pictures(friday)
    quiet(shown)
    (file,) = shown.files
    assert file.content.startswith(b"\x89PNG")
    assert shown.thread_ts is None
    title = "Renewed online 52 → 80 %: progress and pace on 20 November, week 8 of 13"
    assert file.title == title
    words = "".join(words_of(shown.blocks))
    assert words == f"{title}\n44 % of the way, 11 pp behind, yellow; week by week 0 %, 20 %, 44 %."
    assert (
        file.alt_txt
        == f"{title}. 1 Renewed online: 44 %, 11 pp behind, yellow; week by week 0 %, 20 %, 44 %."
    )
    others = [*friday.jack.messages(CHANNEL), *friday.said_to(friday.hannah)]
    assert not [one for one in others if one.files]


def test_several_are_chosen_from_a_menu_which_leaves_out_those_nothing_was_said_of(friday: Friday) -> None:
    _, reply = looked_back(friday)
    (menu,) = reply.blocks[-1]["elements"]
    assert [one["text"]["text"] for one in menu["options"]] == ["1 Renewed online", "2 Satisfaction"]
    tap(friday, reply, "2 Satisfaction")
    assert "Satisfaction" in pictures(friday)[0].files[0].title


def test_where_nothing_was_said_there_is_no_button(friday: Friday) -> None:
    _, reply = looked_back(friday, "phone")
    assert [one["type"] for one in reply.blocks if one["type"] == "actions"] == []


def test_a_second_tap_brings_no_second_one_and_a_new_reply_does(friday: Friday) -> None:
    _, reply = looked_back(friday, "renewed")
    assert [tap(friday, reply), tap(friday, reply)] == [texts.PICTURE_COMES, texts.PICTURE_THERE]
    assert len(pictures(friday)) == len(friday.calls(COMPLETE)) == 1
    assert tap(friday, history(friday, "renewed")) == texts.PICTURE_COMES
    assert len(pictures(friday)) == 2


@pytest.mark.parametrize("value", ["private", "999999", "x", None, "9" * 40])
def test_nobody_draws_what_they_may_not_see_by_a_forged_value(friday: Friday, value: str | None) -> None:
    teebee, reply = looked_back(friday, "renewed")
    if value == "private":
        secret = keep_secret(teebee, teebee.hannah)
        weeks_said(teebee, secret, [1, 2])
        value = str(secret)
    outcome = friday.forge(friday.jack, reply, "picture", value)
    assert outcome.acked
    friday.until(lambda: texts.CANNOT_SEE_IT in [one.text for one in beside(friday)])
    friday.settle()
    assert pictures(friday) == []


def test_a_guest_draws_only_their_own(friday: Friday) -> None:
    teebee, reply = looked_back(friday, "renewed")
    weeks_said(teebee, teebee.of(teebee.hannah)[0], [40, 50])
    make_guest(teebee, JACK)
    friday.forge(friday.jack, reply, "picture", str(teebee.of(teebee.hannah)[0]))
    friday.until(lambda: texts.CANNOT_SEE_IT in [one.text for one in beside(friday)])
    assert tap(friday, reply) == texts.PICTURE_COMES


def test_an_old_button_of_one_handed_over_names_its_new_owner(friday: Friday) -> None:
    teebee, reply = looked_back(friday, "renewed")
    teebee.hand_over(teebee.of(teebee.jack)[0], teebee.hannah)
    assert tap(friday, reply) == texts.PICTURE_COMES
    (shown,) = pictures(friday)
    assert shown.files[0].title.startswith("Renewed online 52 → 80 %")


def test_where_nothing_was_said_a_forged_tap_says_so(friday: Friday) -> None:
    teebee, reply = looked_back(friday, "renewed")
    friday.forge(friday.jack, reply, "picture", str(teebee.of(teebee.jack)[2]))
    friday.until(lambda: texts.NOTHING_TO_DRAW in [one.text for one in beside(friday)])


def test_one_that_was_dropped_after_its_cycle_is_drawn_to_its_end(friday: Friday) -> None:
    teebee = friday.move_in()
    weeks_said(teebee, teebee.of(teebee.jack)[0], [30, 40])
    teebee.drop(teebee.of(teebee.jack)[0])
    friday.clock.now = at(12, day=FRIDAY + timedelta(weeks=8))
    tap(friday, history(friday, "renewed"))
    assert "on 31 December, week 13 of 13" in pictures(friday)[0].files[0].title


def test_without_the_scope_the_same_comes_in_words(database_url: str) -> None:
    without = [one for one in ALL_SCOPES if one != "files:write"]
    with friday_on(database_url, scopes=without) as friday:
        _, reply = looked_back(friday, "renewed")
        assert tap(friday, reply) == texts.PICTURE_COMES
        said = quiet(friday.said_to(friday.jack)[-1]).text
        assert "44 % of the way, 11 pp behind, yellow; week by week 0 %, 20 %, 44 %." in said
        assert "a permission is missing; whoever runs me can ask okra doctor which" in said
        assert tap(friday, reply) == texts.PICTURE_THERE


@pytest.mark.parametrize("kind", ["lost_answer", "500_after", "internal_error"])
def test_one_whose_answer_got_lost_is_found_again_and_not_doubled(friday: Friday, kind: str) -> None:
    _, reply = looked_back(friday, "renewed")
    friday.slack.set_faults(Trouble(1, {kind: 1.0}, methods=[COMPLETE]))
    assert friday.jack.tap(reply, label="Picture").ok
    friday.until(lambda: unsent(friday, "unknown"))
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(12, 2)
    friday.settle()
    assert not unsent(friday, "unknown")
    assert len(pictures(friday)) == len(friday.calls(COMPLETE)) == 1
    assert tap(friday, reply) == texts.PICTURE_THERE


def test_slack_being_away_for_a_moment_only_delays_it(friday: Friday) -> None:
    _, reply = looked_back(friday, "renewed")
    friday.slack.set_faults(Trouble(1, {"internal_error": 1.0}, methods=[OPEN]))
    assert friday.jack.tap(reply, label="Picture").ok
    friday.until(lambda: [one for one in unsent(friday, "pending") if one.error])
    friday.slack.set_faults(None)
    friday.a_minute_passes()
    friday.tick(12, 2)
    friday.settle()
    assert len(pictures(friday)) == 1


def test_what_was_refused_altogether_can_be_asked_for_again(friday: Friday) -> None:
    _, reply = looked_back(friday, "renewed")
    refused = Fault(perform=False, body={"ok": False, "error": "messages_tab_disabled"})
    friday.slack.set_faults(lambda method, _: refused if method in {COMPLETE, "chat.postMessage"} else None)
    assert tap(friday, reply) == texts.PICTURE_COMES
    friday.slack.set_faults(None)
    assert tap(friday, reply) == texts.PICTURE_COMES
    assert len(pictures(friday)) == 1


def test_while_the_database_is_away_a_tap_says_so(friday: Friday) -> None:
    _, reply = looked_back(friday, "renewed")
    with locked(friday.okra.database):
        assert friday.jack.tap(reply, label="Picture").ok
        friday.until(lambda: texts.STORAGE_AWAY in [one.text for one in friday.jack.messages()])
    assert pictures(friday) == []
