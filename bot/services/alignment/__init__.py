"""How teams' OKRs hang together: what supports what, what needs what, and the tree of it."""
