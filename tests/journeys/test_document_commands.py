import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from journeys.documents.create import create_from_document
from journeys.documents.export import export_document
from journeys.models import Map
from tests.journeys.document_examples import example, furnish


@pytest.fixture
def furnished(cast):
    furnish(cast.workspace)
    return cast


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def write(tmp_path, document) -> str:
    file = tmp_path / "map.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def test_import_prints_number_and_address(furnished, tmp_path):
    printed = run("import_map", write(tmp_path, example()), "--workspace", "here")
    journey = Map.objects.get()
    assert printed == f"{journey.pk} /w/here/maps/{journey.pk}/\n"
    assert export_document(journey) == example()
    assert journey.changes.get().actor == furnished.owner


def test_export_prints_the_document(furnished):
    journey = create_from_document(by=furnished.owner, document=example())
    printed = run("export_map", str(journey.pk))
    assert json.loads(printed) == example()
    assert printed.startswith('{\n  "format": "throughline-map/1",\n  "title"')
    assert "Бойко" in printed
    assert run("export_map", str(journey.pk)) == printed


def test_import_reads_standard_input(furnished, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(example()).encode())))
    run("import_map", "-", "--workspace", "here")
    assert export_document(Map.objects.get()) == example()


def test_refused_import_names_each_place_and_writes_nothing(furnished, tmp_path):
    document = example() | {"title": "", "kind": "was"}
    with pytest.raises(CommandError) as caught:
        run("import_map", write(tmp_path, document), "--workspace", "here")
    assert str(caught.value).splitlines() == [
        "$.title: This is empty: leave the property out, or fill it.",
        "$.kind: This must be one of: as-is, to-be.",
    ]
    assert caught.value.returncode == 1
    assert Map.objects.count() == 0


def test_import_into_no_workspace_or_from_no_file_is_refused(furnished, tmp_path):
    with pytest.raises(CommandError, match="nowhere"):
        run("import_map", write(tmp_path, example()), "--workspace", "nowhere")
    with pytest.raises(CommandError, match="No such file"):
        run("import_map", str(tmp_path / "missing.json"), "--workspace", "here")
    with pytest.raises(CommandError, match="directory"):
        run("import_map", str(tmp_path), "--workspace", "here")


def test_import_of_what_is_no_json_is_refused(furnished, tmp_path):
    file = tmp_path / "map.json"
    file.write_bytes(b"{")
    with pytest.raises(CommandError, match="This is not JSON"):
        run("import_map", str(file), "--workspace", "here")


def test_export_of_no_map_is_refused(furnished):
    with pytest.raises(CommandError, match="no map 12345"):
        run("export_map", "12345")
