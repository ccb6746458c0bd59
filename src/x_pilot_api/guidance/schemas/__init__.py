"""What is asked and told of guidance and consultation."""
