"""How content becomes what learners and trainers hold: syllabus, build, workspace."""
