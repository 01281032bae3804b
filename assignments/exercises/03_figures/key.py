"""Key."""


def answers(tables):
    """Rules."""
    return {"coverage": {"type": "number", "value": 90.26, "tolerance": 0.01}}
