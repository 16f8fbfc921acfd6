"""A team's next cycle in Slack: begun, shared, talked about, committed to, started."""

from tests.services.teebee import CHANNEL, FRIDAY, HANNAH, JACK, JIM, at
from tests.slack.drafting import DECEMBER, answered, draft_of, in_channel, opened, share, shown
from tests.slack.friday import Friday, locked, quiet
from bot.slack import ids
from bot.slack.texts import drafts as texts


def test_a_lead_begins_the_next_quarter_with_a_copy_of_this_one(friday: Friday) -> None:
    friday.move_in()
    assert "2027 Q1" in opened(friday, friday.hannah, "draft")
    friday.hannah.choose(ids.COPY_LAST, ["on"])
    assert friday.hannah.submit().ok
    text = shown(friday, friday.hannah)
    assert "TeeBee · draft for 2027 Q1" in text
    assert "Copied from 2026 Q4: 2 objectives and 6 key results." in text
    assert "Phone calls 40 → 20 a week, Jack · not committed yet" in text
    friday.hannah.close(everything=True)
    assert "TeeBee · draft for 2027 Q1" in opened(friday, friday.jack, "draft tee")


def test_a_shared_draft_stands_in_the_channel_and_follows_what_people_do(friday: Friday) -> None:
    teebee = friday.move_in()
    draft_of(teebee)
    posted = share(friday, teebee)
    print(posted.text)
    print(friday.hannah.screen(CHANNEL))
    print(friday.said_to(friday.jack)[-1].text)
    assert friday.jack.tap(posted, action_id=ids.DRAFT_COMMENT).ok
    shown(friday, friday.jack)
    friday.jack.fill(ids.COMMENT, "Is 60 % <!channel> realistic?")
    assert friday.jack.submit().ok
    friday.settle()
    print(in_channel(friday).text)
    assert friday.jack.tap(friday.said_to(friday.jack)[-1], action_id=ids.DRAFT_COMMIT).ok
    print(friday.jack.view_screen(width=100))
