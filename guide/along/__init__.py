"""A routine as files for where no computer is: sound, a page for a phone, a calendar."""
