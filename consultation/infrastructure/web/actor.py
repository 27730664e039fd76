"""Who acts: the account of this request's session, or nobody."""

from typing import Any

from flask_login import current_user


def current_actor() -> Any:
    """The signed-in account, or None.

    The type is that of the accounts feature, which this floor may not know.
    """
    return current_user.account if current_user.is_authenticated else None
