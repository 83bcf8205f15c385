import pytest
from django.test import Client

from teams.api.document import openapi

pytestmark = pytest.mark.django_db


def test_docs_show_every_operation_to_everybody():
    answer = Client().get("/api/v1/docs/")
    assert answer.status_code == 200
    page = answer.content.decode()
    for methods in openapi()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page


def test_docs_need_nothing_from_elsewhere():
    page = Client().get("/api/v1/docs/").content.decode()
    assert "<script" not in page
    assert "style=" not in page
    assert "//" not in page.replace("http://testserver/api", "")


def test_docs_are_read_and_not_written():
    assert Client().post("/api/v1/docs/").status_code == 405


def test_schema_is_the_same_in_every_language():
    bulgarian, english = (
        Client().get("/api/v1/schema/", headers={"Accept-Language": language}).content for language in ["bg", "en"]
    )
    assert bulgarian == english
