"""A team's next cycle in Slack: begun, shared, talked about, committed to, started."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from bot.files.export import write_yaml
from bot.okr.measures import Move
from bot.okr.model import Supported
from bot.okr.writing.draft_views import Which
from bot.practice import Fault
from bot.services.alignment import aligning
from bot.services.alignment.aligning import Aligned
from bot.services.drafting import draft_shown
from bot.services.drafting.beginning import WhyNotBegun
from bot.services.drafting.draft_sets import WhyNot
from bot.services.files.exporting import export_outline
from bot.services.okrs import changing, okr_sending
from bot.slack import ids
from bot.slack import texts as common
from bot.slack.texts import drafts as texts
from bot.storage import okr_cycles, okrs, tables
from tests.services.drafted import draft_of
from tests.services.okr_imports import take
from tests.services.teebee import CHANNEL, HANNAH, JACK, JIM
from tests.services.zenith import zenith
from tests.slack.drafting import (
    DECEMBER,
    answered,
    in_channel,
    opened,
    said_instead,
    share,
    shown,
    tapped,
)
from tests.slack.friday import Friday, locked, quiet

JANUARY = date(2027, 1, 1)
"""A Friday, and the first day of the drafted quarter."""


def test_a_lead_hears_that_the_quarter_has_begun_and_starts_it_from_there(friday: Friday) -> None:
    draft_of(friday.move_in())
    friday.tick(10, day=JANUARY)
    told = friday.said_to(friday.hannah)[-1]
    assert quiet(told).text == (
        "2027 Q1 began on 1 January 2027, and TeeBee’s draft has not been started. Until it is, I ask nobody "
        "for what stands in it."
    )
    assert "I ask for 2 key results from the next check-in on" in tapped(
        friday, friday.hannah, told, ids.DRAFT_START, texts.START_TITLE
    )
    assert friday.hannah.submit().ok
    shown(friday, friday.hannah, "2027 Q1 has started.")
    friday.tick(10, 1, day=JANUARY)
    assert "TeeBee has started 2027 Q1." in friday.said_to(friday.hannah)[0].text
    assert "Orders without a call" in friday.said_to(friday.jack)[-1].text


def test_a_lead_begins_the_next_quarter_with_a_copy_of_this_one(friday: Friday) -> None:
    friday.move_in()
    assert "2027 Q1" in opened(friday, friday.hannah, "draft")
    friday.hannah.choose(ids.COPY_LAST, ["on"])
    assert friday.hannah.submit().ok
    text = shown(friday, friday.hannah)
    assert "TeeBee · draft for 2027 Q1" in text
    assert "Copied from 2026 Q4: 2 objectives and 6 key results." in text
    assert "Phone calls 40 → 20 a week, Jack · not committed yet" in text
    assert "TeeBee · draft for 2027 Q1" in opened(friday, friday.jack, "draft tee")


@pytest.mark.parametrize(
    ("cycle", "field", "words"),
    [
        (("2027 Q1", "2027-03-31", "2027-01-01"), ids.LAST_DAY, "end before it starts"),
        (("2026 Q3", "2026-07-01", "2026-09-30"), ids.LAST_DAY, "over already"),
        (("  ", "2027-01-01", "2027-03-31"), ids.CYCLE_NAME, "What is it called?"),
        (("x" * 2000, "2027-01-01", "2027-03-31"), ids.CYCLE_NAME, "at most 60 characters"),
        (("Winter", "2026-12-01", "2027-02-28"), ids.CYCLE_NAME, "OKRs in 2026 Q4 until 31 December 2026"),
        (("2026 q4", "2027-01-01", "2027-03-31"), ids.CYCLE_NAME, "1 October to 31 December 2026 already"),
        (("2027 Q1", None, "2027-03-31"), ids.FIRST_DAY, "required"),  # as Slack itself says
    ],
)
def test_what_can_be_no_cycle_is_said_beside_its_field(
    friday: Friday, cycle: tuple[str, str | None, str], field: str, words: str
) -> None:
    friday.move_in()
    opened(friday, friday.hannah, "draft")
    view = friday.slack.world.workspace.top_view(HANNAH)
    assert view is not None
    text, day = ("plain_text_input", "value"), ("datepicker", "selected_date")
    keys = {ids.CYCLE_NAME: text, ids.FIRST_DAY: day, ids.LAST_DAY: day}
    for (at_field, (kind, key)), value in zip(keys.items(), cycle, strict=True):
        view.values[at_field] = {at_field: {"type": kind, key: value}}
    refused = friday.hannah.submit()
    assert list(refused.errors) == [field]
    assert words in refused.errors[field]


def test_days_that_may_be_a_slip_are_asked_about(friday: Friday) -> None:
    friday.move_in()
    opened(friday, friday.hannah, "draft")
    friday.hannah.choose(ids.LAST_DAY, "2029-12-31")
    assert friday.hannah.submit().ok
    assert "It has 1096 days. Is that meant?" in shown(friday, friday.hannah)
    friday.hannah.choose(ids.ODD_IS_MEANT, ["on"])
    assert friday.hannah.submit().ok
    assert "1 January 2027 to 31 December 2029" in shown(friday, friday.hannah)


def test_a_shared_draft_stands_in_the_channel_and_follows_what_people_do(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    posted = share(friday)
    assert "Shared by Hannah." in posted.text
    assert "0 of 2 key results committed" in posted.text
    assert friday.said_to(friday.hannah) == []  # she has it before her
    asked = quiet(friday.heard(friday.jack, "Hannah shared TeeBee’s draft for 2027 Q1"))
    assert "Orders without a call 30 → 60 %" in asked.text
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMENT)
    friday.jack.choose(ids.SAID_ABOUT, "Orders without a call")
    friday.jack.fill(ids.COMMENT, "Is 60 % <!channel> realistic?")
    assert friday.jack.submit().ok
    tapped(friday, friday.jack, asked, ids.DRAFT_COMMIT)
    friday.jack.choose(field_of(friday), "8")
    assert friday.jack.submit().ok
    friday.settle()
    text = in_channel(friday).text
    assert "Jack · committed, confidence 8/10\n“Is 60 % &lt;!channel&gt; realistic?” Jack" in text
    assert "1 of 2 key results committed" in text
    assert "waits for you any more" in friday.said_to(friday.jack)[-1].text


def field_of(friday: Friday) -> str:
    """The one confidence that Jack is asked for."""
    view = friday.until(friday.jack.view)
    (field,) = [one["block_id"] for one in view["blocks"] if str(one["block_id"]).startswith("commit:")]
    return str(field)


def test_sharing_twice_posts_it_once_and_again_only_where_it_failed(friday: Friday) -> None:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    away = Fault(perform=False, body={"ok": False, "error": "not_in_channel"})
    friday.slack.set_faults(
        lambda method, said: away if method == "chat.postMessage" and said["channel"] == CHANNEL else None
    )
    opened(friday, friday.hannah, "draft")
    tapped(friday, friday.hannah, None, ids.DRAFT_SHARE, texts.SHARED_NOW)
    friday.settle()
    friday.slack.set_faults(None)
    assert "I am not in the channel" in opened(friday, friday.hannah, "draft")
    tapped(friday, friday.hannah, None, ids.DRAFT_SHARE, texts.SHARED_NOW)
    friday.settle()
    value = ids.draft_value(teebee.team.id, cycle)
    for _ in range(2):
        said = said_instead(friday, friday.hannah, in_channel(friday), ids.DRAFT_SHARE, value)
        assert texts.SHARED_BEFORE in said
    friday.settle()
    assert len([one for one in friday.hannah.messages(CHANNEL) if "draft for" in one.text]) == 1


def test_whoever_commits_to_what_has_changed_meanwhile_is_shown_it_first(friday: Friday) -> None:
    teebee = friday.move_in()
    _, _, jacks = draft_of(teebee)
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMIT)
    friday.jack.choose(field_of(friday), "8")
    aim_anew(friday, jacks, 90)
    assert friday.jack.submit().ok
    text = shown(friday, friday.jack)
    assert texts.CHANGED_MEANWHILE in text
    assert "30 → 90 %" in text
    friday.jack.choose(field_of(friday), "4")
    assert friday.jack.submit().ok
    aim_anew(friday, jacks, 95)
    assert "changed since it was committed to" in opened(friday, friday.hannah, "draft")
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMIT)
    assert texts.CHANGED_SINCE in shown(friday, friday.jack)


def aim_anew(friday: Friday, key_result: int, target: float) -> None:
    with friday.okra.database.transaction() as connection:
        known = okrs.key_results_by_ids(connection, [key_result])[key_result]
        okrs.save_key_result(connection, replace(known, measure=Move(30, target)))


def test_a_started_cycle_is_asked_about_from_its_first_day_with_the_confidence_committed_to(
    friday: Friday,
) -> None:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMIT)
    friday.jack.choose(field_of(friday), "8")
    assert friday.jack.submit().ok
    advice = opened(friday, friday.hannah, "start")
    assert "Hannah has not committed to all of theirs." in advice
    assert friday.hannah.submit().ok
    assert "2027 Q1 has started. From 1 January 2027 on I ask for 2 key results" in shown(
        friday, friday.hannah
    )
    friday.hannah.close(everything=True)
    friday.settle()
    assert "Started by Hannah on 20 November 2026." in in_channel(friday).text
    assert ids.DRAFT_COMMIT not in str(in_channel(friday).blocks)
    assert "TeeBee has started 2027 Q1" in friday.said_to(friday.jack)[-1].text
    friday.tick(10, day=DECEMBER)
    assert "Orders without a call" not in friday.said_to(friday.jack)[-1].text
    friday.tick(10, day=JANUARY)
    prompt = friday.said_to(friday.jack)[-1]
    assert "Orders without a call 30 → 60 %, confidence 8/10" in prompt.text
    assert "Phone calls" not in prompt.text
    with friday.okra.database.reading() as connection:
        found = okr_cycles.set_of(connection, teebee.team.id, cycle)
    assert found is not None
    assert found.started_by_id == teebee.hannah.id


def test_starting_twice_starts_once_and_says_so(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    opened(friday, friday.hannah, "start")
    form = dict(friday.hannah.view() or {})
    assert friday.hannah.submit().ok
    assert "has started" in shown(friday, friday.hannah)
    friday.hannah.close(everything=True)
    assert form["callback_id"] == ids.DRAFT_START_FORM
    assert texts.no_draft("TeeBee", ["Hannah"]) == answered(friday, friday.hannah, "start")


def test_nobody_sees_a_draft_where_okrs_are_shown(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    share(friday)
    friday.tick(10)
    for text in ("", "@Jack", "team TeeBee", "history"):
        assert "Orders without a call" not in answered(friday, friday.jack, text)
    assert "Orders without a call" not in friday.said_to(friday.jack)[-1].text
    friday.tick(16, 30)
    friday.settle()
    assert "Orders without a call" not in in_channel(friday).text
    friday.jack.open_home()
    assert "Orders without a call" not in friday.jack.home_screen()


def test_a_private_objective_is_seen_by_nobody_else(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee, private=True)
    posted = share(friday)
    assert "Interviews" not in posted.text
    assert "2 key results" in posted.text
    assert "Interviews" not in opened(friday, friday.hannah, "draft")
    assert "Interviews" in opened(friday, friday.jack, "draft")
    tapped(friday, friday.jack, None, ids.DRAFT_COMMENT, texts.YOUR_COMMENT)
    friday.jack.choose(ids.SAID_ABOUT, "Interviews")
    friday.jack.fill(ids.COMMENT, "Four are enough")
    assert friday.jack.submit().ok
    friday.settle()
    shown(friday, friday.jack, "Four are enough")
    assert "Four are enough" not in in_channel(friday).text
    assert "Four are enough" not in opened(friday, friday.hannah, "draft")


def test_who_may_not_is_told_who_can_whatever_was_forged(friday: Friday) -> None:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    posted = share(friday)
    value = ids.draft_value(teebee.team.id, cycle)
    for action_id, what in (
        (ids.DRAFT_SHARE, "share this draft"),
        (ids.DRAFT_START, "start this cycle"),
        (ids.DRAFT_GIVE_UP, "add an objective to this team"),
    ):
        assert f"You cannot {what}. Hannah can." in said_instead(
            friday, friday.jack, posted, action_id, value
        )
    begin = said_instead(friday, friday.jack, posted, ids.DRAFT_BEGIN, str(teebee.team.id))
    assert "You cannot add an objective to this team. Hannah can." in begin
    for forged in ("", "1", "1-", "-1", "1-99", "99-1", "9999999999-1", "2147483648-2147483648", "x-y"):
        assert texts.CANNOT[WhyNot.NO_SUCH] in said_instead(
            friday, friday.jack, posted, ids.DRAFT_COMMENT, forged
        )
    assert texts.CANNOT_BEGIN[WhyNotBegun.NO_SUCH_TEAM] in said_instead(
        friday, friday.hannah, posted, ids.DRAFT_BEGIN, "99"
    )
    with friday.okra.database.reading() as connection:
        found = okr_cycles.set_of(connection, teebee.team.id, cycle)
    assert found is not None
    assert found.started_at is None


def test_guests_are_refused_and_others_of_the_workspace_may_comment(friday: Friday) -> None:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    guest = friday.slack.person(friday.slack.add_person("Visitor", is_ultra_restricted=True))
    stranger = friday.slack.person(friday.slack.add_person("Somebody"))
    posted = share(friday)
    friday.slack.change_channel(CHANNEL, members=(HANNAH, JACK, JIM, guest.id, stranger.id))
    value = ids.draft_value(teebee.team.id, cycle)
    for action_id in (ids.DRAFT, ids.DRAFT_COMMENT):
        assert common.GUESTS_SEE_THEIRS in said_instead(friday, guest, posted, action_id, value)
    nothing = texts.cannot(WhyNot.NOTHING_YOURS, "TeeBee", "2027 Q1", "")
    assert nothing in said_instead(friday, guest, posted, ids.DRAFT_COMMIT, value)
    assert answered(friday, guest, "draft TeeBee") == common.GUESTS_SEE_THEIRS
    assert stranger.tap(posted, action_id=ids.DRAFT_COMMENT).ok
    friday.until(stranger.view)
    stranger.fill(ids.COMMENT, "We would help")
    assert stranger.submit().ok
    friday.settle()
    assert "“We would help” Somebody" in in_channel(friday).text


def test_a_draft_that_is_given_up_says_so_everywhere_and_can_be_begun_anew(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    share(friday)
    opened(friday, friday.hannah, "draft")
    tapped(friday, friday.hannah, None, ids.DRAFT_GIVE_UP, texts.GIVEN_UP)
    friday.settle()
    assert in_channel(friday).text == texts.GONE_DRAFT
    assert friday.said_to(friday.jack)[-1].text == texts.GONE_DRAFT
    friday.hannah.close(everything=True)
    opened(friday, friday.hannah, "draft")
    friday.hannah.choose(ids.LAST_DAY, "2027-04-30")  # its days can be others now
    assert friday.hannah.submit().ok
    assert "1 January to 30 April 2027" in shown(friday, friday.hannah)
    friday.settle()
    assert in_channel(friday).text == texts.GONE_DRAFT


def test_a_form_that_cannot_be_kept_stays_open_with_the_words_in_it(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMENT)
    friday.jack.fill(ids.COMMENT, "half a thought")
    with locked(friday.okra.database):
        assert friday.jack.submit().errors == {ids.COMMENT: common.STORAGE_AWAY}
    assert "half a thought" in friday.jack.view_screen()
    assert friday.jack.submit().ok
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMENT)
    friday.jack.fill(ids.COMMENT, "half a thought")  # once more: it is said once
    assert friday.jack.submit().ok
    friday.settle()
    assert in_channel(friday).text.count("half a thought") == 1


def test_comments_on_what_has_started_or_gone_are_refused_in_words(friday: Friday) -> None:
    teebee = friday.move_in()
    _, _, jacks = draft_of(teebee)
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMENT)
    friday.jack.choose(ids.SAID_ABOUT, "Orders without a call")
    friday.jack.fill(ids.COMMENT, "why not more?")
    teebee.drop(jacks)
    assert friday.jack.submit().errors == {ids.COMMENT: texts.CANNOT[WhyNot.GONE]}
    opened(friday, friday.hannah, "start")
    assert friday.hannah.submit().ok
    started = texts.cannot(WhyNot.STARTED, "TeeBee", "2027 Q1", "")
    assert friday.jack.submit().errors == {ids.COMMENT: started}


def test_an_empty_draft_cannot_be_started_nor_any_by_a_member(friday: Friday) -> None:
    friday.move_in()
    opened(friday, friday.hannah, "draft")
    assert friday.hannah.submit().ok
    friday.hannah.close(everything=True)
    empty = texts.cannot(WhyNot.EMPTY, "TeeBee", "2027 Q1", "")
    assert answered(friday, friday.hannah, "start") == empty
    assert (
        answered(friday, friday.jack, "start")
        == "You cannot start this cycle. Hannah can. Nothing was changed."
    )


def test_which_team_is_said_in_words(friday: Friday) -> None:
    friday.move_in()
    assert answered(friday, friday.jack, "draft") == texts.no_draft("TeeBee", ["Hannah"])
    assert "There is no team “Nowhere”" in answered(friday, friday.jack, "draft Nowhere")
    assert answered(friday, friday.jim, "draft") == texts.NO_TEAM_YET


def test_a_team_with_two_drafts_sees_the_other_one_too(friday: Friday) -> None:
    teebee = friday.move_in()
    cycle, _, _ = draft_of(teebee)
    opened(friday, friday.hannah, "draft")
    begin = tapped(friday, friday.hannah, None, ids.DRAFT_BEGIN, texts.BEGIN_TITLE)
    assert "2027 Q2" in begin
    assert friday.hannah.submit().ok
    shown(friday, friday.hannah, "TeeBee · draft for 2027 Q2")
    tapped(friday, friday.hannah, None, ids.field(ids.DRAFT, cycle), "TeeBee · draft for 2027 Q1")
    tapped(friday, friday.hannah, None, ids.DRAFT_PROPOSE, texts.PROPOSE_WHAT)


def test_whoever_is_all_but_certain_is_asked_about_it(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMIT)
    friday.jack.choose(field_of(friday), "10")
    assert friday.jack.submit().ok
    shown(friday, friday.jack, texts.SURE_BEFOREHAND)
    assert "all but certain of “Orders without a call”" in opened(friday, friday.hannah, "start")


def test_what_is_written_in_a_shared_draft_is_shown_and_its_new_owner_asked(friday: Friday) -> None:
    teebee = friday.move_in()
    _, _, jacks = draft_of(teebee)
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMIT)
    friday.jack.choose(field_of(friday), "8")
    assert friday.jack.submit().ok
    okr_sending.hand_over(
        friday.okra.database, HANNAH, 0, jacks, owner=JIM, delegate=None, reason="", now=friday.clock()
    )
    friday.okra.wake_senders()
    friday.settle()
    assert (
        "Orders without a call 30 → 60 %, Jim · changed since it was committed to" in in_channel(friday).text
    )
    assert "Orders without a call" in friday.heard(friday.jim, "Yours to commit to").text
    okr_sending.drop(friday.okra.database, HANNAH, 0, jacks, reason="", now=friday.clock())
    friday.okra.wake_senders()
    friday.settle()
    assert "Orders without a call" not in in_channel(friday).text
    assert "waits for you any more" in friday.said_to(friday.jim)[-1].text


def stale(friday: Friday) -> list[str]:
    """The keys of what is to be drawn anew."""
    with friday.okra.database.reading() as connection:
        rows = connection.execute(
            sa.select(tables.deliveries).where(tables.deliveries.c.stale_since.is_not(None))
        )
        return [row.key for row in rows]


def test_a_file_that_changes_a_shared_draft_is_shown_and_its_owners_asked_again(friday: Friday) -> None:
    draft_of(friday.move_in())
    posted = share(friday)
    tapped(friday, friday.jack, posted, ids.DRAFT_COMMIT)
    friday.jack.choose(field_of(friday), "8")
    assert friday.jack.submit().ok
    friday.settle()
    text = write_yaml(export_outline(friday.okra.database, everything=True))
    asked = len(friday.said_to(friday.jack))
    friday.clock.now += timedelta(weeks=1)
    take(friday.okra.database, text, now=friday.clock())
    assert stale(friday) == []
    assert text.count("target: 60,") == 1
    take(friday.okra.database, text.replace("target: 60,", "target: 65,"), now=friday.clock())
    friday.okra.wake_senders()
    friday.until(lambda: len(friday.said_to(friday.jack)) > asked)
    friday.settle()
    changed = "Orders without a call 30 → 65 %, Jack · changed since it was committed to"
    assert changed in in_channel(friday).text
    assert "30 → 65 %" in friday.said_to(friday.jack)[-1].text
    days = text.replace("ends: 2027-03-31", "ends: 2027-03-28")
    assert days != text
    take(friday.okra.database, days.replace("target: 60,", "target: 65,"), now=friday.clock())
    friday.okra.wake_senders()
    friday.settle()
    assert "1 January to 28 March 2027" in in_channel(friday).text


def test_what_a_draft_supports_is_shown_for_as_long_as_everybody_may_see_that(friday: Friday) -> None:
    company = zenith(friday.move_in())
    team, above, database = company.teebee.team.id, company.loved, friday.okra.database
    with database.transaction() as connection:
        cycle = okr_cycles.everything(connection)[0]
        okr_cycles.begin_draft(connection, team, cycle.id)
    assert "supports" not in share(friday).text
    aligned = Aligned(Supported(above.id))
    value = company.value().id
    aligning.save(database, HANNAH, value, aligned, began=Aligned(), reason="", now=friday.clock())
    friday.okra.wake_senders()
    friday.settle()
    assert "supports “Be the tea people love”" in in_channel(friday).text
    for change, said in (({"title": "Be loved"}, True), ({"private": True}, False)):
        with database.transaction() as connection:
            known = okrs.whole(connection, [above.id])[above.id]
            changing.save_objective(connection, known, replace(known, **change))
        friday.okra.wake_senders()
        friday.settle()
        assert ("supports “Be loved”" in in_channel(friday).text) is said
    which = Which(team, cycle.id)
    assert draft_shown.load(database, HANNAH, which).objectives[0].supports == ()
    assert draft_shown.load(database, JIM, which).objectives[0].supports == ("Be loved",)  # it is his
