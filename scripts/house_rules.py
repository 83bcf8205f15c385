"""The project's own checks: pinned packages, no inline script or style in templates, nothing left for later.

Prints one line per finding, and exits with 1 when there is any.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[0-9][A-Za-z0-9.]*|-[rc] [a-z-]+\.txt")
LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")
INLINE = {
    "an inline script": re.compile(r"<script(?![^>]*\b(src=|type=\"application/json\"))[^>]*>|\{%\s*script", re.I),
    "an inline style": re.compile(r"<style[\s>]|\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']|javascript:", re.I),
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.S)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def unpinned(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.strip() and not line.startswith("#") and not PINNED.fullmatch(line.strip()):
            yield f"{path.relative_to(ROOT)}:{number}: “{line}” is not pinned to one version"


def inline(path: Path) -> Iterator[str]:
    """Mails are left out: their readers know no style sheets."""
    if "mail" in path.parts or "email" in path.parts:
        return
    for what, pattern in INLINE.items():
        for number, line in enumerate(COMMENT.sub("", path.read_text()).splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}: {what}, which the Content-Security-Policy forbids"


def left_for_later(path: Path) -> Iterator[str]:
    try:
        text = path.read_text()
    except UnicodeDecodeError:
        return  # a picture
    for number, line in enumerate(text.splitlines(), 1):
        if LATER.search(line):
            yield f"{path.relative_to(ROOT)}:{number}: left for later: {line.strip()}"


def findings() -> Iterator[str]:
    for path in tracked("requirements*.txt", "constraints.txt"):
        yield from unpinned(path)
    for path in tracked("templates/*.html"):
        yield from inline(path)
    for path in tracked():
        yield from left_for_later(path)


if __name__ == "__main__":
    found = list(findings())
    sys.exit("\n".join(found) or 0)
