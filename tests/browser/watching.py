"""What must never happen on the page, whatever people do: noted, so that a test can ask at its end."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError


class Watch:
    """Notes what is written to the console, errors of scripts, and whatever is asked of another address."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        """`address` is where the page is, "http://host:port/"."""
        self._ours = (address, address.replace("http:", "ws:", 1), "data:")
        self.trouble: list[str] = []
        context.on("console", self._wrote)
        context.on("weberror", self._failed)
        context.on("request", self._asked)
        context.on("page", self._opened)

    def _wrote(self, message: ConsoleMessage) -> None:
        self.trouble.append(f"console, {message.type}: {message.text}")

    def _failed(self, error: WebError) -> None:
        self.trouble.append(f"script: {error.error}")

    def _asked(self, request: Request) -> None:
        self._went(request.url)

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._went(socket.url))

    def _went(self, address: str) -> None:
        if not address.startswith(self._ours) and address != "about:blank":
            self.trouble.append(f"request to {address}")
