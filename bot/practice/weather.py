"""What can be wrong with Slack, made to happen: limits, faults, connections that go, Slack itself away."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.practice.faults import Fault, Faults
from bot.practice.rates import Rates
from bot.practice.server import Server
from bot.practice.trouble import SLOW_SECONDS, SocketTrouble, Trouble
from bot.practice.world import World

Json = dict[str, Any]


class Weather:
    """The part of the practice Slack that makes trouble. Nothing is wrong unless asked for."""

    world: World
    _server: Server | None = None

    def __init__(self) -> None:
        self._trouble: Trouble | None = None

    @property
    def connections(self) -> int:
        """How many WebSockets the bot has open."""
        return self._running().sockets.connections

    def refresh_connections(self, *, warning: bool = False, close_after: float | None = None) -> None:
        """Asks the bot to connect anew: with a warning, the old connections stay open for it to close.

        Those that are still open `close_after` seconds later are closed.
        """
        server = self._running()
        reason = "warning" if warning else "refresh_requested"
        server.run(server.sockets.disconnect(reason, close=not warning, close_after=close_after))

    def drop_connections(self, most: int | None = None) -> int:
        """Cuts every connection, or the `most` oldest, without a word, as a network does; gives how many."""
        server = self._running()
        return int(server.run(server.sockets.drop(most)))

    def silence_connections(self, *, new_for: float = 0.0) -> None:
        """Leaves every connection open, but dead: nothing is delivered on it, pings are not answered.

        Connections that are opened within `new_for` seconds are so, too, and get no hello.
        """
        server = self._running()
        server.run(server.sockets.silence(new_for))

    def refuse_connections(self, seconds: float, *, error: str = "internal_error") -> None:
        """apps.connections.open fails with that error for so long (by the timer); 0 seconds end it."""
        api = self._running().api
        api.connecting_fault = Fault(perform=False, body={"ok": False, "error": error})
        api.connecting_refused_until = self.world.timer() + seconds

    def go_away(self, seconds: float | None = None) -> None:
        """Slack cannot be reached for so long, or until `come_back`: connections are cut and refused.

        People go on meanwhile; an event whose redeliveries are over by then is only in the history.
        """
        server = self._running()
        server.run(server.go_away(seconds))

    def come_back(self) -> None:
        """Slack can be reached again."""
        server = self._running()
        server.run(server.come_back())

    def revoke(self) -> None:
        """Uninstalls the app: every call gets `account_inactive` from now on."""
        with self.world.changing() as world:
            world.identity.revoked = True

    def set_rates(self, rates: Rates | None) -> None:
        """From now on these limits hold; None lifts them."""
        self._running().api.rates = rates

    def set_faults(self, faults: Faults | None) -> None:
        """Asked about every call (method, arguments); a `Fault` changes what becomes of it.

        What is sent to a response address is asked about as "response_url".
        """
        self._running().api.faults = faults

    def set_socket_trouble(self, trouble: SocketTrouble | None) -> None:
        """From now on this befalls what goes to the bot."""
        self._running().sockets.trouble = trouble

    def make_trouble(
        self,
        seed: int,
        weights: Mapping[str, float],
        *,
        methods: Iterable[str] | None = None,
        slow_seconds: float = SLOW_SECONDS,
        retry_after: int = 1,
    ) -> None:
        """`set_faults` with a `Trouble` of these."""
        self._trouble = Trouble(
            seed, weights, methods=methods, slow_seconds=slow_seconds, retry_after=retry_after
        )
        self.set_faults(self._trouble)

    def make_socket_trouble(self, seed: int, weights: Mapping[str, float], *, longest: float = 2.0) -> None:
        """`set_socket_trouble` with a `SocketTrouble` of these."""
        self.set_socket_trouble(SocketTrouble(seed, weights, longest=longest))

    def make_limits(self, **limits: Any) -> None:
        """`set_rates` with `Rates` of these."""
        self.set_rates(Rates(**limits))

    def calm_down(self) -> None:
        """No limits, no faults, no trouble, and Slack is there; what was counted is forgotten."""
        self._trouble = None
        self.set_faults(None)
        self.set_socket_trouble(None)
        self.set_rates(None)
        self.refuse_connections(0)
        self.come_back()

    def state(self) -> Json:
        """Connections, what is under way, and by kind the trouble made and the calls refused so far."""
        server = self._running()
        sockets, rates = server.sockets, server.api.rates
        return {
            "connections": sockets.connections,
            "in_flight": len(self.world.in_flight),
            "away": sockets.away,
            "trouble": dict(self._trouble.counts) if self._trouble else {},
            "socket_trouble": dict(sockets.trouble.counts) if sockets.trouble else {},
            "refused": dict(rates.refused) if rates else {},
        }

    def _running(self) -> Server:
        if self._server is None:
            raise RuntimeError("Use PracticeSlack in a with statement")
        return self._server
