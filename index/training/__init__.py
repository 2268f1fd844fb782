"""Make the bundled embedding model from statutes, STARD and the questions written in this project."""
