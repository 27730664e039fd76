from consultation.domain.social_choice.bootstrap import bootstrap_seed, rank_intervals
from consultation.domain.social_choice.profile import Profile
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.tally import tally


def test_a_tally_holds_matrix_order_intervals_and_paths():
    profile = Profile.from_orders((1, 3), [WeakOrder.from_tiers([[3], [1]])] * 4 + [WeakOrder.from_tiers([[1]])])
    seed = bootstrap_seed(bytes(32), "citizens")
    count = tally(profile, seed)
    assert count.ballots == 5
    assert count.matrix.before(3, 1) == 4
    assert count.order == WeakOrder.from_tiers([[3], [1]])
    assert count.paths == ((3, 1),)
    assert count.intervals == rank_intervals(profile, seed)
