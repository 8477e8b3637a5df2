"""What a person does at the desk: pages joined to the conductor, the library, the log and the settings."""
