"""Questions about the bot itself: whose its tokens are, what they allow, how its channels stand."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk.web import SlackResponse

from bot.services.sending.messenger import Refused
from bot.slack.client import web_client
from bot.slack.outcomes import call


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """What auth.test tells of a bot token."""

    team_id: str
    team: str
    user: str
    """The bot's handle, for /invite."""
    scopes: frozenset[str] | None
    """None if Slack did not say."""
    answered_at: datetime | None
    """When the answer was made, by the server's clock, in whole seconds; None if it did not say."""


@dataclass(frozen=True, slots=True)
class ChannelFacts:
    name: str
    archived: bool
    has_bot: bool


class Probe:
    """Asks without changing anything; every method raises NotSent, Refused or Unsure."""

    def __init__(self, bot_token: str, api_url: str) -> None:
        self._client = web_client(bot_token, api_url)
        self._api_url = api_url

    def token(self) -> TokenFacts:
        answer = call(self._client.auth_test)
        scopes = _header(answer, "x-oauth-scopes")
        date = _header(answer, "date")
        return TokenFacts(
            team_id=str(answer["team_id"]),
            team=str(answer.get("team") or answer["team_id"]),
            user=str(answer.get("user") or "okra"),
            scopes=None if scopes is None else frozenset(filter(None, map(str.strip, scopes.split(",")))),
            answered_at=_moment(date),
        )

    def socket(self, app_token: str) -> None:
        """Asks for a Socket Mode address and leaves it unused; Slack allows this once a minute."""
        call(web_client(app_token, self._api_url).apps_connections_open, app_token=app_token)

    def channel(self, channel_id: str) -> ChannelFacts | None:
        """None for one that does not exist, or that is private and without the bot."""
        try:
            channel = call(self._client.conversations_info, channel=channel_id)["channel"]
        except Refused as problem:
            if str(problem) == "channel_not_found":
                return None
            raise
        return ChannelFacts(
            name=str(channel.get("name") or channel_id),
            archived=bool(channel.get("is_archived")),
            has_bot=bool(channel.get("is_member")),
        )


def _header(answer: SlackResponse, name: str) -> str | None:
    """Headers keep the case in which the server wrote them."""
    return next((str(value) for key, value in answer.headers.items() if key.lower() == name), None)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else None
