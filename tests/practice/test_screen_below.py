"""Files and reactions on the text screen."""

from bot.practice.screen.cells import cells
from tests.practice.conftest import TeeBee
from tests.practice.uploads import PNG, completed, sent


def test_a_file_and_the_reactions_stand_below_the_words(teebee: TeeBee) -> None:
    picture, plan = sent(teebee, alt_txt="KR1 rises"), sent(teebee, b"plan", "plan.pdf")
    completed(teebee, picture, plan, channel_id=teebee.okrs, initial_comment="Week 8")
    ts = teebee.hannah.messages("okrs")[0].ts
    for actor, name in ((teebee.hannah, "+1"), (teebee.jack, "+1"), (teebee.jack, "okra")):
        actor.react(ts, name)
    assert teebee.hannah.screen("okrs").splitlines() == [
        "Bot  10:00",
        "Week 8",
        "(picture: progress.png – KR1 rises)",
        "(file: plan.pdf)",
        "👍 2  :okra: 1",
    ]


def test_a_file_alone_leaves_no_empty_line(teebee: TeeBee) -> None:
    teebee.hannah.upload("proof.png", PNG)
    assert teebee.hannah.screen().splitlines()[1:] == ["(picture: proof.png)"]


def test_long_lines_fit_a_phone_and_a_reply(teebee: TeeBee) -> None:
    root = teebee.web.chat_postMessage(channel=teebee.okrs, text="Week 8")["ts"]
    file_id = sent(teebee, alt_txt="KR1 rises from 40 to 62 %, KR2 rests")
    completed(teebee, file_id, channel_id=teebee.okrs, thread_ts=root)
    ts = teebee.hannah.messages("okrs")[1].ts
    for number in range(8):
        teebee.hannah.react(ts, f"emoji_{number}")
    lines = teebee.hannah.screen("okrs", width=34).splitlines()
    assert max(cells(line) for line in lines) <= 34
    assert "    (picture: progress.png – KR1" in lines
    assert "    :emoji_0: 1  :emoji_1: 1" in lines
