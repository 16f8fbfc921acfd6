"""The coach: which drafts it asks about, and, as much, which it leaves alone."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.okr.measures import Indicator, Keep, Measure, Milestone, Move, Step
from bot.okr.quality.coach import (
    LONGEST_QUESTION,
    About,
    DraftKeyResult,
    DraftObjective,
    Remark,
    Rule,
    of_key_result,
    of_objective,
    of_set,
)
from bot.okr.quality.lists import OUTPUT_FORMS, OUTPUT_PHRASES

RESULT, PROCESS = Indicator.RESULT, Indicator.PROCESS
RENEWALS = DraftKeyResult("Customers who renew", Move(40, 70), "%", RESULT, "Hannah", 5)
ONLINE = DraftKeyResult("Renewed online", Move(30, 80), "%", PROCESS, "Jack", 6)
TEA = DraftObjective("Prove our tea’s value to restaurant suppliers", (RENEWALS, ONLINE), supports=True)


def rules(remarks: tuple[Remark, ...]) -> list[Rule]:
    return [one.rule for one in remarks]


def of_title(title: str) -> list[Rule]:
    return rules(of_objective(replace(TEA, title=title)))


def test_about_a_good_draft_nothing_is_asked() -> None:
    assert of_objective(TEA) == ()
    assert of_key_result(RENEWALS) == of_key_result(ONLINE) == ()
    assert of_set([TEA]) == ()


@pytest.mark.parametrize(
    "title",
    [
        "Raise renewals of our customers by 15%",
        "Raise renewals of our customers by 15 percent",
        "Bring the team's satisfaction up to 8/10",
        "Bring in ¥250,000 from the best restaurants",
        "Earn EUR 40 with each and every parcel",
        "Earn another $2m from the restaurants we know",
        "Grow 10x without losing what we are",
        "Win 20 restaurants that care about tea",
        "Win 2000 restaurants that care about tea",
        "Win the first 100 restaurants in Paris",
        "Win 10-20 restaurants that care about tea",
        "Reach NPS 50 with the restaurants of Paris",
        "Exercise, and run 1,000 km",
        "Renew my courses and teach 60h of them",
        "Answer everybody who writes within 24 hours",
        "Reach 3.5 million readers with our letters",
        "A reader base of 250k that stays with us",
        "让续约率达到70％",
        "今年服务10个客户",
        "1000万用户喜欢我们的茶",
        "الوصول إلى ١٠٠٠ عميل يحبون الشاي",
        "Winning १०० restaurants over to our tea",
        "고객 100명이 다시 찾게 한다",
    ],
)
def test_a_figure_in_an_objective_is_asked_about(title: str) -> None:
    assert of_title(title) == [Rule.NO_FIGURES]


@pytest.mark.parametrize(
    "title",
    [
        "Make Q4 the quarter in which suppliers trust us",
        "Be the B2B tea house that cooks recommend",
        "Make Web3 something our readers understand",
        "Make UED 2.0 the partner every team asks first",
        "UED 2.0 is the partner every team asks first",
        "Be ready for ISO 27001 before anybody asks",
        "ISO 27001 is behind us and nobody noticed",
        "Be there for suppliers 24/7, wherever they are",
        "Bring 5G to the villages of the valley",
        "Win readers over with the 2nd edition",
        "Win readers over with the 21st-century classics",
        "Have suppliers order by themselves by 30 April",
        "Have suppliers order by themselves by April 30th, 2027",
        "Have suppliers order by themselves by 31.12.",
        "Have suppliers order by themselves by 2026-12-31",
        "Start 2027 with suppliers who trust us",
        "Start 2026/27 with suppliers who trust us",
        "Be the #1 choice of cooks in Paris",
        "Be the No. 1 choice of cooks in Paris",
        "Be among the top 10 employers of the valley",
        "Make the 4-day week work for everybody",
        "Let Phase 2 of the shop feel effortless",
        "Make scope 3 emissions part of each decision",
        "Move our accounting to Office 365 without tears",
        "Work as 1 team across the ocean",
        "Make newcomers feel at home in their first 90 days",
        "Be prepared for the next 5 years",
        "Make every 1:1 worth the time it takes",
        "Show our gardens in 4K to those far away",
        "Let GPT-4 take over what nobody likes to do",
        "Be the supplier that 3M recommends to others",
        "O1: Prove our tea’s value to suppliers",
        "Objective 2 – Make ordering easy for suppliers",
        "3) Make ordering online easy for suppliers",
        "2️⃣ Make ordering online easy for suppliers",
        ":100: Make ordering online easy for suppliers",
        "让第2版受到读者的喜爱",
        "2026年让客户信任我们",
        "让双11成为大家期待的日子",
        "2026년 1분기에 고객의 신뢰를 얻는다",
        "Make shoppers of Singles' Day (11.11.) come again",
        "Win the hearts of 18 to 25 year olds",
        "Keep all 12 shops open through the winter",
        "Let our 3 plants run without accidents",
        "Make the M1 motorway safe to drive on",
    ],
)
def test_digits_of_a_name_a_date_or_a_label_are_no_figure(title: str) -> None:
    assert of_title(title) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Happy customers", [Rule.LENGTH]),
        ("Delight every restaurant", [Rule.LENGTH]),
        ("Objective 1: delight every restaurant", [Rule.LENGTH]),
        ("🚀 Delight every restaurant 🚀", [Rule.LENGTH]),
        ("Радуем каждого клиента", [Rule.LENGTH]),
        ("Delight every single restaurant", []),
        (" ".join(["tea"] * 18), []),
        (" ".join(["tea"] * 19), [Rule.LENGTH]),
        (" ".join(["شاي"] * 19), [Rule.LENGTH]),
        ("", []),
        ("   ", []),
        ("🎉🎉🎉", []),
        ("客户信任", []),
        ("お客様に愛されるお茶", []),
        ("提升 UED 团队", []),
        ("ลูกค้าไว้วางใจเรา", []),
        ("고객 만족 향상", []),  # these three set fewer spaces than English would
        ("رضا العملاء", []),
        ("ग्राहकों का भरोसा", []),
        ("客户信任我们的茶" * 20, []),
        ("Khách hàng tin tưởng và giới thiệu trà của chúng ta cho bạn bè của họ ở khắp mọi nơi", []),
    ],
)
def test_words_are_counted_where_spaces_tell_them(title: str, expected: list[Rule]) -> None:
    assert of_title(title) == expected


def test_too_few_words_and_too_many_are_asked_about_differently() -> None:
    short, long = (of_objective(replace(TEA, title=" ".join(["tea"] * count))) for count in (3, 19))
    assert [one.rule for one in short + long] == [Rule.LENGTH, Rule.LENGTH]
    assert short[0].question != long[0].question


@pytest.mark.parametrize(
    ("title", "verb"),
    [
        ("Launch the new online shop", "Launch"),
        ("Launches the new online shop", "Launches"),
        ("Launching the new online shop", "Launching"),
        ("launched our online shop abroad", "launched"),
        ("LAUNCH THE NEW SHOP", "LAUNCH"),
        ("Ship the mobile app to production", "Ship"),
        ("Shipping two apps this quarter", "Shipping"),
        ("Build a data warehouse for finance", "Build"),
        ("Built the new data warehouse", "Built"),
        ("Create an onboarding guide for suppliers", "Create"),
        ("Creating our own onboarding guide", "Creating"),
        ("Deliver the payment project on time", "Deliver"),
        ("Hold a conference for tea lovers", "Hold"),
        ("Hold monthly workshops with all suppliers", "Hold"),
        ("Holding a conference for tea lovers", "Holding"),
        ("Hire engineers for the new office", "Hire"),
        ("Hiring three engineers in Berlin", "Hiring"),
        ("Complete the migration to the cloud", "Complete"),
        ("Finish the annual report early", "Finish"),
        ("Write the handbook for newcomers", "Write"),
        ("Publish a book on good tea", "Publish"),
        ("Set up the office in Paris", "Set up"),
        ("Roll out the CRM to every team", "Roll out"),
        ("To launch the new online shop", "launch"),
        ("We will launch the new online shop", "launch"),
        ("Try to launch the online shop", "launch"),
        ("Strive to publish the second edition", "publish"),
        ("Help create the suppliers' handbook", "create"),
        ("Successfully launch the new shop", "launch"),
        ("Let’s build the new online shop", "build"),
        ("1. Launch the new online shop", "Launch"),
        ("Objective 1: Launch the new shop", "Launch"),
        (":rocket: Launch the new online shop", "Launch"),
        ("🚀 Launch the new online shop", "Launch"),
        ("“Launch” the new online shop", "Launch"),
        ("Design and build the new shop", "Design"),
        ("Launch the loyalty card in Paris", "Launch"),
        ("Launch the shop to all customers", "Launch"),
        ("Finish the handbook to perfection", "Finish"),
        ("Hire designers to build the shop", "Hire"),
    ],
)
def test_an_objective_that_begins_with_something_to_be_made_is_asked_what_it_changes(
    title: str, verb: str
) -> None:
    found = [one for one in of_objective(replace(TEA, title=title)) if one.rule is Rule.NO_OUTPUT]
    question = f"“{verb}” says what to do. If that is done and nothing changes, did we succeed?"
    assert found == [Remark(Rule.NO_OUTPUT, About.TITLE, question)]


@pytest.mark.parametrize(
    "title",
    [
        "Make ordering online easy for suppliers",
        "Build trust with the suppliers of Paris",
        "Build lasting relationships with cooks",
        "Create a culture of open words",
        "Deliver an experience that cooks recommend",
        "Create customers who love our tea",
        "Develop our skills in telling stories",
        "Complete transparency for all our suppliers",
        "Launch the shop so that suppliers order without calling",
        "Launch the shop so suppliers need not call",
        "Hire a second cook to win the mornings back",
        "Hold the line on quality in a hard year",
        "Hold our place among the best",
        "Hold the line when others give in",
        "Held events are worth the journey",
        "Build times that nobody notices any more",
        "Release days are as boring as Mondays",
        "Design is a pleasure to work with",
        "Shipping feels effortless to every customer",
        "Building managers rely on our sensors",
        "Hosting costs nobody any sleep",
        "Launches no longer scare anybody",
        "Design and engineering work hand in hand",
        "Shipwrecks are a thing of the past",
        "Customers build their own tea with us",
        "Lancer la boutique en ligne à Paris",
        "Launch early because suppliers asked us to",
        "Draft beer lovers choose us first",
        "Host families feel supported from day one",
        "Complete beginners can cook our dishes",
        "Develop into the first address for tea",
        "Execute like a company twice our size",
        "Deliver on what we told suppliers",
        "Finish strong after a hard summer",
        "Create more time for customers",
        "Hire the best people in the valley",
        "Set up newcomers to thrive in their first weeks",
        "Ship happens no more: suppliers smile again",
        "Publish or perish is over at our institute",
    ],
)
def test_a_change_is_none_though_its_words_look_like_it(title: str) -> None:
    assert of_title(title) == []


@pytest.mark.parametrize(("count", "expected"), [(0, True), (1, True), (2, False), (5, False), (6, True)])
def test_an_objective_has_two_to_five_key_results(count: int, expected: bool) -> None:  # noqa: FBT001
    remarks = of_objective(replace(TEA, key_results=(RENEWALS,) * count))
    assert [(one.rule, one.about) for one in remarks] == [(Rule.KEY_RESULTS, About.KEY_RESULTS)] * expected


def test_a_private_objective_may_say_little() -> None:
    family = replace(TEA, title="Family, yard")
    assert rules(of_objective(family)) == [Rule.LENGTH]
    assert of_objective(replace(family, private=True)) == ()


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        (replace(TEA, supports=False), [Rule.SUPPORTS]),
        (replace(TEA, supports=False, anything_above=False), []),
        (replace(TEA, supports=False, private=True), []),
        (TEA, []),
    ],
)
def test_an_island_is_what_supports_nothing_where_it_could(
    draft: DraftObjective, expected: list[Rule]
) -> None:
    assert rules(of_objective(draft)) == expected


@pytest.mark.parametrize(
    ("changed", "rule", "about"),
    [
        ({"measure": None}, Rule.MEASURED, About.MEASURE),
        ({"owner": None}, Rule.OWNED, About.OWNER),
        ({"owner": " "}, Rule.OWNED, About.OWNER),
        ({"confidence": 10}, Rule.STRETCH, About.CONFIDENCE),
    ],
)
def test_what_a_key_result_lacks_is_asked_beside_its_field(
    changed: dict[str, object], rule: Rule, about: About
) -> None:
    remarks = of_key_result(replace(RENEWALS, **changed))  # type: ignore[arg-type]
    assert [(one.rule, one.about) for one in remarks] == [(rule, about)]


@pytest.mark.parametrize("confidence", [None, 0, 5, 9])
def test_a_confidence_up_to_nine_is_fine(confidence: int | None) -> None:
    assert of_key_result(replace(RENEWALS, confidence=confidence)) == ()


@pytest.mark.parametrize("measure", [Keep(low=99), Keep(high=3), Keep(1, 2), Milestone()])
def test_what_is_kept_and_what_is_done_is_measured_too(measure: Measure) -> None:
    assert of_key_result(replace(RENEWALS, measure=measure)) == ()


def test_a_figure_in_the_title_is_offered_as_the_target_that_is_missing() -> None:
    said = DraftKeyResult("The renewal rate reaches 70 %", owner="Hannah")
    assert of_key_result(said) == (
        Remark(
            Rule.MEASURED,
            About.MEASURE,
            "Is the figure in the title the target? And where does it stand today?",
        ),
    )
    assert of_key_result(replace(said, measure=Move(40, 70), unit="%")) == ()


UP, DOWN = Move(0, 20), Move(40, 20)


@pytest.mark.parametrize(
    ("title", "measure", "unit", "plural"),
    [
        ("Sales calls", UP, "", "Calls"),
        ("Sales calls", UP, "a week", "Calls"),
        ("Cold calls per week", Keep(low=50), "calls", "Calls"),
        ("Number of calls", UP, "", "Calls"),
        ("Customer meetings held", UP, "", "Meetings"),
        ("Meetings with suppliers", UP, "meetings a month", "Meetings"),
        ("Posts on LinkedIn", UP, "posts", "Posts"),
        ("Blog posts published", UP, "", "Posts"),
        ("Letters written", UP, "", "Letters"),
        ("Hours of teaching", Move(0, 60), "h", "Hours of teaching"),
        ("Teaching hours", Move(0, 60), "hours", "Teaching hours"),
        ("Training hours", Move(0, 60), "hours", "Training hours"),
        ("Workshops with suppliers", UP, "", "Workshops"),
        ("Calls and meetings", UP, "", "Calls"),
        ("Hold 5 workshops with suppliers", Milestone(), "", "Workshops"),
        ("Hold a weekly meeting with suppliers", Milestone(), "", "Meetings"),
        ("Make 100 calls", None, "", "Calls"),
        ("Make at least 100 good sales calls", None, "", "Calls"),
        ("100 calls to prospects", None, "", "Calls"),
        ("Send newsletters to our readers", None, "", "Newsletters"),
        ("Write two articles a month", None, "", "Articles"),
        ("More sales calls", None, "", "Calls"),
        ("KR1: Make 100 calls", None, "", "Calls"),
        ("Try to hold ten talks", None, "", "Talks"),
        ("Give 60 hours of teaching", None, "", "Hours of teaching"),
        ("Write 20 letters about each topic", None, "", "Letters"),
    ],
)
def test_a_volume_of_activity_is_asked_what_should_come_of_it(
    title: str, measure: Measure | None, unit: str, plural: str
) -> None:
    found = of_key_result(DraftKeyResult(title, measure, unit, owner="Jack"))
    question = f"{plural} are what you put in. What should come of them, and could that be measured?"
    assert found[0] == Remark(Rule.OUTCOME, About.TITLE, question)
    assert rules(found[1:]) == [Rule.MEASURED] * (measure is None)


@pytest.mark.parametrize("title", ["Customer calls", "Calls a week", "Hold a workshop with suppliers"])
def test_whether_activities_go_up_or_down_is_not_guessed_before_a_measure_tells(title: str) -> None:
    assert rules(of_key_result(DraftKeyResult(title, owner="Jack"))) == [Rule.MEASURED]


@pytest.mark.parametrize(
    ("title", "measure", "unit"),
    [
        ("Phone calls for support", DOWN, "a week"),
        ("Phone calls for support", UP, "a week"),  # not asked what should come of customers' calls
        ("Support calls", UP, ""),
        ("Meetings a week", DOWN, ""),
        ("Meetings a week", Keep(high=5), ""),
        ("Fewer meetings", UP, ""),
        ("Shorten meetings", Move(60, 30), "min"),
        ("Length of meetings", UP, ""),
        ("Satisfaction with our calls", Move(6, 8), "pts"),
        ("Calls answered within a minute", UP, ""),
        ("Planned meetings held", Move(50, 100), "%"),
        ("Calls that become orders", UP, ""),
        ("Successful sales calls", UP, ""),
        ("Customers won by calls", UP, ""),
        ("Letters of intent", UP, ""),
        ("Call centre costs", UP, "¥"),
        ("Posts read to the end", UP, ""),
        ("Make 20 calls to learn why customers leave", UP, ""),
        ("Hold 5 workshops so that suppliers order alone", UP, ""),
        ("Hold a workshop with suppliers", Milestone(), ""),
        ("Customer interviews", Milestone((Step(1, "Ask"), Step(2, "Tell"))), ""),
        ("Working hours", UP, "hours"),
        ("Training hours per employee", Move(5, 2), "h"),
        ("API calls", UP, "a day"),
        ("Demos booked by prospects", UP, ""),
        ("Teams that have held a workshop", UP, ""),
        ("Sales calls", UP, "€"),
        ("Opening hours", UP, "hours"),
        ("Hours to the first answer", UP, "h"),
        ("Transcribe 50 interviews", Milestone(), ""),
        ("Win 20 meetings", Milestone(), ""),
        ("Books read", Move(0, 20), "books"),
        ("打100个电话", UP, ""),
        ("", UP, ""),
    ],
)
def test_what_comes_of_an_activity_and_fewer_of_it_are_outcomes(
    title: str, measure: Measure, unit: str
) -> None:
    assert of_key_result(DraftKeyResult(title, measure, unit, owner="Jack")) == ()


@pytest.mark.parametrize(
    ("count", "of_company", "expected"),
    [(3, False, []), (4, False, [Rule.FOCUS]), (5, True, []), (6, True, [Rule.FOCUS]), (0, False, [])],
)
def test_a_set_is_of_three_objectives_and_a_companys_of_five(
    count: int,
    of_company: bool,  # noqa: FBT001
    expected: list[Rule],
) -> None:
    assert rules(of_set([TEA] * count, of_company=of_company)) == expected


@pytest.mark.parametrize(
    ("indicators", "asked"),
    [
        ((RESULT, RESULT), "All key results show what came of it in the end. What would tell you early on?"),
        (
            (PROCESS, PROCESS),
            "All key results show the way. Which result would tell that it was the right one?",
        ),
        (
            (None, None),
            "Which key results tell you early on, and which prove it in the end? A good set has both.",
        ),
        ((RESULT, PROCESS), None),
        ((RESULT, None), None),  # the other may be of either kind
        ((RESULT,), None),
        ((), None),
    ],
)
def test_a_set_has_indicators_of_both_kinds(
    indicators: tuple[Indicator | None, ...], asked: str | None
) -> None:
    drafts = [replace(TEA, key_results=(replace(RENEWALS, indicator=indicator),)) for indicator in indicators]
    remarks = of_set(drafts)
    assert remarks == (() if asked is None else (Remark(Rule.BOTH_INDICATORS, About.SET, asked),))


def test_remarks_stand_in_the_order_of_the_fields() -> None:
    worst = DraftObjective("Launch 20 shops")
    assert rules(of_objective(worst)) == [
        *(Rule.NO_FIGURES, Rule.LENGTH, Rule.NO_OUTPUT),
        *(Rule.KEY_RESULTS, Rule.SUPPORTS),
    ]
    assert rules(of_key_result(DraftKeyResult("Make 100 calls", confidence=10))) == [
        *(Rule.OUTCOME, Rule.MEASURED),
        *(Rule.OWNED, Rule.STRETCH),
    ]


MEASURES = st.sampled_from([None, UP, DOWN, Keep(1), Keep(high=1), Milestone(), Move(float("nan"), 1)])
WORDS = st.sampled_from(
    [
        *(
            "Launch",
            "launch",
            "Hold",
            "and",
            "20",
            "20%",
            "Q4",
            "calls",
            "meetings",
            "hours",
            "of",
            "teaching",
        ),
        *("to", "so", "that", "learn", "with", "a", "customers", "per", "茶", "第2", "١٠", ":x:", "KR1:"),
    ]
)
TITLES = st.one_of(st.text(), st.lists(WORDS, max_size=25).map(" ".join))
KEY_RESULTS = st.builds(
    DraftKeyResult,
    TITLES,
    MEASURES,
    st.text(max_size=5),
    st.sampled_from([None, *Indicator]),
    st.one_of(st.none(), st.text(max_size=3)),
    st.one_of(st.none(), st.integers()),
)
OBJECTIVES = st.builds(
    DraftObjective,
    TITLES,
    st.lists(KEY_RESULTS, max_size=7).map(tuple),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


def everything(objectives: list[DraftObjective]) -> list[Remark]:
    remarks = list(of_set(objectives))
    for objective in objectives:
        remarks += of_objective(objective)
        for key_result in objective.key_results:
            remarks += of_key_result(key_result)
    return remarks


@given(st.lists(OBJECTIVES, max_size=7))
@example([DraftObjective("Set up " + "calls " * 2000)])
@example([DraftObjective("1" * 5000, (DraftKeyResult("9" * 5000),))])
def test_whatever_is_drafted_gets_short_plain_questions_the_same_each_time(
    objectives: list[DraftObjective],
) -> None:
    remarks = everything(objectives)
    assert remarks == everything(objectives)
    for one in remarks:
        assert one.question.endswith("?") or one.question.count("?") == 1
        assert 20 < len(one.question) <= LONGEST_QUESTION
        assert one.question.isprintable()
        assert not set(one.question) & set("<>&*_`~")


@given(OBJECTIVES)
def test_no_rule_asks_twice_about_one_thing(objective: DraftObjective) -> None:
    for remarks in (of_objective(objective), *map(of_key_result, objective.key_results)):
        assert len({one.rule for one in remarks}) == len(remarks)


@given(TITLES)
def test_a_question_holds_none_of_a_titles_words_but_the_coachs_own(title: str) -> None:
    listed = {*OUTPUT_FORMS, *map(" ".join, OUTPUT_PHRASES)}
    for one in of_objective(replace(TEA, title=title)):
        assert one.rule is not Rule.NO_OUTPUT or one.question.split("”")[0].strip("“").lower() in listed
