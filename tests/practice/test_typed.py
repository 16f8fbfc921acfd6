"""What the client makes of typed words."""

import pytest

from bot.practice.ids import Ids
from bot.practice.model import Channel, Person, Workspace
from bot.practice.typed import typed


@pytest.fixture
def workspace() -> Workspace:
    workspace = Workspace("T1", "Practice", "UBOT")
    for user_id, name, handle in (("U1", "Jack", "jack"), ("U2", "Jack Lee", "lee"), ("U3", "A & B", "ab")):
        workspace.people[user_id] = Person(user_id, name, handle, "")
    workspace.channels["C1"] = Channel("C1", "okrs", "public")
    workspace.channels["D1"] = Channel("D1", "", "im")
    return workspace


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@Jack, hi", "<@U1>, hi"),
        ("@jack lee!", "<@U2>!"),
        ("@lee", "<@U2>"),
        ("@A & B", "<@U3>"),
        ("@Jackson", "@Jackson"),
        ("jack@jack", "jack@jack"),
        ("@Nobody", "@Nobody"),
        ("#okrs and #okrs-2", "<#C1|okrs> and #okrs-2"),
        ("@here @Channel @everyone", "<!here> <!channel> <!everyone>"),
        ("see https://teebee.example/?a=1&b=2", "see <https://teebee.example/?a=1&amp;b=2>"),
        ("", ""),
    ],
)
def test_typed_words_are_sent_with_control_sequences(workspace: Workspace, words: str, text: str) -> None:
    assert typed(workspace, Ids(), words).text == text


def test_a_commands_mentions_carry_the_handle(workspace: Workspace) -> None:
    assert typed(workspace, Ids(), "of @Jack Lee", with_names=True).text == "of <@U2|lee>"


def test_the_block_holds_the_words_as_typed(workspace: Workspace) -> None:
    section = typed(workspace, Ids(), "ask @Jack & go").blocks[0]["elements"][0]
    assert section["elements"] == [
        {"type": "text", "text": "ask "},
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " & go"},
    ]


def test_a_workspace_without_channels_reads_a_hash_as_a_hash() -> None:
    assert typed(Workspace("T1", "Practice", "UBOT"), Ids(), "#okrs @Jack").text == "#okrs @Jack"
