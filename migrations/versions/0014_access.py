"""Say which rows a login sees and writes; where persons have logins, what each role may touch."""

from migrations.sql_files import run_access

revision = "0014"
down_revision = "0013"
serves_from = "0013"


def upgrade() -> None:
    """Make policies and guards on every PostgreSQL; the grants follow where the database is secured."""
    run_access("0014_who", "0014_policies", "0014_guards", "0014_staff", grants="0014_grants")
