import re
from pathlib import Path

import pytest
from django.conf import settings

from scripts import house_rules

HERE = settings.BASE_DIR


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.setattr(house_rules, "ROOT", tmp_path)


def written(folder: Path, text: str) -> Path:
    path = folder / "page.html"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("line", "ok"),
    [
        ("Django==5.2.19", True),
        ("psycopg[binary,pool]==3.3.9", True),
        ("-r requirements.txt", True),
        ("# a comment", True),
        ("Django", False),
        ("Django>=5.2", False),
        ("Django==5.*", False),
        ("git+https://example.com/x", False),
    ],
)
def test_unpinned_line(tmp_path, line, ok):
    assert (list(house_rules.unpinned(written(tmp_path, line))) == []) is ok


@pytest.mark.parametrize(
    ("line", "ok"),
    [
        ('<script src="/a.js" defer></script>', True),
        ('<script type="module" src="{% static "js/a.js" %}"></script>', True),
        ('<script type="application/json" id="x">[]</script>', True),
        ("{# <script>said</script> in a comment #}", True),
        ('<div data-style="x" class="on">', True),
        ("<script>alert(1)</script>", False),
        ('<script type="module">import "x"</script>', False),
        ("<style>a {}</style>", False),
        ('<p style="color: red">', False),
        ('<button onclick="go()">', False),
        ('<a href="javascript:go()">', False),
    ],
)
def test_inline_script_or_style(tmp_path, line, ok):
    assert (list(house_rules.inline(written(tmp_path, line))) == []) is ok


def test_left_for_later(tmp_path):
    word = "TO" + "DO"

    found = list(house_rules.left_for_later(written(tmp_path, f"fine\n# {word}: more\nTodoist is a name\n")))

    assert found == [f"page.html:2: left for later: # {word}: more"]


def test_image_commands_are_those_that_ci_runs():
    """Whatever the container file runs beside making its user is a command that `make image-trial` runs as well."""
    verb = re.compile(r'scripts/image\.sh"?,? *"?([a-z]+)')
    lines = (HERE / "Dockerfile").read_text().splitlines()
    run = [line for line in lines if re.search(r"^(RUN|HEALTHCHECK|CMD|ENTRYPOINT)", line) and "useradd" not in line]
    trial = set(verb.findall((HERE / "scripts" / "image_trial.sh").read_text()))

    assert all("scripts/image.sh" in line or line == 'CMD ["site"]' for line in run)
    assert set(verb.findall("\n".join(run))) | {"site"} <= trial
    assert trial == {"install", "static", "site", "worker", "healthy", "manage"}
    assert "make image-trial" in (HERE / ".ci" / "run").read_text()
