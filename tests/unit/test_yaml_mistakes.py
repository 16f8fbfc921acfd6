import pytest

from bot.files.marked import BadFile
from bot.files.yaml_file import read_yaml
from tests.unit.okr_files import GOOD, changed, troubles


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "workspace:",
            "workspaces:",
            1,
            "“workspaces” is not a key that belongs here. Did you mean “workspace”?",
        ),
        ("workspace: {timezone", "workspace: {clock", 1, "Known here: timezone."),
        ("Asia/Shanghai", "shanghai", 1, "there is no time zone “shanghai”. Did you mean “Asia/Shanghai”?"),
        ("Asia/Shanghai", "Asia/Shangai", 1, "Did you mean “Asia/Shanghai”?"),
        ("Asia/Shanghai", "../etc/passwd", 1, "Write it like Europe/London"),
        (
            "{timezone: Asia/Shanghai}",
            "Asia/Shanghai",
            1,
            "a set of fields is expected here, not a single value",
        ),
        ("starts: 2026-10-01", "starts: 2027-10-01", 2, "which is not after its first day, 2027-10-01"),
        ("starts: 2026-10-01", "starts: 2026-02-30", 2, "2026-02-30 is not a day of the calendar"),
        ("starts: 2026-10-01", "starts: 1.10.2026", 2, "“1.10.2026” is not a date; write it like 2026-10-01"),
        ("starts: 2026-10-01, ", "", 2, "starts is missing"),
        ("name: 2026 Q4", "name: ", 2, "it is empty"),
        (
            "cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}",
            "cycle:",
            12,
            "objectives need a cycle",
        ),
        ("  jack: {slack: U012ABCDEF}", "  jack:", 5, "a set of fields is expected here, not nothing"),
        ("  jack: {slack: U012ABCDEF}", "  jack: {}", 5, "jack needs an email or a slack id"),
        (
            "  jack: {slack: U012ABCDEF}",
            "  jack: {slack: '', email: }",
            5,
            "jack needs an email or a slack id",
        ),
        ("  jack: {slack: U012ABCDEF}", "  jack: {slack: jack}", 5, "“jack” is not a Slack member id"),
        ("  jack: {slack: U012ABCDEF}", "  jack: {email: jack}", 5, "“jack” is not an e-mail address"),
        ("  jack: {slack: U012ABCDEF}", "  jack: {slack: U012ABCDEF, role: x}", 5, "“role” is not a key"),
        ("{slack: U012ABCDEF}", "{email: HANNAH@teebee.example}", 5, "already somebody’s e-mail (line 4)"),
        (
            "hannah: {email: hannah@teebee.example}",
            "hannah: {slack: U012ABCDEF}",
            5,
            "already somebody’s Slack id (line 4)",
        ),
        (
            "  jack: {slack",
            "  jack: {slack: U0AAAAAA}\n  jack: {slack",
            6,
            "“jack” is given twice, first on line 5",
        ),
        ("  jack: {slack", "  '': {slack", 5, "a key is missing before the colon"),
        ("  jack: {slack", "  ? [jack]\n  : {slack", 5, "a key is missing before the colon"),
        ("name: TeeBee", "name: ''", 7, "it is empty"),
        ('channel: "#okrs"', "channel: #okrs", 8, "so put quotes round text that starts with one"),
        ('channel: "#okrs"', "channel: okrs", 8, "Did you mean “#okrs”?"),
        (
            'channel: "#okrs"',
            "channel: o k",
            8,
            "“o k” is not a channel; write its name like “#okrs”, or its id.",
        ),
        ('    channel: "#okrs"\n', "", 7, "channel is missing"),
        ("    leads: [hannah]\n", "", 7, "leads is missing"),
        ("leads: [hannah]", "leads: []", 9, "it is empty"),
        ("leads: [hannah]", "leads: hannah", 9, "a list is expected here, not a single value"),
        ("leads: [hannah]", "leads: [hana]", 9, "“hana” is not in people. Did you mean “hannah”?"),
        ("leads: [hannah]", "leads: [[hannah]]", 9, "a single value is expected here, not a list"),
        ("members: [jack]", "members: [hannah, jack]", 10, "“hannah” is already named in this team"),
        ("day: friday", "day: fryday", 11, "“fryday” is not a day of the week. Did you mean “friday”?"),
        ("day: friday", "day: 5", 11, "Write monday, tuesday and so on."),
        ('prompt: "10:00"', "prompt: 25:00", 11, "“25:00” is not a time of day"),
        ('prompt: "10:00"', "prompt: 600", 11, "“600” is not a time of day"),
        (
            'prompt: "10:00"',
            "prompt: 15:00",
            11,
            "the prompt (15:00) has to come before the reminder (15:00)",
        ),
        ('remind: "15:00"', "remind: 16:30", 11, "the reminder would come after answers are due at 16:30"),
        ('remind: "15:00"', "remind: 15:60", 11, "“15:60” is not a time of day"),
        (
            "    check_in:",
            "    meeting: {day: mon, at: 9:00}\n    check_in:",
            12,
            "either a digest hour or a meeting",
        ),
        ("    check_in:", "    start: perhaps\n    check_in:", 11, "“perhaps” is neither true nor false"),
        ("    check_in:", "    timezone: Mars\n    check_in:", 11, "there is no time zone “Mars”"),
        ("title: Prove our tea", "titel: Prove our tea", 13, "Did you mean “title”?"),
        ("title: Prove our tea", "title: '   '", 13, "it is empty"),
        ("title: Prove our tea", f"title: {'a' * 301}", 13, "it has 301 characters; 300 is the most"),
        ("title: Prove our tea", 'title: "a\\nb"', 13, "“a b” holds a line break"),
        ("title: Prove our tea", 'title: "a\\ab"', 13, "“a b” holds U+0007"),
        ("title: Prove our tea", 'title: "a\\uD800b"', 13, "holds U+D800"),
        (
            "title: Prove our tea",
            "title: [Prove, our, tea]",
            13,
            "a single value is expected here, not a list",
        ),
        ("title: Prove our tea", "title: &a Prove\n        id: *a", 14, "aliases (*a) are not read"),
        ("title: Prove our tea", "title: !!python/name:os.system", 13, "YAML tags (!…) are not read"),
        ("title: Prove our tea", "title: Tea\n        id: 1.5", 14, "“1.5” is not an id"),
        ("title: Prove our tea", "title: Tea\n        id: 0", 14, "“0” is not an id"),
        ("kind: committed", "kind: commited", 15, "Did you mean “committed”?"),
        ("        owner: hannah\n", "", 13, "owner is missing"),
        ("{title: Renewals, owner: hannah", "{title: Renewals, owner: jak", 17, "“jak” is not in people."),
        ("{title: Renewals", "{titel: Renewals", 17, "title is missing"),
        (
            "title: Phone calls",
            "title: Renewals",
            18,
            "already the title of a key result of this objective (line 17)",
        ),
        (
            "start: 40, target: 70",
            "start: 70, target: 70",
            17,
            "start and target are both 70; a key result has to move",
        ),
        ("start: 40, target: 70", 'start: 70, target: "70%"', 17, "start and target are both 70"),
        ("start: 40, target: 70", "start: 40", 17, "target is missing"),
        ("start: 40, target: 70", "start: 40, target: .nan", 17, "› target: “"),
        ("start: 40, target: 70", "start: 40, target: -.inf", 17, "› target: “"),
        ("start: 40, target: 70", "start: 40, target: 1e999", 17, "1e999 is too large"),
        ("start: 40, target: 70", "start: 40, target: true", 17, "› target: “"),
        ("start: 40, target: 70", "start: 40, target: lots", 17, "lots"),
        (
            "start: 40, target: 70",
            "start: 40, target: 70, target: 80",
            17,
            "“target” is given twice, first on line 17",
        ),
        ("start: 40, target: 70", "start: 40, target: 70, current: x", 17, "› current: “x” is not a number"),
        ('unit: "%"', f"unit: {'x' * 41}", 17, "it has 41 characters; 40 is the most"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, line: int, said: str) -> None:
    found = troubles(changed(old, new))
    assert any(each.startswith(f"line {line}, ") and said in each for each in found), found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the file is empty"),
        ("# nothing\n---\n", "line 3: the file should begin with keys"),
        ("- a\n- b\n", "line 1: the file should begin with keys"),
        ("just words", "line 1: the file should begin with keys"),
        ("cycle:\n\tname: x\n", "line 2, column 1: this is not YAML: a tab stands where YAML wants spaces"),
        ("a: b: c\n", "line 1, column 5: this is not YAML: there is a colon where none fits"),
        ("a: 'b\nc: d\n", "line 1, column 4: this is not YAML: a quotation mark is opened and not closed"),
        ("unit: %\n", "line 1, column 7: this is not YAML: text that begins with a sign"),
        ("a: [b, c\nd: e\n", "line 2, column 2: this is not YAML: a comma or a closing bracket is missing"),
        ("a: b\n---\nc: d\n", "line 2, column 1: this is not YAML: a second document begins"),
        ("a:\n  b: c\n d: e\n", "line 3, column 2: this is not YAML: the indentation does not fit"),
        ("a: b\nword\nc: d\n", "line 3, column 1: this is not YAML: a colon is missing"),
        ("[" * 5000, "line 1, column 21: this is not YAML: lists and fields are nested more than 20 deep"),
        ('a: "\\UFFFFFFFF"', "line 1: this is not YAML: there is a number or an escape that is out of range"),
        ("a: b\nc: \x00", "line 2: this is not text: it holds the control character U+0000"),
        ("%YAML 9.9\n---\na: b", "line 1, column 1: this is not YAML: found incompatible YAML document"),
    ],
)
def test_what_is_no_okr_file_at_all_is_said_in_words(text: str, said: str) -> None:
    (trouble,) = troubles(text)
    assert trouble.startswith(said)


def test_a_file_with_ten_mistakes_reports_all_ten_with_their_lines() -> None:
    text = """\
workspace: {timezone: Mars}
cycle: {name: Q4, starts: 2026-12-31, ends: 2026-10-01}
people:
  hannah: {email: hannah}
teams:
  - name: TeeBee
    channel: okrs
    leads: [hana]
    check_in: {day: someday}
    objectives:
      - title: ''
        owner: hannah
        kind: heroic
        key_results:
          - {title: A, owner: hannah, start: 40, target: 40}
          - {title: B, owner: hannah, start: none, target: 40}
"""
    with pytest.raises(BadFile) as caught:
        read_yaml(text)
    lines = [trouble.place.line for trouble in caught.value.troubles]
    assert lines == [1, 2, 4, 7, 8, 9, 11, 13, 15, 16]


def test_duplicates_across_teams_and_objectives_are_found() -> None:
    team = GOOD[GOOD.index("  - name") :]
    twice = GOOD + team
    assert troubles(twice) == [
        "line 19, teams › TeeBee › name: “TeeBee” is already the name of a team (line 7)"
    ]
    text = GOOD + team.replace("TeeBee", "Tea").replace("{title: Ren", "{id: 3, title: Ren")
    again = text.replace("{title: Phone", "{id: 3, title: Phone")
    assert [each for each in troubles(again) if "already the id of a key result (line 18)" in each]
    objective = GOOD[GOOD.index("      - title") :]
    assert "already the title of an objective of this team (line 13)" in troubles(GOOD + objective)[0]
    assert read_yaml(text).teams[1].objectives[0].title == "Prove our tea"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("teams: [x]", "a set of fields is expected here, not a single value"),
        ("teams: [{name: A, channel: '#a', leads: [], objectives: [x]}]", "a set of fields is expected here"),
        (
            "teams: [{name: A, channel: '#a', leads: [], objectives: [{title: x, key_results: [[]]}]}]",
            "not a list",
        ),
        ("people: [hannah]", "a set of fields is expected here, not a list"),
        ("teams: [{name: A, meeting: {day: fri}}]", "at is missing"),
        (f"people: {{{'x' * 101}: {{email: a@b}}}}", "the name of a person has 101 characters"),
        ('people: {"a\\nb": {email: a@b}}', "holds a line break"),
        ("teams: [*a]", "aliases (*a) are not read"),
        ("*a : b", "a key is missing before the colon"),
    ],
)
def test_shapes_that_do_not_fit_are_named(text: str, said: str) -> None:
    assert any(said in each for each in troubles(text))
