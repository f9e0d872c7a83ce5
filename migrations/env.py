"""Runs the migrations inside the one transaction that the program has begun.

The connection comes from `fichaat.storage.schema`; there is no way to run it without one.
"""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)
context.run_migrations()
