"""What is taught: pure functions on plain values and tables, and the numbers of the trade."""
