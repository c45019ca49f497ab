"""The application: use cases, store, intake, notices and the command line."""
