"""What can be asked for to be said: the kinds of delivery, their keys and their subjects, in one place.

A key is unique, so asking twice says it once. A subject names what it is about by ids; what it looks like
is decided when it is sent.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from bot.okr.days.zones import team_zone
from bot.okr.model import RUNNING, CheckIn, Cycle, OwedState, Person, Round, RoundState, Team
from bot.storage import check_ins, deliveries, owing, people, rounds, sending, teams, updates
from bot.storage.deliveries import Delivery
from bot.storage.engine import Connection

PROMPT = "prompt"
REMINDER = "reminder"
RECEIPT = "receipt"
DIGEST = "digest"
CHART = "chart"
"""The picture in a digest's thread, uploaded as a file: it is never changed, and nobody misses the digest
without it."""
PICTURE = "picture"
"""One key result's, which its owner has asked for: a file in their direct messages, or the same in words."""
TREE_PICTURE = "tree picture"
"""The same of the tree of objectives, for whoever has asked for it."""
TEAM_FILES = "team_files"
"""A team's file and its history, which a lead has asked for: files in their direct messages."""
UPLOADED = frozenset({CHART, PICTURE, TREE_PICTURE, TEAM_FILES})
"""The kinds that are files: nobody changes them any more."""
REQUESTS = "requests"
"""To somebody who is asked nothing in this week: what waits for them."""
CLEARED = "cleared"
"""To an owner: what became of the blockers that they named in a check-in."""
SHARED = "shared"
"""What somebody looked up, said in a channel because they wanted so."""
NOT_SHARED = "not shared"
"""To them, where that could not be said."""
NOTICE = "notice"
"""To a lead: what of their round could not be said."""
SET_UP = "set_up"
"""To whoever set a team up, and to its leads: how its week looks, and what comes next."""
STARTED = "started"
"""To a team's channel: that its check-ins have begun, and who said so."""
VACANT = "vacant"
"""To a lead: key results whose owners are gone."""
OUTSIDE = "outside"
"""To a lead: Okra is not in the team's channel any more."""
LEAD_LEFT = "lead_left"
"""To the leads who stay or, without any, to whoever set the team up, or the admins."""


DRAFT = "draft"
"""A team's draft of a cycle, into its channel."""
DRAFT_ASKS = "draft asks"
"""To a person: what of a draft is theirs to commit to or to decide."""
DRAFT_OVERDUE = "draft overdue"
"""To a lead: a draft's cycle has begun, and nobody has started it."""
ANSWERED = "answered"
"""To whoever proposed something: what became of it."""


def prompt_key(person_id: int, on: date) -> str:
    return f"{PROMPT}:{person_id}:{on}"


def reminder_key(person_id: int, on: date) -> str:
    return f"{REMINDER}:{person_id}:{on}"


def digest_key(round_id: int, page: int = 0) -> str:
    return f"{DIGEST}:{round_id}:{page}"


def chart_key(round_id: int) -> str:
    return f"{CHART}:{round_id}"


def shared_key(person_id: int, channel: str, reply: str, page: int = 0) -> str:
    """`reply` tells the reply with the button, and what it shows."""
    return f"{SHARED}:{person_id}:{channel}:{reply}:{page}"


def requests_key(person_id: int, on: date) -> str:
    """One a person and ISO week, however many teams wait for them."""
    year, week, _ = on.isocalendar()
    return f"{REQUESTS}:{person_id}:{year}-W{week:02}"


def cleared_key(person_id: int, on: date) -> str:
    return f"{CLEARED}:{person_id}:{on}"


def notice_key(round_id: int, lead_id: int) -> str:
    return f"{NOTICE}:{round_id}:{lead_id}"


def draft_key(team_id: int, cycle_id: int, page: int = 0) -> str:
    return f"{DRAFT}:{team_id}:{cycle_id}:{page}"


def overdue_key(team: Team, cycle: Cycle, lead: Person, now: datetime) -> str:
    """One a day."""
    return f"{DRAFT_OVERDUE}:{team.id}:{cycle.id}:{lead.id}:{now.astimezone(team_zone(team)).date()}"


def prompt(connection: Connection, check_in: CheckIn, person: Person) -> None:
    """Asks for the prompt and its reminder at the check-in's hours; known ones are moved to those hours,
    and wanted again where another team's round had no need of them."""
    wanted = (
        (PROMPT, prompt_key(person.id, check_in.date), check_in.prompt_at),
        (REMINDER, reminder_key(person.id, check_in.date), check_in.later_at or check_in.remind_at),
    )
    for kind, key, due_at in wanted:
        asked = deliveries.ask(
            connection,
            key=key,
            kind=kind,
            subject={"check_in": check_in.id},
            address=person.slack_id,
            due_at=due_at,
            look_first=True,
        )
        if asked is None:
            deliveries.move(connection, key, due_at, look_first=True)


def receipt(
    connection: Connection, person: Person, key: str, subject: dict[str, object], now: datetime
) -> None:
    """The reply to something a person said: at once, and once."""
    deliveries.ask(
        connection,
        key=f"{RECEIPT}:{key}",
        kind=RECEIPT,
        subject=subject,
        address=person.slack_id,
        due_at=now,
        waited_for=True,
    )


def digest(connection: Connection, round_: Round, team: Team, due_at: datetime) -> None:
    """The digest into the team's channel."""
    deliveries.ask(
        connection,
        key=digest_key(round_.id),
        kind=DIGEST,
        subject={"round": round_.id, "page": 0},
        address=team.channel,
        due_at=due_at,
    )


def chart(connection: Connection, delivery: Delivery) -> None:
    """The digest can be drawn: the picture goes into its thread. One that failed the time before is not
    wanted any more, so that they do not pile up."""
    round_id = delivery.subject["round"]
    asked = deliveries.ask(
        connection,
        key=chart_key(round_id),
        kind=CHART,
        subject={"round": round_id},
        address=delivery.address,
        due_at=delivery.due_at,
        parent_id=delivery.id,
    )
    before = rounds.before(connection, rounds.by_id(connection, round_id)) if asked else None
    known = deliveries.by_key(connection, chart_key(before.id)) if before else None
    if known:
        sending.leave(connection, known.id)


def picture(connection: Connection, owner: Person, key_result_id: int, reply_ts: str, now: datetime) -> bool:
    """One for each reply that offers it, at once; again where it could not be sent. False: it is there."""
    key = f"{PICTURE}:{owner.id}:{key_result_id}:{reply_ts}"
    return _file_for(connection, owner, key, PICTURE, {"key_result": key_result_id}, now)


def tree_picture(connection: Connection, reader: Person, team_id: int, reply_ts: str, now: datetime) -> bool:
    """As `picture`; of the whole tree for team 0."""
    key = f"{TREE_PICTURE}:{reader.id}:{team_id}:{reply_ts}"
    return _file_for(connection, reader, key, TREE_PICTURE, {"team": team_id}, now)


def team_files(connection: Connection, reader: Person, team: Team, now: datetime) -> None:
    """At once, and once a minute at most; again where they could not be sent."""
    key = f"{TEAM_FILES}:{reader.id}:{team.id}:{now:%Y-%m-%dT%H:%M%z}"
    _file_for(connection, reader, key, TEAM_FILES, {"team": team.id}, now)


def _file_for(  # noqa: PLR0917 - what a delivery is made of
    connection: Connection, reader: Person, key: str, kind: str, about: dict[str, int], now: datetime
) -> bool:
    """To whoever waits for it, in their direct messages. False: it is there."""
    deliveries.ask(
        connection,
        key=key,
        kind=kind,
        subject={"person": reader.id, **about},
        address=reader.slack_id,
        due_at=now,
        waited_for=True,
    )
    deliveries.move(connection, key, now, though_failed=True)
    return deliveries.sent_at(connection, key) is None


def next_page(connection: Connection, delivery: Delivery) -> None:
    """It did not fit: what is left goes into the thread of its first message."""
    page = delivery.subject["page"] + 1
    first = delivery.key.rpartition(":")[0]  # the page is the last part of the key
    deliveries.ask(
        connection,
        key=f"{first}:{page}",
        kind=delivery.kind,
        subject={**delivery.subject, "page": page},
        address=delivery.address,
        due_at=delivery.due_at,
        parent_id=delivery.parent_id or delivery.id,
    )


def requests(connection: Connection, person: Person, on: date, due_at: datetime) -> None:
    """What waits for somebody who gets no prompt in that week."""
    _say_or_redraw(
        connection,
        requests_key(person.id, on),
        kind=REQUESTS,
        subject={"person": person.id},
        address=person.slack_id,
        due_at=due_at,
    )


def cleared(connection: Connection, owner: Person, on: date, now: datetime) -> None:
    """What became of the owner's blockers of that check-in: one message, however many answer."""
    _say_or_redraw(
        connection,
        cleared_key(owner.id, on),
        kind=CLEARED,
        subject={"person": owner.id, "date": on.isoformat()},
        address=owner.slack_id,
        due_at=now,
    )


def _say_or_redraw(
    connection: Connection, key: str, *, kind: str, subject: dict[str, Any], address: str, due_at: datetime
) -> None:
    """Asks for a message, which is brought up to date where it has been asked for before."""
    asked = deliveries.ask(connection, key=key, kind=kind, subject=subject, address=address, due_at=due_at)
    if asked is None:
        deliveries.move(connection, key, due_at)
        deliveries.mark_stale(connection, [key])


def redraw(
    connection: Connection, check_in: CheckIn, *, waited_for: bool = False, also: Iterable[int] = ()
) -> None:
    """Whatever shows this check-in is out of date: its prompt, its reminder, the digests that are posted.
    The person waits for the former at their screen where this comes of something that they did. `also` are
    people whose own prompts show something of it.

    Whoever writes holds the check-in before (check_ins.hold), so that no digest is decided, and drawn
    from the old state, before the commit.
    """
    answered = rounds.of_check_in(connection, check_in.id)
    digested = [one for one in answered if one.state is RoundState.DIGESTED]
    others = set(also)
    asked = [check_in, *(one for person in others for one in check_ins.open_of(connection, person))]
    shown_to_them = [
        *(key(one.person_id, one.date) for one in asked for key in (prompt_key, reminder_key)),
        *(requests_key(person, check_in.date) for person in others),
        cleared_key(check_in.person_id, check_in.date),
    ]
    deliveries.mark_stale(connection, shown_to_them, waited_for=waited_for)
    deliveries.mark_stale(connection, [digest_key(round_.id) for round_ in digested])


def redraw_draft(connection: Connection, team_id: int, cycle_id: int, *, settled: bool = False) -> None:
    """Something in a draft has changed, or what people say of it: whatever shows it is out of date. Once it
    is `settled` (started, or given up), so is what reminded its leads."""
    kinds = (DRAFT_ASKS, DRAFT_OVERDUE) if settled else (DRAFT_ASKS,)
    shown = deliveries.about_draft(connection, kinds, team_id, cycle_id)
    keys = [draft_key(team_id, cycle_id), *(one.key for one in shown)]
    deliveries.mark_stale(connection, keys, waited_for=True)


def redraw_requests(connection: Connection, person: Person, days: Iterable[date]) -> None:
    """Whatever shows somebody what waits for them: their prompts, and the messages beside them of these
    days' weeks."""
    asked = check_ins.open_of(connection, person.id)
    prompts = [key(person.id, one.date) for one in asked for key in (prompt_key, reminder_key)]
    beside = [requests_key(person.id, on) for on in days]
    deliveries.mark_stale(connection, [*prompts, *beside], waited_for=True)


def redraw_naming(connection: Connection, person: Person) -> None:
    """The prompts of those who name this person to clear the way may have to say that they cannot be told."""
    asking = owing.for_key_results(connection, updates.naming(connection, person.id), states=RUNNING)
    named_in = check_ins.by_ids(connection, {row.check_in_id for row in asking})
    deliveries.mark_stale(connection, [prompt_key(one.person_id, one.date) for one in named_in])


def reminder_is_over(connection: Connection, delivery: Delivery) -> None:
    """It was sent, or is not wanted any more. The prompt of one that somebody had put off says until then
    when it comes."""
    if delivery.kind == REMINDER:
        check_in = check_ins.find(connection, delivery.subject["check_in"])
        if check_in is not None and check_in.later_at is not None:
            deliveries.mark_stale(connection, [prompt_key(check_in.person_id, check_in.date)])


def redraw_digest(connection: Connection, round_: Round) -> None:
    """Somebody who looks at it has changed it."""
    deliveries.mark_stale(connection, [digest_key(round_.id)], waited_for=True)


def redraw_closed(connection: Connection, closed: Round) -> None:
    """Prompts and reminders of a closed round whose questions nobody answered any more: they must not go on
    asking.

    Those that were answered to the end keep their button, and whoever taps it is told that the round is
    closed: Slack lets us change only so many messages a minute, and each Friday everybody's new prompt comes
    at that very time.
    """
    unfinished = {
        row.person_id for row in owing.in_round(connection, closed.id) if row.state is not OwedState.ANSWERED
    }
    keys = [key(person, closed.date) for person in unfinished for key in (prompt_key, reminder_key)]
    deliveries.mark_stale(connection, keys)


def trouble(connection: Connection, delivery: Delivery, now: datetime) -> None:
    """Somebody has to decide what becomes of a message that could not be sent, or may have been: the leads
    of its round are told, each in one message a round, which is brought up to date. A reminder that was not
    sent is no trouble to anybody: the prompt was."""
    for round_ in rounds_of(connection, delivery):
        leads = teams.leads_of(connection, round_.team_id)
        for lead in people.by_ids(connection, leads).values():
            if lead.active:
                _notice(connection, round_, lead, now)


def missed(connection: Connection, closed: Round, people_missing: Sequence[Person], now: datetime) -> None:
    """The leads are told who has missed two rounds in a row, each with what else they are told of this round;
    nobody is told of themselves alone."""
    ids = {one.id for one in people_missing}
    leads = teams.leads_of(connection, closed.team_id)
    for lead in people.by_ids(connection, leads).values():
        if lead.active and ids - {lead.id}:
            _notice(connection, closed, lead, now)


def _notice(connection: Connection, round_: Round, lead: Person, now: datetime) -> None:
    key = notice_key(round_.id, lead.id)
    asked = deliveries.ask(
        connection,
        key=key,
        kind=NOTICE,
        subject={"round": round_.id},
        address=lead.slack_id,
        due_at=now,
    )
    if asked is None:
        deliveries.move(connection, key, now, though_failed=True)
        deliveries.mark_stale(connection, [key])


def redraw_notices(connection: Connection, delivery: Delivery) -> None:
    """What the leads were told about this message is out of date."""
    for round_ in rounds_of(connection, delivery):
        keys = [notice_key(round_.id, lead) for lead in teams.leads_of(connection, round_.team_id)]
        deliveries.mark_stale(connection, keys, waited_for=True)


def rounds_of(connection: Connection, delivery: Delivery) -> list[Round]:
    """The rounds whose leads answer for a message: a reply to a person is nobody else's business."""
    if delivery.kind == DIGEST:
        return [rounds.by_id(connection, delivery.subject["round"])]
    if delivery.kind == PROMPT:
        return rounds.of_check_in(connection, delivery.subject["check_in"])
    return []
