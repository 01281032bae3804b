"""From a hand-in to marks in the gradebook."""
