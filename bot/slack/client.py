"""Our own Web API clients: they never retry by themselves, and every one obeys SLACK_API_URL."""

from slack_sdk import WebClient

TIMEOUT_SECONDS = 20
HURRIED_SECONDS = 2
"""Slack waits three for the answer to a form or a tap."""


def web_client(token: str | None, api_url: str, *, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    """slack_sdk's default retries would post a message twice when an answer is lost: they are off."""
    url = api_url if api_url.endswith("/") else f"{api_url}/"
    return WebClient(token=token, base_url=url, retry_handlers=[], timeout=timeout)


def hurried(client: WebClient) -> WebClient:
    """The same, for what has to be known before somebody can be answered."""
    return web_client(client.token, client.base_url, timeout=HURRIED_SECONDS)
