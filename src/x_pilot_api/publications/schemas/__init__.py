"""What is asked and told of what is made known."""
