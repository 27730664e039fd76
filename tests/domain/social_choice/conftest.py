"""Properties of the count are checked without a deadline: no test asserts how long it takes."""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("count", deadline=None)
# For `./run mutants`: the same examples every time, few of them, on a machine however busy, and none made smaller.
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("count")
