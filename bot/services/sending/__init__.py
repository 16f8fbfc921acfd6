"""Sending: what is to be said, each thing once, at the pace that Slack allows."""
