"""The speed table: `python -m benchmarks` measures on SQLite and, where one answers, on PostgreSQL.

Prints the table and writes `bench.json`. Times of pages are ratios within one run: the machine's own speed cancels out.
Goals in seconds, named `_s`, are for this class of machine.
Exit code 1 when a goal is missed.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.goals import GOALS, misses, worst
from benchmarks.table import table

POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/throughline_bench_ci")


def main() -> int:
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        results["sqlite"] = measured("benchmarks.server", f"sqlite:///{folder}/bench.sqlite3")
        if postgres_answers():
            results["postgresql"] = measured("benchmarks.server", POSTGRES)
        else:
            print("Measured on SQLite alone; BENCH_POSTGRES names another PostgreSQL.", file=sys.stderr)
        results["projection"] = measured("benchmarks.projection", f"sqlite:///{folder}/projection.sqlite3")
        results["analysis"] = measured("benchmarks.analysis", f"sqlite:///{folder}/none.sqlite3")
        results["replay"] = measured("benchmarks.replay", f"sqlite:///{folder}/none.sqlite3")
        results["page"] = measured("benchmarks.page", f"sqlite:///{folder}/page.sqlite3")
    summary = worst(results)
    weights = {kind: summary[f"page_kb_{kind}"] for kind in ["script", "style", "all"]}
    written = summary | {"page_kb": weights, "databases": results}
    Path("bench.json").write_text(json.dumps(written, indent=2) + "\n")
    print(table(summary, results))
    missed = misses(summary)
    for name in missed:
        print(f"missed: {name} is {summary[name]}, the goal is at most {GOALS[name]}", file=sys.stderr)
    return 1 if missed else 0


def measured(module: str, database: str) -> dict[str, float]:
    """What the module prints, run in a process and on a database of its own."""
    environment = os.environ | {
        "DATABASE_URL": database,
        "TESTING": "true",
        "ENV_FILE": os.devnull,
        "DEMO_PASSWORD": "measured-speed",
    }
    environment.pop("DEBUG", None)
    done = subprocess.run(
        [sys.executable, "-m", module], env=environment, stdout=subprocess.PIPE, check=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def postgres_answers() -> bool:
    """Whether the server is there; makes an empty database for the measurements."""
    command = [sys.executable, "scripts/fresh_database.py", POSTGRES]
    done = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True)
    sys.stderr.write(done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
