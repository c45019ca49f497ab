"""Where the journal lives. `protocol` says what a store does; `sqlite` is the default one."""
