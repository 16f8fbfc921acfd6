"""Several threads that claim rows at the same time, until none is left."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

THREADS = 4
SECONDS_TO_FINISH = 30


def claimed_at_once(claim: Callable[[], int | None]) -> list[int]:
    """What all the threads got together, in order of the numbers."""
    together = threading.Barrier(THREADS)

    def work() -> list[int]:
        together.wait(SECONDS_TO_FINISH)
        mine = []
        while (found := claim()) is not None:
            mine.append(found)
        return mine

    with ThreadPoolExecutor(THREADS) as pool:
        shares = [pool.submit(work) for _ in range(THREADS)]
        return sorted(row_id for share in shares for row_id in share.result(SECONDS_TO_FINISH))
