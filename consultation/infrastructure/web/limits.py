"""Rate limits, by account where there is one and by network otherwise."""

import ipaddress

from flask import Flask, request
from flask_limiter import Limiter
from flask_login import current_user


def origin() -> str:
    """What a limit counts: the account, the IPv4 address, or the IPv6 /64 (kept in memory only, never stored)."""
    if current_user.is_authenticated:
        return f"account:{current_user.account.id}"
    address = ipaddress.ip_address(request.remote_addr or "::")
    if address.version == 6:
        return str(ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)


limiter = Limiter(key_func=origin, default_limits=[], strategy="moving-window", headers_enabled=True)

SIGN_IN = "20 per 10 minutes"
MAIL = "6 per 10 minutes"
WRITE = "40 per 10 minutes"


def connect(app: Flask, redis_url: str, *, enabled: bool) -> None:
    """Count in memory, or in Redis where several processes must share the count."""
    app.config["RATELIMIT_STORAGE_URI"] = redis_url or "memory://"
    app.config["RATELIMIT_ENABLED"] = enabled
    limiter.init_app(app)
