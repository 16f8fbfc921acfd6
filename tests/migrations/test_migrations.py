"""Migrations on both databases: there and back, and what a database from the future gets."""

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from bot.storage import people, workspace
from bot.storage.engine import Database
from bot.storage.migrations import NewerDatabase, alembic_config, revision, upgrade
from bot.storage.tables import metadata


def test_the_migrated_database_is_what_the_tables_say(database: Database) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    assert revision(database).up_to_date


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.transaction() as connection:
        people.ensure(connection, "U0HANNAH01")
    assert upgrade(database).up_to_date
    with database.reading() as connection:
        assert people.by_slack_id(connection, "U0HANNAH01") is not None


def test_down_and_up_again_leaves_an_empty_database_that_works(database: Database) -> None:
    config = alembic_config()
    with database.transaction() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    upgrade(database)
    with database.reading() as connection:
        assert workspace.zone(connection) == "UTC"


def test_a_database_from_a_newer_version_is_refused_and_left_untouched(database: Database) -> None:
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        with pytest.raises(NewerDatabase, match=r"revision 9999.*newer version"):
            upgrade(database)
        assert revision(database).current == "9999"
    finally:
        with database.transaction() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '0001'"))
