"""To whoever wanted to share something: why that did not work."""

from typing import Final

from bot.services.looking_up.sharing import NotShared
from bot.slack import texts
from bot.slack.blocks.compose import message
from bot.slack.message import Message
from bot.slack.richtext import Run, line, name
from bot.slack.texts import looking

INVITING_HELPS: Final = frozenset({"not_in_channel", "channel_not_found"})
WHY_MOST: Final = 200


def not_shared(refused: NotShared) -> Message:
    code = refused.error.partition(" ")[0]
    if code in texts.REASONS:
        why = texts.REASONS[code]
    else:
        why = looking.NOT_THERE if refused.error.startswith("it could not be drawn") else refused.error
    said = looking.NOT_SHARED if code in INVITING_HELPS else looking.NOT_SHARED_ELSE
    before, after = said.format(channel="\0", why=name(why, WHY_MOST)).split("\0")
    return message([[line(before, Run(channel=refused.channel), after)]])
