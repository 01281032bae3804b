"""Training and assessment kit for the customer managers of tobacco companies."""

__version__ = "0.1.0"
