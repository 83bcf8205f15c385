"""What the statistics say is English and marked, so that it can be translated where it is shown."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from experiments import stats

SENTENCE = re.compile(r"(?:[A-Z]|%\()[^\n]* [^\n]*\.$")


def unmarked(tree: ast.Module) -> Iterator[str]:
    """Sentences that are neither docstrings nor given to `gettext_noop`, nor filled in as they are made."""
    apart: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "gettext_noop":
            apart.update(map(id, node.args))
        elif isinstance(node, ast.Expr):
            apart.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            apart.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in apart else None
        if isinstance(text, str) and SENTENCE.match(text):
            yield text


def test_sentences_of_the_statistics_are_marked_for_translators():
    paths = [path for folder in stats.__path__ for path in Path(folder).glob("*.py")]
    assert len(paths) > 20
    assert [text for path in paths for text in unmarked(ast.parse(path.read_text()))] == []
    assert list(unmarked(ast.parse('WRONG = "Say it."'))) == ["Say it."]
