"""What is said of a team itself: how its week looks, that it has begun, who is gone. Kinds as in `asks`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.okr.model import Person, Team
from bot.services.sending.asks import LEAD_LEFT, OUTSIDE, SET_UP, STARTED, VACANT
from bot.storage import deliveries, people, teams
from bot.storage.engine import Connection


def set_up_key(team_id: int, slack_id: str) -> str:
    return f"{SET_UP}:{team_id}:{slack_id}"


def set_up(connection: Connection, team: Team, now: datetime, left_out: Iterable[Person] = ()) -> None:
    """Whoever set the team up, and each of its leads, hears how its week looks; who has heard it before finds
    that brought up to date. `left_out` are those who were named and cannot belong to it."""
    subject = {"team": team.id, "left_out": [one.id for one in left_out]}
    leads = people.by_ids(connection, teams.leads_of(connection, team.id)).values()
    by = [team.set_up_by] if team.set_up_by else []
    addresses = dict.fromkeys([*by, *(one.slack_id for one in leads if one.active)])
    for address in addresses:
        key = set_up_key(team.id, address)
        asked = deliveries.ask(
            connection, key=key, kind=SET_UP, subject=subject, address=address, due_at=now, waited_for=True
        )
        if asked is None:
            deliveries.change_subject(connection, key, subject)
    redraw_set_up(connection, team)


def redraw_set_up(connection: Connection, team: Team) -> None:
    """What those who set it up or lead it have been shown of a team's week is out of date."""
    leads = people.by_ids(connection, teams.leads_of(connection, team.id)).values()
    addresses = {team.set_up_by or "", *(one.slack_id for one in leads)}
    deliveries.mark_stale(connection, [set_up_key(team.id, one) for one in addresses], waited_for=True)


def started(connection: Connection, team: Team, by: Person, now: datetime) -> None:
    """Its channel is told who has configured posts there."""
    deliveries.ask(
        connection,
        key=f"{STARTED}:{team.id}",
        kind=STARTED,
        subject={"team": team.id, "by": by.id},
        address=team.channel,
        due_at=now,
    )


def vacant(
    connection: Connection, team: Team, lead: Person, found: Sequence[tuple[int, int]], now: datetime
) -> None:
    """A lead hears of key results whose owners are gone, `found` as pairs of its id and the owner's: each
    once, together in one message a week and team."""
    before = [
        one for one in deliveries.to(connection, lead.slack_id, VACANT) if one.subject["team"] == team.id
    ]
    told = {tuple(pair) for one in before for pair in one.subject["vacant"]}
    year, week, _ = now.isocalendar()
    key = f"{VACANT}:{team.id}:{lead.slack_id}:{year}-W{week:02}"
    news = [pair for pair in found if pair not in told]
    of_week = [pair for one in before if one.key == key for pair in one.subject["vacant"]]
    if not news:
        return
    subject = {"team": team.id, "vacant": [list(pair) for pair in [*of_week, *news]]}
    asked = deliveries.ask(
        connection, key=key, kind=VACANT, subject=subject, address=lead.slack_id, due_at=now
    )
    if asked is None:
        deliveries.change_subject(connection, key, subject)
        deliveries.move(connection, key, now, though_failed=True)
        deliveries.mark_stale(connection, [key])


def redraw_vacant(connection: Connection, team: Team) -> None:
    """What the team's leads were told of key results without an owner is out of date."""
    leads = people.by_ids(connection, teams.leads_of(connection, team.id)).values()
    told = [one for lead in leads for one in deliveries.to(connection, lead.slack_id, VACANT)]
    keys = [one.key for one in told if one.subject["team"] == team.id]
    deliveries.mark_stale(connection, keys, waited_for=True)


def outside(connection: Connection, team: Team, since: datetime) -> None:
    """The leads hear, once each time, that Okra is not in their channel any more."""
    leads = people.by_ids(connection, teams.leads_of(connection, team.id)).values()
    for lead in leads:
        if lead.active:
            deliveries.ask(
                connection,
                key=f"{OUTSIDE}:{team.id}:{lead.slack_id}:{since:%Y-%m-%dT%H:%M:%S}",
                kind=OUTSIDE,
                subject={"team": team.id, "since": since.isoformat()},
                address=lead.slack_id,
                due_at=since,
            )


def redraw_outside(connection: Connection, team: Team) -> None:
    leads = people.by_ids(connection, teams.leads_of(connection, team.id)).values()
    told = [one for lead in leads for one in deliveries.to(connection, lead.slack_id, OUTSIDE)]
    deliveries.mark_stale(connection, [one.key for one in told if one.subject["team"] == team.id])


def lead_left(
    connection: Connection,
    team: Team,
    lead: Person,
    told: Iterable[Person],
    now: datetime,
    *,
    alone: bool,
    on: date | None = None,
) -> None:
    """That somebody has stopped leading the team or, where they led it `alone`, that it needs another lead:
    once, or once on that day."""
    for one in told:
        deliveries.ask(
            connection,
            key=f"{LEAD_LEFT}:{team.id}:{lead.id}:{one.slack_id}{f':{on}' if on else ''}",
            kind=LEAD_LEFT,
            subject={"team": team.id, "lead": lead.id, "alone": alone},
            address=one.slack_id,
            due_at=now,
        )
