"""Make an empty PostgreSQL database, for CI: `python scripts/fresh_database.py postgres://user@host:5432/name_ci`.

It is dropped first where it exists; so that nobody's data goes by a slip, the name must end in `_ci`.
"""

import sys
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


def main(url: str) -> None:
    name = urlsplit(url).path.removeprefix("/")
    if not name.endswith("_ci"):
        sys.exit(f"throughline: “{name}” does not end in _ci.")
    server = urlsplit(url)._replace(path="/postgres").geturl()
    try:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.OperationalError as error:
        sys.exit(f"throughline: PostgreSQL cannot be reached: {' '.join(str(error).split())}")


if __name__ == "__main__":
    main(sys.argv[1])
