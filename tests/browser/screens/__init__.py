"""Pictures of every screen people see, made from the real bot: `make screens`.

A new screen is one more entry of a theme: a name, a sentence, and what leads there.
"""
