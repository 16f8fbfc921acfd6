"""Slack's record of people and channels, as services ask for it."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

from slack_sdk import WebClient

from bot.okr.days.leave import looks_like_leave
from bot.okr.days.status import Status
from bot.okr.model import Profile
from bot.services.people import Channel, DirectoryUnavailable
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.slack.outcomes import call

CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{6,}")
NOT_FOUND = frozenset({"user_not_found", "users_not_found", "channel_not_found", "user_not_visible"})
SLACKBOT = "USLACKBOT"
"""Slack says that it is no bot."""
PAGE = 200
MEMBERS_PAGE = 1000
"""Ids only: as many as Slack gives at once."""
ROLES = ("is_restricted", "is_ultra_restricted", "is_stranger")
"""Guests, and people of other organisations."""
ADMIN = ("is_admin", "is_owner")
NEEDED = ("id", "name", "real_name", "tz", "deleted", "is_bot", *ROLES, *ADMIN)
NEEDED_OF_PROFILE = ("display_name", "real_name", "email")
OF_STATUS = ("status_text", "status_emoji", "status_expiration")


class SlackDirectory:
    """Fulfils `bot.services.people.Directory`."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def profile(self, slack_id: str) -> Profile | None:
        found = self._ask("users_info", user=slack_id)
        return None if found is None else profile_of(found["user"])

    def profile_by_email(self, email: str) -> Profile | None:
        found = self._ask("users_lookupByEmail", email=email)
        return None if found is None else profile_of(found["user"])

    def channel(self, name: str) -> Channel | None:
        if CHANNEL_ID.fullmatch(name):
            found = self._ask("conversations_info", channel=name)
            return None if found is None else _channel(found["channel"])
        wanted = name.removeprefix("#").casefold()
        cursor: str | None = None
        while cursor != "":
            page = self._ask(
                "conversations_list",
                types="public_channel,private_channel",
                exclude_archived=True,
                limit=PAGE,
                cursor=cursor,
            )
            for channel in page["channels"] if page else ():
                if channel["name"].casefold() == wanted:
                    return _channel(channel)
            cursor = ((page or {}).get("response_metadata") or {}).get("next_cursor") or ""
        return None

    def members(self, channel_id: str) -> frozenset[str] | None:
        found: set[str] = set()
        cursor: str | None = None
        while cursor != "":
            page = self._ask("conversations_members", channel=channel_id, limit=MEMBERS_PAGE, cursor=cursor)
            if page is None:
                return None
            found.update(str(one) for one in page["members"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        return frozenset(found)

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        """The answer; None where what was asked for does not exist."""
        try:
            response = call(getattr(self._client, method), **arguments)
        except Refused as problem:
            if str(problem).partition(" ")[0] in NOT_FOUND:
                return None
            raise DirectoryUnavailable(str(problem), refused=True) from problem
        except (NotSent, Unsure) as problem:
            asked = problem.retry_after if isinstance(problem, NotSent) else None
            raise DirectoryUnavailable(f"Slack did not answer: {problem}", retry_after=asked) from problem
        data: dict[str, Any] = response.data if isinstance(response.data, dict) else {}
        return data


def _channel(found: dict[str, Any]) -> Channel:
    return Channel(str(found["id"]), has_bot=bool(found.get("is_member")))


def profile_of(user: dict[str, Any]) -> Profile:
    """From a user as the Web API and events give it."""
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return Profile(
        slack_id=user["id"],
        name=next((name.strip() for name in names if name and name.strip()), user["id"]),
        email=profile.get("email") or None,
        zone=user.get("tz") or None,
        active=not (user.get("deleted") or user.get("is_bot") or user["id"] == SLACKBOT),
        guest=any(user.get(flag) for flag in ROLES),
        admin=any(user.get(flag) for flag in ADMIN),
        status=_leave(profile),
    )


def needed_of(user: dict[str, Any]) -> dict[str, Any]:
    """Of a user as Slack gives it, only what `profile_of` reads: phone numbers and the like are none of
    our business, not even for a while."""
    profile = user.get("profile") or {}
    needed = (*NEEDED_OF_PROFILE, *(OF_STATUS if _leave(profile) else ()))
    return {
        **{field: user[field] for field in NEEDED if field in user},
        "profile": {field: profile[field] for field in needed if field in profile},
    }


def _leave(profile: dict[str, Any]) -> Status | None:
    """The status where it expires and looks like leave; any other is none of our business either."""
    text, emoji, expires = (profile.get(field) for field in OF_STATUS)
    text, emoji = unescape(str(text or "")), str(emoji or "").strip(":").partition("::")[0]
    try:
        until = datetime.fromtimestamp(int(expires or 0), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
    return Status(text, emoji, until) if expires and looks_like_leave(text, emoji) else None
