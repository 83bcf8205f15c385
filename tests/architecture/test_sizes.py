"""Files and functions stay small enough to be read in one go."""

import ast
from pathlib import Path

from django.conf import settings

APPS = ["config", "teams", "insights", "journeys", "experiments", "campaigns"]
LONGEST_FILE = 300
LONGEST_VIEW = 30
LONGEST_FUNCTION = 45

# Lists of texts and numbers, not of what happens.
CONTENT = ("journeys/content/", "journeys/demo/", "campaigns/content/")
# One list of settings, read from top to bottom.
LONG_FILES = {"config/settings.py"}


def python_files() -> list[Path]:
    found = [path for app in APPS for path in (settings.BASE_DIR / app).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def place(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


def functions(path: Path) -> dict[str, int]:
    """The lines of each function without its decorators."""
    return {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_file_is_long():
    lengths = {place(path): len(path.read_text().splitlines()) for path in python_files()}

    assert {
        name for name, lines in lengths.items() if lines > LONGEST_FILE and not name.startswith(CONTENT)
    } == LONG_FILES


def test_no_view_is_long():
    views = [path for path in python_files() if "views" in path.parts or "api" in path.parts]
    lengths = {name: lines for path in views for name, lines in functions(path).items()}

    assert len(lengths) > 100
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_VIEW} == {}


def test_no_function_is_long():
    lengths = {
        name: lines
        for path in python_files()
        for name, lines in functions(path).items()
        if not name.startswith(CONTENT)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_there_is_no_junk_drawer():
    drawers = {"utils", "util", "common", "helpers", "misc", "extras", "tools"}

    assert [
        place(path) for path in python_files() if drawers & {path.stem, *path.parts[len(settings.BASE_DIR.parts) :]}
    ] == []
