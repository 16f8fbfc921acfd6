"""The digest: what a team's meeting reads, and what it agrees."""
