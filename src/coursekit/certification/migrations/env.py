"""Run migrations on the connection that `database.upgrade` hands over."""

from __future__ import annotations

from alembic import context

from coursekit.certification.schema import metadata

if hasattr(context, "config"):  # only there while alembic runs this file, not when something imports it
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
