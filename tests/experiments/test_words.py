"""What the statistics say is English and marked, so that it can be translated where it is shown."""

import ast
import pickle

import pytest
from django.utils.translation import override

from experiments import stats
from experiments.stats.inputs import Proportion
from experiments.stats.limits import InvalidInput
from teams.spoken import spoken
from tests.api import errors_of, program
from tests.wording import unmarked, unmarked_in


def test_sentences_of_the_statistics_are_marked_for_translators():
    assert unmarked_in(stats) == []
    assert list(unmarked(ast.parse('WRONG = "Say it."'))) == ["Say it."]
    assert list(unmarked(ast.parse('WRONG = f"At most {most} of {all}."'))) == ["At most %(x)s of %(x)s."]


def test_sentences_with_numbers_in_another_language(czech):
    czech({"Give a whole number from %(least)s to %(most)s.": "Celé číslo od %(least)s do %(most)s."})
    with pytest.raises(InvalidInput) as refused:
        Proportion(10, 11)
    sentence = refused.value.errors["successes"]
    assert sentence == "Give a whole number from 0 to 10."
    assert spoken(sentence) == sentence
    sentence = pickle.loads(pickle.dumps(sentence))
    with override("cs"):
        assert spoken(sentence) == "Celé číslo od 0 do 10."


@pytest.mark.django_db
def test_what_the_statistics_refuse_is_said_in_the_language_of_the_reader(czech, cast, client_of):
    czech(
        {
            "All weights together must be 1; these are %(total)s.": "Váhy musí dát 1; dávají %(total)s.",
            "A mean needs this.": "Průměr to potřebuje.",
        }
    )
    variants = [{"key": key, "weight": 0.4, "n": 10, "successes": 1} for key in ("a", "b")]
    asked = {"kind": "proportion", "goal": "increase", "alpha": 0.05, "correction": "none", "variants": variants}
    caller, address = program(cast.workspace), "statistics/analysis/"
    english = "All weights together must be 1; these are 0.8."
    assert set(errors_of(caller.post(address, asked)).values()) == {english}
    refused = errors_of(caller.post(address, asked, **{"Accept-Language": "cs"}))
    assert set(refused.values()) == {"Váhy musí dát 1; dávají 0.8."}
    refused = errors_of(caller.post(address, asked | {"kind": "mean"}, **{"Accept-Language": "cs"}))
    assert refused["variants.0.mean"] == "Průměr to potřebuje."
