"""Looked-up OKRs as they are seen: the first page of an answer, a Home with nothing but one's own."""

from dataclasses import replace
from datetime import time
from typing import Any

from bot.okr.days.attendance import Attendance
from bot.okr.health import Health
from bot.okr.model import Role
from bot.okr.overviews import TeamLine
from bot.okr.views import OkrView
from bot.services.away.settings import SettingsView, Week
from bot.services.looking_up.home import HomeView, TeamCard
from bot.slack.blocks.looking_up import home as of_home
from bot.slack.blocks.looking_up import okrs as of_okrs
from bot.slack.blocks.pages import Pages, page_of, split
from bot.slack.message import Message

CARD = TeamCard(
    TeamLine(1, "TeeBee", 0, 38, 6, ((Health.RED, 1),)), Role.MEMBER, started=True, digest_at=None
)
SETTINGS = SettingsView(Week(), time(10), time(15, 30), Attendance())


def okrs(view: OkrView) -> Message:
    return page_of(of_okrs.okrs(view))


def all_pages(pages: Pages) -> list[Message]:
    return [page_of(pages, number) for number in range(len(split(pages)))]


def home(view: OkrView, **more: Any) -> dict[str, Any]:
    return of_home.home(replace(HomeView(view, settings=SETTINGS, teams=(CARD,)), **more))
