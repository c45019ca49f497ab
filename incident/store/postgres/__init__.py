"""The store of a team: a database on a PostgreSQL server. Imported only where an address names one."""
