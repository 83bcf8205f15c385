"""The sentence that the parts of a hypothesis make."""

from django.utils import translation

from experiments.sentence import inside, sentence, who

WHOLE = {
    "change": "Show the delivery date before payment.",
    "audience": "first-time buyers",
    "metric": "Checkout conversion",
    "goal": "increase",
    "effect": 0.04,
    "because": "Buyers ask for it in chat",
}


def test_all_parts_make_a_sentence():
    assert sentence(**WHOLE) == (
        "If we show the delivery date before payment for first-time buyers, then Checkout conversion will rise by "
        "4\u00a0%, because buyers ask for it in chat."
    )


def test_direction_and_size():
    def then(**parts) -> str:
        return sentence(**WHOLE | parts).split(", ")[1]

    assert then(goal="decrease") == "then Checkout conversion will fall by 4\u00a0%"
    assert then(goal="decrease", effect=None) == "then Checkout conversion will fall"
    assert then(effect=None) == "then Checkout conversion will rise"
    assert then(effect=0.0375) == "then Checkout conversion will rise by 3.8\u00a0%"
    with translation.override("ru"):
        assert "3,8\u00a0%" in then(effect=0.0375)


def test_missing_parts():
    assert sentence() == ""
    assert sentence(metric="NPS") == "If we …, then NPS will rise."
    assert sentence(change="Call back") == "If we call back, then … will rise."
    assert sentence(gaps=True) == "If we … for …, then … will rise, because …"
    assert sentence(**WHOLE | {"audience": " ", "because": " "}) == (
        "If we show the delivery date before payment, then Checkout conversion will rise by 4\u00a0%."
    )


def test_texts_become_parts_of_a_sentence():
    given = {
        "Send it.": "send it",
        "NPS is asked later": "NPS is asked later",
        "I call them": "I call them",
        "I'm told": "I'm told",
        "A/B it": "A/B it",
        "A call": "a call",
        "Ask\r\n  twice ": "ask twice",
        "Из чата": "из чата",
        "": "…",
        ".": "…",
    }
    assert {text: inside(text) for text in given} == given
    assert sentence(**WHOLE | {"because": "Who knows?"}).endswith("because who knows?")


def test_for_whom():
    assert who("buyers", "Piet") == "buyers (Piet)"
    assert (who(" buyers ", ""), who("", "Piet"), who("", "")) == ("buyers", "Piet", "")
