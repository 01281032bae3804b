"""Property tests of the domain: no deadline (machines differ), enough examples, the same ones each run."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("domain", deadline=None, max_examples=50, derandomize=True)
settings.load_profile("domain")
