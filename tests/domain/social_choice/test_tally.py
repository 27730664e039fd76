from consultation.domain.social_choice.bootstrap import bootstrap_seed, rank_intervals
from consultation.domain.social_choice.kemeny import local_search
from consultation.domain.social_choice.methods import METHODS, methods_with
from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.profile import Profile, Unranked
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.tally import tally

PROFILE = Profile.from_orders((1, 3), [WeakOrder.from_tiers([[3], [1]])] * 4 + [WeakOrder.from_tiers([[1]])])


def test_a_tally_holds_matrix_order_intervals_and_paths():
    seed = bootstrap_seed(bytes(32), "citizens")
    count = tally(PROFILE, seed)
    assert count.ballots == 5
    assert count.matrix.before(3, 1) == 4
    assert count.order == WeakOrder.from_tiers([[3], [1]])
    assert count.paths == ((3, 1),)
    assert count.intervals == rank_intervals(PROFILE, seed)
    assert (count.condorcet_winner, count.smith_set) == (3, (3,))


def test_a_tally_counts_by_the_methods_asked_for_and_resamples_only_with_a_seed():
    count = tally(PROFILE, unranked=Unranked.NO_OPINION, methods={"borda": METHODS["borda"]})
    assert list(count.counts) == ["borda"]
    assert (count.bootstrap, count.intervals) == (None, {})
    assert (count.matrix.unranked, count.matrix.before(1, 3)) == (Unranked.NO_OPINION, 0)
    assert list(tally(PROFILE).counts) == list(METHODS)


def test_a_tally_tells_how_far_its_resamples_are():
    told = []
    tally(PROFILE, bytes(32), resamples=30, advance=told.append)
    assert sum(told) == 30


def test_the_methods_can_be_given_a_solver_for_kemeny():
    circle = [WeakOrder.from_tiers([n % 17 + 1] for n in range(start, start + 17)) for start in range(17)]
    profile = Profile.from_orders(range(1, 18), circle)
    asked = []

    def solver(costs):
        asked.append(len(costs))
        return local_search(costs)

    methods = methods_with(solver)
    assert list(methods) == list(METHODS)
    methods["kemeny"](profile, PairwiseMatrix.of_profile(profile))
    assert asked == [17]
