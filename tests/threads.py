"""Several people at once, each in a thread with a connection of their own. The test's mark is `transaction=True`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run the acts at the same time; what each gives or raises."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=20)
            return act()
        except Exception as error:  # noqa: BLE001 — the test looks at it
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
