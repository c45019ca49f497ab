"""The marks by which a file is known as a store of this program."""

APPLICATION_ID = 0x494E4349
"""SQLite's `application_id` of a store: the letters INCI."""

VERSION = 3
"""SQLite's `user_version` of a store that every migration has reached: the number of the last one."""
