"""Pages for visitors, kept until something that they show has changed, and never shown to anybody after that.

A visitor's page depends on its address, the day, this version of the program and its stamp: what the database is asked,
in one statement a request, about all that the page shows. A page of another stamp does not exist. Whoever has a cookie
of ours is no visitor, and the pages of the store are answers that carried none.
"""

from consultation.infrastructure.web.caching.declarations import canonical_query, kept, unchanging
from consultation.infrastructure.web.caching.kept_pages import KeptPages, connect
from consultation.infrastructure.web.caching.store import Answer, Store

__all__ = ["Answer", "KeptPages", "Store", "canonical_query", "connect", "kept", "unchanging"]
