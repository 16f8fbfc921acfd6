"""`/okr help`: everything that Okra can be asked, and what a text gets that is no command."""

from typing import Final

USAGE_INTRO: Final = "I ask once a week how key results are doing and tell the team what to talk about."
USAGE: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    (
        "Look",
        (
            ("/okr", "your own OKRs and what waits for you; /okr @person shows somebody else’s"),
            ("/okr team [name]", "a team’s; without a name, your own team’s"),
            ("/okr company", "the top level, and how each team is doing"),
            ("/okr tree", "what supports what, from the company down to people"),
            ("/okr at risk [team]", "red, silent, fallen or yellow, the worst first"),
            ("/okr waiting [team]", "who has not answered yet"),
            ("/okr history [key result]", "the last twelve weeks; /okr history @person 2"),
            ("/okr last quarter [team or @person]", "how the cycle before ended"),
            ("/okr changes [team]", "what was changed in the OKRs, by whom and why"),
            ("/okr search words", "objectives, key results, people and teams"),
        ),
    ),
    (
        "Your week",
        (
            ("/okr away [days]", "when I should not ask you: “until 2 Jan”, “24 Dec to 2 Jan”"),
            ("/okr settings", "your working days, hour, reminders and public holidays"),
            ("/okr pause", "I stop asking you; /okr resume brings me back"),
        ),
    ),
    (
        "Write and agree",
        (
            ("/okr new", "a new objective or key result"),
            (
                "/okr edit [words]",
                "change or reorder what there is; /okr drop and /okr hand over do just that",
            ),
            ("/okr draft [team]", "the next cycle’s OKRs, before they start"),
            ("/okr start [team]", "for leads: start the cycle"),
            ("/okr align [words]", "what an objective supports"),
            ("/okr needs [words]", "other teams’ key results that one depends on"),
        ),
    ),
    (
        "Run a team",
        (
            ("/okr setup", "a new team, or a change to one"),
            ("/okr digest [team]", "for leads: look at your digest, add a note, post it early"),
            ("/okr export [team]", "for leads: your team’s file, in a direct message"),
            ("/okr admins", "who may change every team"),
        ),
    ),
)
"""By what one wants: each command and what it does."""
USAGE_ANSWER: Final = "To answer a check-in, tap its button or just write to me:"
USAGE_EXAMPLE: Final = "KR1 62% confidence 7, two chains signed; next: call the five that lapsed"

UNKNOWN: Final = "I do not know “{typed}”. This is what I can do:"
NEAREST: Final = "I do not know “{typed}”. Did you mean this? /okr help lists everything."
SEARCH_FOR_IT: Final = "Search for it"
"""The button below a text that is near to no command."""
EXACTLY: Final = "/okr {words}"
