import pytest

from cnnlab import claims
from cnnlab.claims import Claim, faults, tolerance

PER_CENT = {"source": "seeds", "unit": "%", "decimals": 1}


def test_the_tolerance_is_six_deviations_of_the_seeds():
    assert tolerance(Claim("a.b", "s", decimals=1, seeds=(9.0, 10.0, 11.0))) == (4.0, 16.0)


def test_seeds_that_agree_leave_room_for_two_steps():
    assert tolerance(Claim("a.b", "s", decimals=1, seeds=(2.0,) * 10)) == pytest.approx((1.8, 2.2))
    low, high = tolerance(Claim("a.b", **PER_CENT, step=1 / 3.6, seeds=(50.0,) * 10))
    assert (low, high) == pytest.approx((50 - 2 / 3.6, 50 + 2 / 3.6))


def test_the_tolerance_is_cut_to_what_is_possible():
    assert tolerance(Claim("a.b", **PER_CENT, seeds=(97.0, 98.0, 99.0)))[1] == 100.0
    claim = Claim("a.b", "s", decimals=1, range=(0.0, 5.0), seeds=(1.0, 2.0, 3.0))
    assert tolerance(claim) == (0.0, 5.0)


def test_a_bar_takes_the_place_of_its_side():
    assert tolerance(Claim("a.b", **PER_CENT, bar="at least 97", seeds=(98.0,) * 3)) == (97.0, 98.2)
    assert tolerance(Claim("a.b", "s", bar="at most 21")) == (-float("inf"), 21.0)


def test_a_clear_difference_keeps_its_sign():
    """Two steps alone would let it change sign."""
    points = {"source": "s", "unit": "percentage points", "decimals": 1, "step": 2.0}
    assert tolerance(Claim("a.b", **points, seeds=(3.0, 3.1, 3.2)))[0] < 0
    assert tolerance(Claim("a.b", **points, seeds=(3.0, 3.1, 3.2), difference="positive"))[0] == 0.0


def test_a_claim_that_cannot_fail_is_refused():
    wide = Claim("a.b", **PER_CENT, seeds=(10.0, 50.0, 90.0))
    assert "must be able to fail" in next(faults(wide))
    assert list(faults(Claim("a.b", **PER_CENT, seeds=(49.0, 50.0, 51.0)))) == []


@pytest.mark.parametrize(
    ("seeds", "found"),
    [
        ((5.0, 6.0, 7.0), "positive"),
        ((-5.0, -6.0, -7.0), "negative"),
        ((-0.1, 6.0, 7.0), "none"),
        ((1.0, 6.0, 7.0), "none"),  # the smallest is below a third of the mean
        ((0.0, 0.0, 0.0), "none"),
    ],
)
def test_text_says_better_only_where_every_seed_shows_it(seeds, found):
    for said in ("positive", "negative", "none"):
        claim = Claim("a.b", "s", decimals=1, difference=said, seeds=seeds)
        sentences = [sentence for sentence in faults(claim) if "difference" in sentence]
        assert bool(sentences) == (said != found)
        assert all(f"the difference {found!r}" in sentence for sentence in sentences)


def test_no_claim_of_the_course_is_at_fault():
    needed = [claim for claim in claims.ledger().values() if claim.needs_seeds]
    assert [sentence for claim in needed for sentence in faults(claim)] == []
