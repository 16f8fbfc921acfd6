"""Asking: rounds open and close, and whom they ask what."""
