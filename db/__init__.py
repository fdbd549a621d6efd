"""The database; the one package, beside migrations, that knows SQLAlchemy and psycopg."""
