"""Writing OKRs: what may be written, by whom, and what changed."""
