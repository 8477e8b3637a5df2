"""Her settings."""
