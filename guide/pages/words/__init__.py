"""Her words for hands-free: the page, teaching a word, and the desk that joins them to the ear."""
