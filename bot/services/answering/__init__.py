"""Answering: what people say of their key results, in a form, by a tap or in words; and what follows."""
