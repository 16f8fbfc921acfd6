"""A draft of a team's next cycle: begun, talked over, committed to and started."""
