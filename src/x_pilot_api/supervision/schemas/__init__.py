"""What is asked and told of supervision."""
