"""Plain HTTP and plain sockets, for what no Slack client would send."""

import socket
from http.client import HTTPConnection
from urllib.parse import urlsplit

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA  # kinds of frames


def request(url: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
    """Status and text of a GET, or of a POST if there is a body."""
    place = urlsplit(url)
    connection = HTTPConnection(place.netloc, timeout=10)
    try:
        target = f"{place.path}?{place.query}"
        connection.request("GET" if body is None else "POST", target, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def raw_socket(url: str) -> socket.socket:
    """A WebSocket as bytes, its handshake sent."""
    place = urlsplit(url)
    connection = socket.create_connection((place.hostname or "", place.port or 0), timeout=5)
    connection.sendall(
        f"GET {place.path}?{place.query} HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: cHJhY3RpY2UtcHJhY3RpYw==\r\n"
        "Sec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    return connection


def until(connection: socket.socket, words: bytes) -> bytes:
    """What comes in, until these words have."""
    heard = b""
    while words not in heard:
        more = connection.recv(4096)
        if not more:
            break
        heard += more
    return heard


def frame(words: str, kind: int = TEXT) -> bytes:
    """A short frame as a client sends it, masked with zeros."""
    return bytes([0x80 | kind, 0x80 | len(words), 0, 0, 0, 0]) + words.encode()
