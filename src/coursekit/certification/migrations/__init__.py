"""Migrations of the register, run by alembic from inside the package."""
