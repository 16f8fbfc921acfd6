"""The coach's English words, in lower case."""

from collections.abc import Mapping
from typing import Final


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IRREGULAR: Final = {
    "build": ("built",),
    "do": ("did", "done"),
    "give": ("gave", "given"),
    "have": ("had",),
    "hold": ("held",),
    "lead": ("led",),
    "make": ("made",),
    "rebuild": ("rebuilt",),
    "rewrite": ("rewrote", "rewritten"),
    "run": ("ran",),
    "send": ("sent",),
    "teach": ("taught",),
    "write": ("wrote", "written"),
}
_DOUBLED: Final = {"run": "runn", "ship": "shipp"}


def _forms(verb: str) -> tuple[str, ...]:
    """launch, launches, launching, launched."""
    stem = _DOUBLED.get(verb, verb)
    third = f"{verb}es" if verb.endswith(("sh", "ch", "s")) else f"{verb}s"
    silent = stem.removesuffix("e")
    return verb, third, f"{silent}ing", *_IRREGULAR.get(verb, (f"{silent}ed",))


PLAIN_OUTPUTS: Final = words(
    """build create deliver deploy finish hire implement install launch migrate publish rebuild recruit
    redesign refactor rewrite ship write"""
)
"""Those that are little else at the beginning of a title."""
OUTPUTS: Final = PLAIN_OUTPUTS | words(
    """complete conduct design develop draft execute hold host introduce organise organize produce release
    update"""
)
"""What makes an objective something to be made: done is done, whatever comes of it."""
OUTPUT_FORMS: Final[Mapping[str, str]] = {form: verb for verb in sorted(OUTPUTS) for form in _forms(verb)}
OUTPUT_PHRASES: Final = (("set", "up"), ("roll", "out"), ("carry", "out"))
AIMS: Final = words(
    """advantage alignment awareness awesome belief belonging best calm clarity community confidence
    credibility culture curiosity delight delightful demand effortless enjoy environment excellence excellent
    experience experiences fans favorite favourite freedom great growth habit habits happiness happy healthy
    impact inspiring jobs joy leading love loved loves loyalty momentum outstanding ownership position
    potential promises quality rely remarkable reputation relationship relationships resilience results safety
    skills standard standards success talent thriving transparency trust trusts understanding value workplace
    world-class"""
)
"""What may be built or delivered and is a change all the same, or what only a change can be called."""
THINGS: Final = words(
    """app campaign card cards center centre dashboard department feature features form module page pages
    paper platform policy portal program programme project report reports site survey system team tool tools
    training video videos workshop"""
)
"""Behind one of the above they make it a name: a loyalty card, the trust centre."""
DETERMINERS: Final = words(
    """a all an another any both each every her his its my new our some that the their these this those
    your"""
)
NUMBERS: Final = words("two three four five six seven eight nine ten dozen twelve twenty hundred")
NO_OBJECT: Final = words(
    """are as at day days each feels for happens has in into is like masters more never no of off on
    ourselves owners process processes quality strong system systems team teams themselves time times to was
    well what"""
)
"""Behind a verb they make it a noun (build times, release days) or another verb (build on, finish strong)."""
EVENTS: Final = words(
    """ceremony conference conferences event events fair festival hackathon interview interviews meeting
    meetings offsite off-site party retreat session sessions stand-ups summit talk talks training trainings
    webinar webinars workshop workshops"""
)
"""What is held by somebody who holds something to be done."""
NO_VERBS: Final = words(
    """at customer current date everybody everyone existing former general key large life local market more
    new our people potential production prospective public sale school small someone staff staging suppliers
    work"""
)
"""Behind "to" they are whom or where it goes, not what it is for."""
NOUN_ENDINGS: Final = ("tion", "sion", "ness", "ity", "ment")

ACTIVITIES: Final[Mapping[str, str]] = {
    "articles": "article",
    "calls": "call",
    "conferences": "conference",
    "conversations": "conversation",
    "demos": "demo",
    "e-mails": "e-mail",
    "emails": "email",
    "interviews": "interview",
    "lectures": "lecture",
    "lessons": "lesson",
    "letters": "letter",
    "meetings": "meeting",
    "newsletters": "newsletter",
    "pitches": "pitch",
    "posts": "post",
    "presentations": "presentation",
    "surveys": "survey",
    "talks": "talk",
    "trainings": "training",
    "tweets": "tweet",
    "webinars": "webinar",
    "workshops": "workshop",
}
"""What people do many of; the plural, and one of them."""
AMOUNTS: Final = words("amount count number total volume")
TAUGHT: Final = words(
    "coaching learning mentoring practice practising study studying teaching training tutoring"
)
"""What people put hours into."""
DEEDS: Final = frozenset(
    form
    for verb in words(
        """arrange attend book complete conduct deliver do give have hold host lead make offer organise
        organize place post produce publish record release run schedule send share teach write"""
    )
    for form in _forms(verb)
) | {"double", "increase", "more", "raise"}
"""Before an activity they say that it is done, or done more."""
PREPOSITIONS: Final = words(
    """about after against and before between by during for from in into of on or per than through to until
    via when while with without"""
)
"""Where one stands before the activity, the title counts something else: "Satisfaction with calls"."""
CHANGED: Final = words(
    """answer answered attendance automate automated avoid avoided better cancel cancelled canceled closed
    complaint complaints converted cut dropped eliminate end faster fewer halve happy improve inbound
    incoming less limit lower missed paid qualified quality rate reduce reduced referral replace resolved
    satisfied shared shorten shorter solve solved stop successful support that unanswered unnecessary where
    which who winning won api emergency function job signal system"""
)
"""With one of these a title tells what comes of activities or how they change, or means other calls and posts
(of an API, of a signal): it is no volume of work."""
OTHERS: Final = words("by from of")
"""Behind an activity: it is somebody else's, or a letter of intent."""
ACTIVITY_GOES_ON: Final = words(
    """& a an and at attended booked completed conducted daily delivered done each every given held hosted led
    made monthly offered on or organised organized per posted published recorded run scheduled sent taught to
    weekly with written"""
)
"""What may follow an activity and leave it a volume of work."""
OFTEN: Final = words("daily day each every month monthly per quarter quarterly week weekly year yearly")
"""How often; also what a unit may count by."""
