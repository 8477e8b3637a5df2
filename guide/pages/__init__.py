"""A folder a page: what it shows (page.py), and what joins it to the rest (desk.py)."""
