"""What is heard: chimes, voices, and the player that sends them to the speaker. No widgets."""
