"""The order of doctor's checks, and what each needs of those before it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime

from bot.config import HOW_TO_GET, BadSettings, Settings, load
from bot.doctor import contents, okrs, slack
from bot.doctor.contents import Contents
from bot.doctor.finding import Finding, ok, problem, warning
from bot.slack.probe import Probe, TokenFacts
from bot.storage.engine import NoDatabase, StorageUnavailable, open_existing
from bot.storage.migrations import NewerDatabase, OutdatedDatabase, require_current


def examine(clock: Callable[[], datetime]) -> Iterator[Finding]:
    """Finds out one thing after the other; `clock` is the one to be compared with Slack's."""
    try:
        settings = load(Settings)
    except BadSettings as bad:
        for one in bad.problems:
            yield problem(one, "Change it in the environment or in .env; README explains each setting.")
        return
    yield ok("The settings can be read.")
    found: list[Finding] = []
    known = _contents(settings, clock(), found)
    yield from found
    if settings.slack_bot_token is None:
        yield problem("SLACK_BOT_TOKEN is missing.", HOW_TO_GET["slack_bot_token"])
        if settings.slack_app_token is None:
            yield slack.no_app_token()
    else:
        yield from _slack(Probe(settings.slack_bot_token, settings.slack_api_url), settings, clock, known)
    if known is not None:
        yield from okrs.check(known)


def _slack(
    probe: Probe, settings: Settings, clock: Callable[[], datetime], known: Contents | None
) -> Iterator[Finding]:
    found: list[Finding] = []
    facts: TokenFacts | None = slack.bot_token(probe, found)
    now = clock()
    yield from found
    if facts is None:
        return
    yield slack.clock(facts, now)
    yield slack.app_token(probe, settings)
    yield from slack.scopes(facts)
    if known is not None:
        yield slack.same_workspace(facts, known.slack_team)
        if known.slack_team in {None, facts.team_id}:
            yield from slack.channels(probe, known.teams, facts.user)


def _contents(settings: Settings, now: datetime, found: list[Finding]) -> Contents | None:
    """Adds what there is to say of the database; its contents if they can be read."""
    try:
        with closing(open_existing(settings.database)) as database:
            require_current(database)
            known = contents.read(database, now)
    except NoDatabase as missing:
        found.append(
            warning(
                f"There is no database yet at {missing.path}.",
                "`okra import` makes it, and so does `okra run`.",
            )
        )
    except StorageUnavailable as trouble:
        found.append(
            problem(f"The database cannot be used: {trouble}", "See that it runs, and check DATABASE_URL.")
        )
    except NewerDatabase as newer:
        found.append(problem(str(newer), "Install the version of Okra that wrote it, or a later one."))
    except OutdatedDatabase as outdated:
        found.append(problem(str(outdated), "Stop the bot, back the database up, and run `okra db upgrade`."))
    else:
        found.append(ok("The database can be read and is at the right revision."))
        return known
    return None
