"""Who is there, and what they allow."""
