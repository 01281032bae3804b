"""Who holds which level, why, until when, and the proof of it."""
