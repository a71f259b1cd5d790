"""Orders: where they are, cancelling them, changing them."""
