"""Who may ask: only what runs at our own address, never another site's page that somebody has open."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.practice.world import World


def refuse_others(world: World, request: web.Request) -> None:
    """HTTPForbidden for another site's page, known by its origin, and for a name that is not this address
    (a site may give its own name our address)."""
    origin = request.headers.get("Origin")
    ours = (world.address, world.control_address)
    hosts = [urlsplit(address).netloc for address in ours]
    if request.host not in hosts or origin not in (None, *ours):
        raise web.HTTPForbidden(text=f"This is only for what is opened at {world.control_address}/")


def refuse_all_but_json(world: World, request: web.Request) -> None:
    """As well HTTPUnsupportedMediaType for what is no JSON: a form of another site could send anything else
    without asking first."""
    refuse_others(world, request)
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="send JSON")
