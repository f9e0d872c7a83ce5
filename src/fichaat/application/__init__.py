"""One use case per file. No Qt, no SQL, no files: everything outside comes through `ports`."""
