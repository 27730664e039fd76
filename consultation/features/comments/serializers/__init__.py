"""Comments as pages show them: plain strings, made once, so that no loop asks twice for a text or an address."""
