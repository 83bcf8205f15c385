import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from experiments.stats.corrections import Correction, adjusted

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)
METHODS = {Correction.HOLM: "holm", Correction.BENJAMINI_HOCHBERG: "fdr_bh"}


def test_as_published():
    """Four p-values by hand: 0.01·4, 0.02·3, 0.03·2 and 0.04·1, never falling."""
    assert adjusted([0.03, 0.01, 0.04, 0.02], Correction.HOLM) == pytest.approx([0.06, 0.04, 0.06, 0.06])
    assert adjusted([0.03, 0.01, 0.04, 0.02], Correction.BENJAMINI_HOCHBERG) == pytest.approx([0.04] * 4)
    assert adjusted([0.03, 0.01], Correction.NONE) == [0.03, 0.01]
    assert adjusted([], Correction.HOLM) == []


@pytest.mark.parametrize("correction", METHODS)
@given(found=p_values)
def test_as_statsmodels_has_it(correction, found):
    assert adjusted(found, correction) == pytest.approx(multipletests(found, method=METHODS[correction])[1], abs=1e-12)


@pytest.mark.parametrize("correction", METHODS)
@given(found=p_values, data=st.data())
def test_order_does_not_matter(correction, found, data):
    order = data.draw(st.permutations(range(len(found))))
    straight = adjusted(found, correction)
    assert adjusted([found[place] for place in order], correction) == [straight[place] for place in order]


@pytest.mark.parametrize("correction", METHODS)
@given(found=p_values)
def test_never_smaller_and_never_above_one(correction, found):
    assert all(p <= more <= 1 for p, more in zip(found, adjusted(found, correction), strict=True))
