"""What all tests share; its place puts `tests/` on the path, so that helpers such as `wording` are found."""
