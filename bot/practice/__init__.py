"""A loopback Slack for trying and testing a bot: real HTTP, a real Socket Mode WebSocket, strict limits."""

from bot.practice.deeds import Deed
from bot.practice.faults import Fault
from bot.practice.model import Channel, File, Message, Person
from bot.practice.outcome import Outcome
from bot.practice.people import Actor
from bot.practice.rates import Rates
from bot.practice.slack import PracticeSlack
from bot.practice.suggestions import Suggestions
from bot.practice.trouble import SocketTrouble, Trouble

__all__ = [
    "Actor",
    "Channel",
    "Deed",
    "Fault",
    "File",
    "Message",
    "Outcome",
    "Person",
    "PracticeSlack",
    "Rates",
    "SocketTrouble",
    "Suggestions",
    "Trouble",
]
