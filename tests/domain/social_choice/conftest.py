"""Properties of the count are checked without a deadline: no test asserts how long it takes."""

from hypothesis import settings

settings.register_profile("count", deadline=None)
settings.load_profile("count")
