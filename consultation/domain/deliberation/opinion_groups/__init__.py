"""Opinion groups: who reacts alike, what brings them together, what divides them, and what may be published of it."""
