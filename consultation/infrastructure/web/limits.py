"""Rate limits, by account where there is one and by network otherwise."""

import ipaddress

from flask import Flask, request
from flask_limiter import Limiter
from flask_login import current_user


def origin() -> str:
    """What a limit counts: the account, the IPv4 address, or the IPv6 /64 (kept in memory only, never stored)."""
    if current_user.is_authenticated:
        return f"account:{current_user.account.id}"
    return network_of(request.remote_addr or "")


def network() -> str:
    """What a limit counts where an account must not be: the network alone."""
    return network_of(request.remote_addr or "")


def network_of(address: str) -> str:
    """The IPv4 address, also where it is written as IPv6, or the IPv6 /64; one name for all that is no address."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))


limiter = Limiter(key_func=origin, default_limits=[], strategy="moving-window", headers_enabled=True)

SIGN_IN = "20 per 10 minutes"
MAIL = "6 per 10 minutes"
WRITE = "40 per 10 minutes"
LOOK_UP = "30 per 10 minutes"
SEARCH = "300 per 10 minutes"


def connect(app: Flask, redis_url: str, *, enabled: bool) -> None:
    """Count in memory, or in Redis where several processes must share the count."""
    app.config["RATELIMIT_STORAGE_URI"] = redis_url or "memory://"
    app.config["RATELIMIT_ENABLED"] = enabled
    limiter.init_app(app)
