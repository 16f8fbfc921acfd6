"""The sets of OKRs that people told us of, as drafts: TeeBee's, a design team's, and one person's year.

The same stand as OKR files in tests/unit/files. `…_AS_FIRST_SAID` is how they were told, with the figures in
the titles and without a start.
"""

from datetime import date
from pathlib import Path

from bot.okr.measures import Checkpoint, Indicator, Measure, Milestone, Move, Step
from bot.okr.quality.coach import DraftKeyResult, DraftObjective

FILES = Path(__file__).parent / "files"
RESULT, PROCESS = Indicator.RESULT, Indicator.PROCESS


def _said(owner: str, *titles: str) -> tuple[DraftKeyResult, ...]:
    return tuple(DraftKeyResult(title, owner=owner) for title in titles)


def _steps(*steps: str | Step) -> Milestone:
    return Milestone(
        tuple(Step(n, one) if isinstance(one, str) else one for n, one in enumerate(steps, start=1))
    )


TEEBEE = (
    DraftObjective(
        "Prove to restaurant suppliers what our fine tea is worth",
        (
            DraftKeyResult("Customers who renew", Move(40, 70), "%", RESULT, "hannah"),
            DraftKeyResult("Renewals done without our help", Move(5, 50), "%", PROCESS, "hannah"),
            DraftKeyResult("Amount of all transactions", Move(120_000, 250_000), "¥", RESULT, "hannah"),
        ),
        anything_above=False,
    ),
    DraftObjective(
        "Make managing orders online easy for suppliers",
        (
            DraftKeyResult("Renewals made online", Move(30, 80), "%", RESULT, "jack"),
            DraftKeyResult("Satisfaction with the ordering system", Move(6, 8), "of 10", RESULT, "jack"),
            DraftKeyResult("Phone calls for support", Move(40, 20), "a week", PROCESS, "jack"),
        ),
        anything_above=False,
    ),
)
TEEBEE_AS_FIRST_SAID = (
    DraftObjective(
        "Prove to restaurant suppliers what our fine tea is worth",
        _said(
            "hannah",
            "70 % of the customers renew",
            "50 % of those who renew need no help",
            "¥250,000 of transactions",
        ),
        anything_above=False,
    ),
    DraftObjective(
        "Make managing orders online easy for suppliers",
        _said(
            "jack",
            "80 % of renewals are made online",
            "Satisfaction with the system reaches 8 of 10",
            "50 % fewer phone calls for support",
        ),
        anything_above=False,
    ),
)

UED = (
    DraftObjective(
        "Help the home market understand why shoppers come back",
        (
            DraftKeyResult(
                "Groups and portraits of shoppers by how often they buy again",
                _steps(
                    Step(1, "Shoppers grouped", due=date(2026, 10, 31)),
                    Step(2, "Portraits in use by the Shoppers team", 2, date(2026, 11, 30)),
                ),
                indicator=PROCESS,
                owner="lin",
            ),
            DraftKeyResult(
                "Trades and levels whose lessons sellers can read",
                Move(0, 6, (Checkpoint(date(2026, 11, 15), 2),)),
                "trades",
                PROCESS,
                "bo",
            ),
            DraftKeyResult(
                "Traits that tell who may buy again",
                _steps(
                    "Traits agreed with the Data team",
                    "Traits tried on last year’s orders",
                    "Traits in the model",
                ),
                indicator=PROCESS,
                owner="lin",
            ),
        ),
        supports=True,
    ),
    DraftObjective(
        "Become quicker, and fit for what the business needs next",
        (
            DraftKeyResult("Days from a brief to the finished project", Move(20, 14), "days", RESULT, "mei"),
            DraftKeyResult("New analysis tools that all of us master", Move(0, 3), "tools", PROCESS, "bo"),
        ),
    ),
)
UED_AS_FIRST_SAID = (
    DraftObjective(
        "Raise repurchases in the home market by 15 %",
        _said(
            "mei",
            "Group shoppers and draw their portraits",
            "Pass on what trades with many repurchases do well",
            "Develop a model of who may buy again",
        ),
        supports=True,
    ),
    DraftObjective(
        "Build up the design team",
        _said("mei", "Finish projects 30 % more efficiently", "Master three new analysis tools"),
    ),
)


def _mine(title: str, *key_results: DraftKeyResult, private: bool = False) -> DraftObjective:
    return DraftObjective(title, key_results, anything_above=False, private=private)


def _kr(title: str, measure: Measure, indicator: Indicator, unit: str = "") -> DraftKeyResult:
    return DraftKeyResult(title, measure, unit, indicator, "wujun")


TEN_GOALS = (
    _mine(
        "Finish the English and Korean editions of one book and the second edition of another",
        _kr("A publisher for the English edition", Milestone(), PROCESS),
        _kr("Partners who revise its English", Milestone(), PROCESS),
        _kr("The English manuscript is whole", Milestone(), PROCESS),
        _kr("The English edition is in the shops this year", Milestone(), RESULT),
        _kr("The Korean edition is in the shops this year", Milestone(), RESULT),
        _kr(
            "The second edition of the university book",
            _steps(
                "More on public education",
                "Chapters on Berkeley and on applying",
                "Other photographs",
                Step(4, "Revision closed", due=date(2017, 4, 30)),
                Step(5, "In the shops", 2, date(2017, 8, 31)),
            ),
            RESULT,
        ),
    ),
    _mine(
        "Turn the better part of my Silicon Valley letters into a book",
        _kr("Letters chosen, twenty for each of three topics", Move(0, 60), PROCESS, "letters"),
        _kr(
            "Letters grown into whole pieces of some 5,000 words",
            Move(0, 60, (Checkpoint(date(2017, 5, 31), 30),)),
            PROCESS,
            "letters",
        ),
        _kr(
            "The book, from draft to shop",
            _steps(
                Step(1, "First draft", due=date(2017, 8, 31)), Step(2, "Published", due=date(2017, 12, 31))
            ),
            RESULT,
        ),
    ),
    _mine(
        "Renew what I teach at the business school, and give 60 hours of it",
        _kr("Last year’s talks as courseware tried out in Shanghai in spring", Milestone(), PROCESS),
        _kr("Lectures made of it for later talks, up to two hours each", Move(0, 3), RESULT, "lectures"),
    ),
    _mine("Deliver the Silicon Valley letters as agreed"),
    _mine(
        "Travel as planned, and bring the photographs in order",
        _kr("A journey through Europe", Milestone(), RESULT),
        _kr("A round trip by car through the American West", Milestone(), RESULT),
        _kr("At home in Lightroom", Milestone(), PROCESS),
        _kr("Photo albums, two of this year and three of last", Move(0, 5), RESULT, "albums"),
    ),
    _mine(
        "Complete the study plan of the year",
        _kr("Open courses on Coursera", _steps("Law", "Biology"), PROCESS),
        _kr("Books read with care", Move(0, 10), PROCESS, "books"),
        _kr("Books read in passing", Move(0, 10), PROCESS, "books"),
    ),
    _mine(
        "Complete the first drafts of a law book and a popular science book",
        _kr(
            "Drafts with the publisher",
            _steps(
                Step(1, "The first of the two", due=date(2017, 6, 30)),
                Step(2, "The second of the two", due=date(2017, 10, 31)),
            ),
            RESULT,
        ),
        _kr("Friends asked for their forewords in good time", Milestone(), PROCESS),
    ),
    _mine("Keep moving, and run 1,000 km"),
    _mine("The third fund of the firm is financed", private=True),
    _mine("Family, children and the yard", private=True),
    _mine("The financial target", private=True),
)
