"""Okra: a self-hosted Slack bot for weekly OKR check-ins."""

__version__ = "0.1.0"
