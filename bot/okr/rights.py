"""Who may do what: the one table of it (docs/method.md, "Who may do what")."""

from collections.abc import Collection
from enum import StrEnum

from bot.okr.model import Objective, Person


class Part(StrEnum):
    """What somebody is to a key result, an objective, a team, or in the workspace."""

    OWNER = "owner"
    """Of the key result or objective that it is about."""
    OBJECTIVE_OWNER = "objective's owner"
    """Of the objective that a key result belongs to."""
    STAND_IN = "delegate while the owner is away"
    READER = "named reader"
    """Of a private objective."""
    LEAD = "lead"
    MEMBER = "member"
    OBSERVER = "observer"
    ADMIN = "admin"
    EVERYONE = "everyone"
    """In the workspace, but for guests and people of other organisations."""


class Operation(StrEnum):
    SEE = "see an objective or a key result"
    SEE_PRIVATE = "see a private objective"
    CHECK_IN = "check in"
    CHANGE_OBJECTIVE = "change an objective"
    CHANGE_KEY_RESULT = "change a key result"
    ADD_OBJECTIVE = "add an objective to a team"
    ADD_PERSONAL_OBJECTIVE = "add an objective of one's own"
    PROPOSE = "comment on a draft, or propose something for it"
    ANSWER_PROPOSAL = "accept or decline a proposal"
    COMMIT = "commit to a key result"
    SHARE_DRAFT = "share a draft with the team"
    START_CYCLE = "start a team's cycle"
    CONFIRM_DEPENDENCY = "confirm that another team's key result can count on this one"
    SET_UP_TEAM = "set up a team"
    CHANGE_TEAM = "change a team"
    START_CHECK_INS = "start a team's check-ins"
    DECIDE = "write down what a meeting decided"
    EDIT_DIGEST = "preview a digest, add a note, post it early"
    EXPORT_TEAM = "have a team's file sent"
    NAME_ADMIN = "name an admin"


MAY = {
    Operation.SEE: {Part.OWNER, Part.OBJECTIVE_OWNER, Part.STAND_IN, Part.EVERYONE},
    Operation.SEE_PRIVATE: {Part.OWNER, Part.OBJECTIVE_OWNER, Part.STAND_IN, Part.READER},
    Operation.CHECK_IN: {Part.OWNER, Part.STAND_IN, Part.LEAD},
    Operation.CHANGE_OBJECTIVE: {Part.OWNER, Part.LEAD},
    Operation.CHANGE_KEY_RESULT: {Part.OWNER, Part.LEAD},
    Operation.ADD_OBJECTIVE: {Part.LEAD},
    Operation.ADD_PERSONAL_OBJECTIVE: {Part.LEAD, Part.MEMBER},
    Operation.PROPOSE: {Part.OWNER, Part.LEAD, Part.MEMBER, Part.OBSERVER, Part.EVERYONE},
    Operation.ANSWER_PROPOSAL: {Part.OWNER, Part.OBJECTIVE_OWNER, Part.LEAD},
    Operation.COMMIT: {Part.OWNER},
    Operation.SHARE_DRAFT: {Part.LEAD},
    Operation.START_CYCLE: {Part.LEAD},
    Operation.CONFIRM_DEPENDENCY: {Part.OWNER, Part.LEAD},
    Operation.SET_UP_TEAM: {Part.EVERYONE},
    Operation.CHANGE_TEAM: {Part.LEAD, Part.ADMIN},
    Operation.START_CHECK_INS: {Part.LEAD},
    Operation.DECIDE: {Part.LEAD, Part.MEMBER},
    Operation.EDIT_DIGEST: {Part.LEAD},
    Operation.EXPORT_TEAM: {Part.LEAD, Part.ADMIN},
    Operation.NAME_ADMIN: {Part.ADMIN},
}
"""What is private is not even a lead's who is none of its owners or readers: `may` asks for SEE_PRIVATE,
too."""


def may(operation: Operation, parts: Collection[Part], *, private: bool = False) -> bool:
    """Whether somebody with these parts may do it; `private`: it is about a private objective."""
    if private and not MAY[Operation.SEE_PRIVATE] & set(parts):
        return False
    return bool(MAY[operation] & set(parts))


def is_guest(person: Person) -> bool:
    """Whoever Slack has told us nothing of may be one, too, and sees and does as little."""
    return person.guest or not person.name


def may_see(person: Person | None, objective: Objective) -> bool:
    """An objective with those of its key results that are known: whoever is a guest sees what they own, and
    so does somebody of whom Slack has told nothing yet."""
    if person is None or not person.active:
        return False
    own = {objective.owner_id, *(one.owner_id for one in objective.key_results)}
    standing_in = {one.delegate_id for one in objective.key_results}
    if person.id in own or person.id in standing_in:
        return True
    if objective.private:
        return person.id in objective.readers
    return not is_guest(person)
