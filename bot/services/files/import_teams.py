"""A team in a file, and who is in it, compared with what is kept."""

from dataclasses import replace

from bot.okr.model import DAY_NAMES, CheckInTimes, Role, Team
from bot.okr.outline import OutlineTeam
from bot.services.files.import_plan import Plan, TeamPlan, says, workspace_zone
from bot.storage import teams
from bot.storage.engine import Connection


def compare_team(connection: Connection, plan: Plan, item: OutlineTeam, known: Team | None) -> TeamPlan:
    """The team itself and who is in it; its objectives are compared separately."""
    wanted = _wanted_team(plan, item, known)
    if known is None:
        plan.lines.append(f"new team {item.name} in {item.channel}")
    else:
        settings = (
            ("channel", known.channel, wanted.channel),
            ("time zone", known.zone, wanted.zone),
            *_times(known.check_in, wanted.check_in),
        )
        plan.lines += [
            f"{item.name}: {name} {before} → {after}" for name, before, after in settings if before != after
        ]
    found = plan.resolved.channels.get(item.channel)
    if found is not None and not found.has_bot:
        plan.notes.append(f"the bot is not in {item.channel} yet: /invite it there")
    roles = _compare_roles(connection, plan, item, known)
    starts = item.start and (known is None or known.started_at is None)
    if starts:
        plan.lines.append(f"{item.name}: check-ins start")
    return TeamPlan(wanted, known, roles, starts)


def _wanted_team(plan: Plan, item: OutlineTeam, known: Team | None) -> Team:
    found = plan.resolved.channels.get(item.channel)
    channel = found.id if found else item.channel
    zone = workspace_zone(plan)
    if known is None:
        return Team(0, item.name, channel, item.zone or zone, item.check_in)
    # A team without a zone of its own in the file follows the workspace's, if it did so far.
    own = zone if known.zone == plan.kept.zone else known.zone
    times = known.check_in
    if says(item.place, "check_in", "meeting"):
        times = replace(item.check_in, answer_by=known.check_in.answer_by)
    return replace(known, channel=channel, zone=item.zone or own, check_in=times)


def _times(before: CheckInTimes, after: CheckInTimes) -> list[tuple[str, str, str]]:
    return [(name, was, _shown_times(after)[name]) for name, was in _shown_times(before).items()]


def _shown_times(times: CheckInTimes) -> dict[str, str]:
    meeting = times.meeting
    return {
        "check-in day": DAY_NAMES[times.day],
        "prompt": f"{times.prompt:%H:%M}",
        "reminder": f"{times.remind:%H:%M}",
        "digest": f"{times.digest:%H:%M}" if times.digest else "no fixed hour",
        "meeting": f"{DAY_NAMES[meeting.day]} {meeting.at:%H:%M}" if meeting else "none",
    }


def _compare_roles(
    connection: Connection, plan: Plan, item: OutlineTeam, known: Team | None
) -> tuple[tuple[str, Role], ...]:
    """The roles to be set; people whom the file does not name stay what they are."""
    present = {
        plan.kept.slack_ids[one.person_id]: one.role
        for one in (teams.memberships_of(connection, known.id) if known else ())
    }
    named = {key: role for keys, role in _lists(item) for key in keys}
    # Whoever owns a key result belongs to the team; what they are there already stays.
    owners = [one.owner for objective in item.objectives for one in objective.key_results]
    roles = []
    for key in dict.fromkeys([*named, *owners]):
        profile = plan.resolved.people.get(key)
        was = present.get(profile.slack_id) if profile else None
        role = named.get(key) or was or Role.MEMBER
        if profile is None or was is role:
            continue
        plan.lines.append(f"{item.name}: {profile.name} {f'{was} → {role}' if was else f'joins as {role}'}")
        roles.append((key, role))
    return tuple(roles)


def _lists(item: OutlineTeam) -> tuple[tuple[tuple[str, ...], Role], ...]:
    return (item.leads, Role.LEAD), (item.members, Role.MEMBER), (item.observers, Role.OBSERVER)
