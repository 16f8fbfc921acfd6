"""Checks of Slack: the tokens, what they allow, the clock, and each team's channel."""

from collections.abc import Iterator
from datetime import datetime

from bot.config import HOW_TO_GET, Settings
from bot.doctor.finding import Finding, ok, problem, warning
from bot.okr.model import Team
from bot.services.sending.messenger import NotSent, Refused, Unsure
from bot.slack.manifest import OPTIONAL, REQUIRED, Scope
from bot.slack.probe import Probe, TokenFacts

CLOCK_MAY_BE_OFF = 60.0
"""Seconds between our clock and Slack's."""
REACH = "Look at the network, at a proxy on the way, and at SLACK_API_URL."
NEW_TOKEN = (
    "Copy the token again from the app’s page, OAuth & Permissions; reinstall the app if it was removed."  # noqa: S105 - it tells where to get one
)
NEW_APP_TOKEN = "Make one with the scope connections:write on the app’s page, Basic Information."  # noqa: S105 - the same
ADD_SCOPE = "Add it on the app’s page (or paste `okra manifest` there again) and reinstall the app."


def bot_token(probe: Probe, found: list[Finding]) -> TokenFacts | None:
    """Adds what there is to say; the facts if Slack takes the token."""
    try:
        facts = probe.token()
    except Refused as refusal:
        found.append(problem(f"Slack refuses SLACK_BOT_TOKEN: {refusal}", NEW_TOKEN))
    except (NotSent, Unsure) as silence:
        found.append(problem(f"Slack cannot be reached: {silence}", REACH))
    else:
        found.append(ok(f"Slack answers; the token is the bot’s in {facts.team} ({facts.team_id})."))
        return facts
    return None


def no_app_token() -> Finding:
    return warning(
        "SLACK_APP_TOKEN is not set: `okra run` needs it, the other commands do not.",
        HOW_TO_GET["slack_app_token"],
    )


def app_token(probe: Probe, settings: Settings) -> Finding:
    if settings.slack_app_token is None:
        return no_app_token()
    try:
        probe.socket(settings.slack_app_token)
    except Refused as refusal:
        return problem(f"Slack refuses SLACK_APP_TOKEN: {refusal}", NEW_APP_TOKEN)
    except (NotSent, Unsure) as silence:
        return warning(
            f"Whether SLACK_APP_TOKEN is good could not be asked: {silence}",
            "Slack allows this once a minute: try again in a minute.",
        )
    return ok("The app-level token opens Socket Mode connections.")


def scopes(facts: TokenFacts) -> Iterator[Finding]:
    if facts.scopes is None:
        yield warning("Slack does not say which scopes the token has.", "Compare them with `okra manifest`.")
        return
    lacking_required = [one for one in REQUIRED if one.name not in facts.scopes]
    lacking_optional = [one for one in OPTIONAL if one.name not in facts.scopes]
    yield from (problem(_lacking(one), ADD_SCOPE) for one in lacking_required)
    yield from (warning(_lacking(one), ADD_SCOPE) for one in lacking_optional)
    if not lacking_required:
        yield ok("The token has every scope that Okra cannot do without.")


def clock(facts: TokenFacts, now: datetime) -> Finding:
    """`now` is our clock's when the answer had just come."""
    if facts.answered_at is None:
        return warning(
            "Slack’s answer has no date: the clock cannot be compared.", "See that it is set by NTP."
        )
    off = (now - facts.answered_at).total_seconds()
    if abs(off) <= CLOCK_MAY_BE_OFF:
        return ok("The clock agrees with Slack’s.")
    way = "ahead of" if off > 0 else "behind"
    return problem(
        f"This machine’s clock is {abs(off):.0f} seconds {way} Slack’s: people are asked at wrong times.",
        "Set it, best by NTP.",
    )


def same_workspace(facts: TokenFacts, known: str | None) -> Finding:
    if known is None:
        return ok("The database belongs to no workspace yet; it will to the token’s from the first start on.")
    if known == facts.team_id:
        return ok("The database belongs to the token’s workspace.")
    return problem(
        f"The database keeps the OKRs of Slack workspace {known}, but the token is of {facts.team_id}.",
        "Use that workspace’s token, or another database (DATABASE_URL, OKRA_DATA_DIR).",
    )


def channels(probe: Probe, teams: tuple[Team, ...], bot: str) -> Iterator[Finding]:
    """`bot` is its handle, for /invite."""
    for team in teams:
        try:
            yield _channel(probe, team, bot)
        except Refused as refusal:
            yield warning(f"{team.name}: its channel {team.channel} cannot be checked: {refusal}", ADD_SCOPE)
        except (NotSent, Unsure) as silence:
            yield warning(
                f"{team.name} and teams after it: the channels could not be checked: {silence}",
                "Try again in a minute.",
            )
            return


def _channel(probe: Probe, team: Team, bot: str) -> Finding:
    invite = f"Type /invite @{bot} in the channel."
    facts = probe.channel(team.channel)
    if facts is None:
        return problem(
            f"{team.name}: its channel {team.channel} does not exist, or is private and without the bot.",
            f"{invite} Or name another channel in the OKR file and import it.",
        )
    if facts.archived:
        return problem(
            f"{team.name}: its channel #{facts.name} is archived.",
            "Unarchive it, or name another channel in the OKR file and import it.",
        )
    if not facts.has_bot:
        return problem(f"{team.name}: the bot is not in its channel #{facts.name}.", invite)
    return ok(f"{team.name}: the bot is in its channel #{facts.name}.")


def _lacking(scope: Scope) -> str:
    return f"The scope {scope.name} is missing: {scope.without}."
