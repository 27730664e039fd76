"""The social welfare functions, by the name under which a counting plan and a release cite them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from consultation.domain.social_choice.pairwise import PairwiseMatrix
from consultation.domain.social_choice.ranking import WeakOrder
from consultation.domain.social_choice.schulze import schulze

SocialWelfareFunction = Callable[[PairwiseMatrix], WeakOrder]

MAIN_METHOD = "schulze"
METHODS: Mapping[str, SocialWelfareFunction] = MappingProxyType({MAIN_METHOD: schulze})
