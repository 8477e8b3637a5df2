"""The drawings of what hands do: one module a motion."""
