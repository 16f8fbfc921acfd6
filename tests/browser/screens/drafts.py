"""The next cycle, before it starts: begun, shared, talked about, committed to, started."""

from playwright.sync_api import Locator

from bot.demo.world import CHANNEL
from bot.slack import ids
from bot.slack.texts import drafts as texts
from tests.browser.screens.companies import teebee_at
from tests.browser.screens.screen import Eyes, Screen, Theme
from tests.browser.screens.talking import SO_FAR

ENDED = SO_FAR | {"Renewed online": 82}
"""One target is reached."""


def _shows(eyes: Eyes, name: str, words: str) -> None:
    """Waits until the form on top says so."""
    person = eyes.world.people[name]
    eyes.world.expect(
        words, lambda: person.view() and words in " ".join(person.view_screen(width=200).split())
    )


def _opens(eyes: Eyes, name: str, command: str, words: str) -> Locator:
    person = eyes.world.people[name]
    if person.view():
        person.close(everything=True)
    person.command("/okr", command)
    _shows(eyes, name, words)
    return eyes.form(name)


def _taps(eyes: Eyes, name: str, action_id: str, words: str, *, posted: bool = True) -> None:
    """In the message in the channel or, not `posted`, in the form on top."""
    person = eyes.world.people[name]
    if posted and person.view():
        person.close(everything=True)
    target = eyes.world.from_okra(name, CHANNEL)[-1] if posted else None
    person.tap(target, action_id=action_id)
    _shows(eyes, name, words)


def _begin(eyes: Eyes) -> Locator:
    return _opens(eyes, "Hannah", "draft", texts.COPY_LAST.format(cycle="2026 Q4"))


def _odd(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.choose(ids.LAST_DAY, "2029-03-31")
    hannah.submit()
    _shows(eyes, "Hannah", texts.IS_IT_MEANT)
    return eyes.form("Hannah")


def _copied(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.choose(ids.LAST_DAY, "2027-03-31")
    hannah.choose(ids.COPY_LAST, ["on"])
    hannah.submit()
    _shows(eyes, "Hannah", "Copied from")
    return eyes.form("Hannah")


def _shared(eyes: Eyes) -> Locator:
    _taps(eyes, "Hannah", ids.DRAFT_SHARE, texts.SHARED_NOW, posted=False)
    eyes.world.rest()
    return eyes.message("Jack", eyes.world.expect_message("Jack", "draft for 2027 Q1", CHANNEL))


def _asked(eyes: Eyes) -> Locator:
    return eyes.newest("Jack", "shared TeeBee’s draft")


def _comment(eyes: Eyes) -> Locator:
    _taps(eyes, "Jack", ids.DRAFT_COMMENT, texts.YOUR_COMMENT)
    jack = eyes.world.people["Jack"]
    jack.choose(ids.SAID_ABOUT, "Self-service renewals")
    jack.fill(ids.COMMENT, "Half of them never find the page. Should we count those, too?")
    return eyes.form("Jack")


def _what(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].submit()
    _taps(eyes, "Jack", ids.DRAFT_PROPOSE, texts.PROPOSE_WHAT)
    return eyes.form("Jack")


def _propose(eyes: Eyes) -> Locator:
    jack = eyes.world.people["Jack"]
    jack.choose(ids.PROPOSED, "Change “Self-service renewals”")
    jack.submit()
    _shows(eyes, "Jack", texts.PROPOSE_CHANGE)
    jack.fill(ids.field(ids.OKR_TARGET, 0), "40")
    jack.fill(ids.PROPOSE_WHY, "The hotels renew by phone, whatever we build.")
    return eyes.form("Jack")


def _proposed(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].submit()
    _shows(eyes, "Jack", texts.PROPOSED_NOW)
    return eyes.form("Jack")


def _to_decide(eyes: Eyes) -> Locator:
    for name in ("Jack", "Hannah"):
        eyes.world.people[name].close(everything=True)
    eyes.world.rest()
    return eyes.newest("Hannah", "Yours to decide")


def _accept(eyes: Eyes) -> Locator:
    hannah = eyes.world.people["Hannah"]
    hannah.tap(eyes.world.from_okra("Hannah")[-1], action_id=ids.PROPOSAL_ACCEPT)
    _shows(eyes, "Hannah", texts.ACCEPT_TITLE)
    hannah.fill(ids.PROPOSAL_WORD, "You know them better than I do.")
    return eyes.form("Hannah")


def _accepted(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].submit()
    eyes.world.rest()
    return eyes.newest("Jack", "has accepted")


def _commit(eyes: Eyes) -> Locator:
    _taps(eyes, "Jack", ids.DRAFT_COMMIT, texts.COMMIT_INTRO[:20])
    jack = eyes.world.people["Jack"]
    for block in jack.view()["blocks"][1:]:  # type: ignore[index]
        jack.choose(block["block_id"], "7")
    return eyes.form("Jack")


def _talked(eyes: Eyes) -> Locator:
    eyes.world.people["Jack"].submit()
    _taps(eyes, "Jack", ids.DRAFT_PROPOSE, texts.PROPOSE_WHAT)
    jack = eyes.world.people["Jack"]
    jack.choose(ids.PROPOSED, "new")
    jack.submit()
    _shows(eyes, "Jack", texts.PROPOSE_OBJECTIVE)
    jack.fill(ids.field(ids.OKR_TITLE, 0), "Restaurants cook with our tea")
    jack.submit()
    jack.close(everything=True)
    eyes.world.rest()
    return eyes.message("Hannah", eyes.world.from_okra("Hannah", CHANNEL)[-1])


def _seen(eyes: Eyes) -> Locator:
    return _opens(eyes, "Hannah", "draft", "PROPOSED")


def _start(eyes: Eyes) -> Locator:
    return _opens(eyes, "Hannah", "start", texts.START_ADVICE)


def _started(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].submit()
    _shows(eyes, "Hannah", "has started")
    return eyes.form("Hannah")


def _in_channel(eyes: Eyes) -> Locator:
    eyes.world.people["Hannah"].close(everything=True)
    return eyes.message("Jack", eyes.world.expect_message("Jack", "Started by Hannah", CHANNEL))


THEME = Theme(
    "The next cycle, before it starts",
    lambda: teebee_at(ENDED),
    (
        Screen("draft-begin", "/okr draft: a lead begins the next cycle.", _begin),
        Screen("draft-odd", "Days that may be a slip are asked about.", _odd),
        Screen("draft-copied", "The draft, copied from the last cycle.", _copied),
        Screen("draft-shared", "It stands in the channel.", _shared),
        Screen("draft-asks", "Everybody with a key result in it is asked to commit.", _asked),
        Screen("draft-comment", "*Comment*.", _comment),
        Screen("draft-propose", "*Propose*: what?", _what),
        Screen(
            "draft-propose-change", "A change is proposed, in the form in which OKRs are written.", _propose
        ),
        Screen("draft-proposed", "It is proposed.", _proposed),
        Screen("draft-decide", "Its owner is asked.", _to_decide),
        Screen("draft-accept", "*Accept*, with a word.", _accept),
        Screen("draft-accepted", "Whoever proposed it hears.", _accepted),
        Screen("draft-commit", "*I commit*: how sure are you?", _commit),
        Screen("draft-talked", "What the channel shows by then.", _talked),
        Screen("draft-seen", "/okr draft, as the lead sees it.", _seen),
        Screen("draft-start", "/okr start: what is missing, as advice.", _start),
        Screen("draft-started", "The cycle has started.", _started),
        Screen("draft-started-channel", "And so it stands in the channel.", _in_channel),
    ),
)
