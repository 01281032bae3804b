"""What runs inside the seal: a warm process, the learner's side and the tester's side it forks.

Nothing here reads the course, the gradebook or the trainer's environment; the driver sends what a
process may know.
"""
