"""A loopback Slack for trying and testing a bot: real HTTP, a real Socket Mode WebSocket, strict limits."""

from bot.practice.model import Channel, Message, Person
from bot.practice.outcome import Outcome
from bot.practice.people import Actor
from bot.practice.server import Fault
from bot.practice.slack import PracticeSlack

__all__ = ["Actor", "Channel", "Fault", "Message", "Outcome", "Person", "PracticeSlack"]
