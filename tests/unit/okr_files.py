"""An OKR file in YAML without mistakes, to be read as it is or with one thing changed."""

import pytest

from bot.files.marked import BadFile
from bot.files.yaml_file import read_yaml

GOOD = """\
workspace: {timezone: Asia/Shanghai}
cycle: {name: 2026 Q4, starts: 2026-10-01, ends: 2026-12-31}
people:
  hannah: {email: hannah@teebee.example}
  jack: {slack: U012ABCDEF}
teams:
  - name: TeeBee
    channel: "#okrs"
    leads: [hannah]
    members: [jack]
    check_in: {day: friday, prompt: "10:00", remind: "15:00", digest: "16:30"}
    objectives:
      - title: Prove our tea
        owner: hannah
        kind: committed
        key_results:
          - {title: Renewals, owner: hannah, start: 40, target: 70, unit: "%"}
          - {title: Phone calls, owner: jack, start: 40, target: 20, unit: a week}
"""


def troubles(text: str) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read_yaml(text)
    return [str(trouble) for trouble in caught.value.troubles]


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, f"{old!r} should stand once in the good file"
    return GOOD.replace(old, new)


def team_with(line: str) -> str:
    return changed(
        '    check_in: {day: friday, prompt: "10:00", remind: "15:00", digest: "16:30"}', f"    {line}"
    )
