"""Sentences that pure packages say: which are not marked for translators, and a catalog that translates some."""

import ast
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

SENTENCE = re.compile(r"(?:[A-Z]|%\()[^\n]* [^\n]*\.$")


def unmarked(tree: ast.Module) -> Iterator[str]:
    """Sentences that are neither docstrings nor given to `gettext_noop`, also those with places."""
    apart: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "gettext_noop":
            apart.update(map(id, node.args))
        elif isinstance(node, ast.Expr):
            apart.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            apart.update(map(id, node.values))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in apart else None
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "%(x)s" for part in node.values)
        if isinstance(text, str) and SENTENCE.match(text):
            yield text


def unmarked_in(package: ModuleType) -> list[str]:
    paths = [path for folder in package.__path__ for path in Path(folder).glob("*.py")]
    assert len(paths) > 3
    return [text for path in paths for text in unmarked(ast.parse(path.read_text()))]


def catalog(sentences: dict[str, str]) -> bytes:
    """Compiled as gettext has it: a head, the places of the originals and of the translations, then all texts."""
    known = {"": "Content-Type: text/plain; charset=UTF-8\n"} | sentences
    texts = [text.encode() for pair in zip(*sorted(known.items()), strict=True) for text in pair]
    start, table = 28 + 8 * len(texts), b""
    for text in texts:
        table += struct.pack("<2I", len(text), start)
        start += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(known), 28, 28 + 4 * len(texts), 0, 28 + 8 * len(texts))
    return head + table + b"".join(text + b"\0" for text in texts)
