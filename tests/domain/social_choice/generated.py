"""Generated rankings and ballots for the properties of the count."""

from __future__ import annotations

from hypothesis import strategies as st

from consultation.domain.social_choice.ranking import WeakOrder

ALTERNATIVES = (1, 3, 6, 7, 10, 24)


def rankings(alternatives: tuple[int, ...] = ALTERNATIVES) -> st.SearchStrategy[WeakOrder]:
    """Generate weak orders over some of the alternatives, ties and gaps included."""
    ranks = st.none() | st.integers(1, len(alternatives))
    chosen = st.fixed_dictionaries(dict.fromkeys(alternatives, ranks))
    return chosen.filter(lambda given: any(given.values())).map(WeakOrder.from_ranks)


def ballots(most: int = 12) -> st.SearchStrategy[tuple[tuple[int, ...], list[WeakOrder]]]:
    """Generate alternatives and up to `most` ballots over them, none included."""
    return (
        st.sets(st.sampled_from(ALTERNATIVES), min_size=1)
        .map(lambda numbers: tuple(sorted(numbers)))
        .flatmap(lambda numbers: st.tuples(st.just(numbers), st.lists(rankings(numbers), max_size=most)))
    )
