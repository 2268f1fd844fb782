"""Read official texts out of files of other kinds."""
