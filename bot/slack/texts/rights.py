"""What somebody is told who may not do what they tried to do."""

from collections.abc import Sequence
from typing import Final

from bot.okr.rights import Operation
from bot.slack import phrases

MAY_NOT: Final = {
    Operation.SEE: "see this",
    Operation.SEE_PRIVATE: "see this",
    Operation.CHECK_IN: "answer for this key result",
    Operation.CHANGE_OBJECTIVE: "change this objective",
    Operation.CHANGE_KEY_RESULT: "change this key result",
    Operation.ADD_OBJECTIVE: "add an objective to this team",
    Operation.ADD_PERSONAL_OBJECTIVE: "add objectives here",
    Operation.PROPOSE: "comment on this draft",
    Operation.ANSWER_PROPOSAL: "decide about this proposal",
    Operation.COMMIT: "commit to this key result",
    Operation.SHARE_DRAFT: "share this draft",
    Operation.START_CYCLE: "start this cycle",
    Operation.CONFIRM_DEPENDENCY: "confirm this",
    Operation.SET_UP_TEAM: "set up a team",
    Operation.CHANGE_TEAM: "change this team",
    Operation.START_CHECK_INS: "start this team’s check-ins",
    Operation.DECIDE: "write down decisions here",
    Operation.EDIT_DIGEST: "do this with the digest",
    Operation.EXPORT_TEAM: "have this team’s file",
    Operation.NAME_ADMIN: "name an admin",
}


def not_allowed(operation: Operation, may_instead: Sequence[str]) -> str:
    """ "You cannot change this key result. Hannah or Jack can." """
    instead = f" {phrases.either(may_instead)} can." if may_instead else ""
    return f"You cannot {MAY_NOT[operation]}.{instead} Nothing was changed."
