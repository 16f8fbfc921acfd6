"""A team's files: the words above them, and those in their place where Slack takes none."""

import re
from typing import Any

from bot.services.files.team_files import TeamFiles
from bot.slack import phrases, texts
from bot.slack.blocks.compose import message, to_blocks
from bot.slack.message import Message
from bot.slack.richtext import line, name
from bot.slack.sending.upload import File
from bot.slack.texts import export


def files(one: TeamFiles, contents: dict[str, bytes], nonce: str) -> tuple[File, ...]:
    """`contents` by the ending of the file's name; `nonce` tells these files from all others."""
    slug = re.sub(r"[^a-z0-9]+", "-", one.team.casefold()).strip("-") or "team"
    day = phrases.short_day(one.on)
    return tuple(
        File(
            name=f"okra-{slug}-{nonce}.{ending}",
            title=export.TITLES[ending].format(team=name(one.team, 80), day=day),
            content=content,
        )
        for ending, content in contents.items()
    )


def words(one: TeamFiles) -> list[dict[str, Any]]:
    return to_blocks([[line(export.WORDS.format(team=name(one.team, 80)))]])


def instead(one: TeamFiles, reason: str) -> Message:
    why = texts.reason(reason)
    return message([[line(export.NOT_SENT.format(team=name(one.team, 80), why=why))]])
