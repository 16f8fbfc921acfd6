"""Our own Web API clients: they never retry by themselves, and every one obeys SLACK_API_URL."""

from slack_sdk import WebClient

TIMEOUT_SECONDS = 20


def web_client(token: str | None, api_url: str, *, timeout: int = TIMEOUT_SECONDS) -> WebClient:
    """slack_sdk's default retries would post a message twice when an answer is lost: they are off."""
    url = api_url if api_url.endswith("/") else f"{api_url}/"
    return WebClient(token=token, base_url=url, retry_handlers=[], timeout=timeout)
