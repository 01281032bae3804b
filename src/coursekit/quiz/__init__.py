"""Item banks, papers, marking, practice and item statistics."""
