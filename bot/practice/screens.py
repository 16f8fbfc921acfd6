"""A person's screen as text: a channel with who said what when, or a form."""

from bot.practice.ids import stamp_time
from bot.practice.model import Message, OpenView, Person
from bot.practice.screen import render_below, render_message, render_view
from bot.practice.world import World

REPLY = "    "


def channel(world: World, reader: Person, channel_id: str, width: int) -> str:
    """Messages oldest first, replies under what they answer, times in the reader's zone."""
    seen = world.visible_to(reader.id, channel_id)
    top = [message for message in seen if not message.is_reply]
    parts: list[str] = []
    for message in top:
        parts.append(_shown(world, reader, message, width))
        replies = [reply for reply in seen if reply.is_reply and reply.thread_ts == message.ts]
        for reply in replies:
            text = _shown(world, reader, reply, width - len(REPLY))
            parts.append("\n".join(REPLY + line if line else line for line in text.splitlines()))
    return "\n\n".join(parts)


def _shown(world: World, reader: Person, message: Message, width: int) -> str:
    author = world.workspace.people[message.user].name
    at = stamp_time(message.ts).astimezone(reader.zone)
    marks = " (edited)" if message.edited_ts else ""
    marks += " (only visible to you)" if message.only_for else ""
    lines = [f"{author}  {at:%H:%M}{marks}"]
    if message.text or message.blocks or not message.files:
        names = world.workspace.names()
        lines.append(render_message(list(message.blocks), message.text, width=width, names=names))
    return "\n".join([*lines, *render_below(message.files, message.reactions, width=width)])


def view(world: World, opened: OpenView | None, width: int) -> str:
    """A form or Home with what is filled in and what is wrong; "" if there is none."""
    if opened is None:
        return ""
    return render_view(
        opened.source,
        width=width,
        values=opened.values,
        errors=opened.errors,
        names=world.workspace.names(),
    )
