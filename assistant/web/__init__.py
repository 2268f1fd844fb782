"""Show the assistant as a page: one module for each part of it."""
