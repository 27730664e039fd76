"""Who holds a draft: somebody with an account, or a browser without one."""

import uuid
from dataclasses import dataclass

from consultation.features.accounts.models import Account


@dataclass(frozen=True)
class Visitor:
    """Somebody without an account, known by the random identifier of their browser's session alone."""

    id: uuid.UUID


Holder = Account | Visitor
