"""A practice Slack in a process of its own: `python -m bot.practice`; see `remote` for driving it.

Once it serves it prints one line of JSON: url, control_url, bot_token, app_token, bot_user_id, team_id and
app_id. It ends on SIGTERM or SIGINT, or when its standard input is closed.
"""

import argparse
import json
import os
import select
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.practice.clock import SettableClock
from bot.practice.rates import Rates
from bot.practice.slack import HEARTBEAT_SECONDS, REDELIVERY_SECONDS, PracticeSlack

SHOWN = ("url", "control_url", "bot_token", "app_token", "bot_user_id", "team_id", "app_id")
STDIN = 0


def _seconds(words: str) -> tuple[float, ...]:
    """Delays with commas in between."""
    return tuple(float(word) for word in words.split(",") if word)


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bot.practice", description="A practice Slack.")
    add = parser.add_argument
    add("--port", type=int, default=0, help="where to serve on loopback; 0 for any that is free")
    add("--record", type=Path, metavar="FILE", help="write what crosses to this file")
    add("--keep-records", type=int, metavar="N", help="keep only the newest in memory")
    add("--ack-seconds", type=float, default=3.0, help="how long the bot has to acknowledge")
    add("--heartbeat", type=float, default=HEARTBEAT_SECONDS, help="seconds between pings to the bot")
    add(
        "--redelivery", type=_seconds, default=REDELIVERY_SECONDS, metavar="0,60,300", help="delays of events"
    )
    add("--now", type=datetime.fromisoformat, help="the workspace's time at the start, with its zone")
    add("--rates", action="store_true", help="hold to Slack's rate limits")
    add("--bot-name", default="Bot")
    add("--team-name", default="Practice")
    return parser.parse_args(words)


def _wait_for_the_end(stdin: int) -> None:
    reader, writer = os.pipe()
    before = {
        number: signal.signal(number, lambda *_: os.write(writer, b"."))
        for number in (signal.SIGTERM, signal.SIGINT)
    }
    waiting = True
    while waiting:
        ready, _, _ = select.select([stdin, reader], [], [])
        waiting = reader not in ready and bool(os.read(stdin, 4096))
    for number, handler in before.items():
        signal.signal(number, handler)
    os.close(reader)
    os.close(writer)


def main(words: Sequence[str], stdin: int = STDIN) -> None:
    given = _arguments(words)
    slack = PracticeSlack(
        clock=SettableClock(given.now),
        port=given.port,
        record=given.record,
        keep_records=given.keep_records,
        ack_seconds=given.ack_seconds,
        heartbeat=given.heartbeat,
        redelivery=given.redelivery,
        rates=Rates() if given.rates else None,
        bot_name=given.bot_name,
        team_name=given.team_name,
    )
    with slack:
        print(json.dumps({name: getattr(slack, name) for name in SHOWN}), flush=True)  # noqa: T201  # its answer
        _wait_for_the_end(stdin)


if __name__ == "__main__":
    main(sys.argv[1:])
