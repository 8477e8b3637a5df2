"""Once, at the first start: the language of the screen."""
