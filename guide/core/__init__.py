"""What is true of a session whatever it runs on: standard library only, no Qt, no files, no clock."""
