"""Looking things up: what somebody sees when they ask, and only what they may see."""
