"""Not being there, and one's own week: days away, pauses, a Slack status, holidays."""
