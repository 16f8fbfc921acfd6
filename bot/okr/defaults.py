"""The numbers of the method (docs/method.md). Percent and pp apply to figures as shown, rounded."""

NEW_CONFIDENCE = 5
"""What a key result starts at before anybody has said otherwise."""

HIGH_CONFIDENCE = 7
"""High from here; medium below."""
MEDIUM_CONFIDENCE = 4
"""Medium from here; low below."""
CONFIDENCE_FALL = 2
"""So many points less than at the update before are worth talking about."""

COMMITTED_SUCCESS = 1.0
"""What part of the way counts as success for a committed objective's key results."""
ASPIRATIONAL_SUCCESS = 0.7
"""The same for an aspirational one's."""

BEHIND = 10
"""Behind from so many pp."""
FAR_BEHIND = 25
"""Far behind from so many pp."""
OUTSIDE_RUNNING = 2
"""A state to keep is red once so many updates running are out of its bounds."""

FORECAST_FROM = 0.25
"""No forecast before this part of the cycle has passed."""
FORECAST_LEAST = 3
"""No forecast from fewer updates."""
FORECAST_MOST = 6
"""Older updates than the last so many do not bear on the forecast."""

ACTIONS_MOST = 3
"""So many actions may a person set for next week."""
ACTION_LONGEST = 300
"""Characters of one action."""
CARRIES_ASKED = 3
"""Every so many weeks that an action is carried, its author is asked whether to keep or drop it."""

UNMOVED_ASKED = 3
"""Every so many check-ins running without a change, its owner is asked what would move a key result."""

TALK_LIMIT = 5
"""So many items to talk about stand in the digest's first message; the rest follow in its thread."""
PANELS_MOST = 12
"""So many key results a chart shows."""
HISTORY_WEEKS = 12
"""So many weeks back `/okr history` looks."""
SPARKLINE_WEEKS = 8
"""So many weeks a sparkline shows."""

OBJECTIVE_WORDS_LEAST = 4
"""Fewer do not say what will be different, and for whom."""
OBJECTIVE_WORDS_MOST = 18
"""More are not kept in mind."""
KEY_RESULTS_LEAST = 2
"""So many prove an objective from more than one side."""
KEY_RESULTS_MOST = 5
"""So many to an objective can be kept an eye on."""
OBJECTIVES_MOST = 3
"""So many at once a team or a person can aim for."""
COMPANY_OBJECTIVES_MOST = 5
"""So many a company can."""
DRAFT_CONFIDENCE_MOST = 9
"""Whoever is surer than that before it has begun could aim for more."""
