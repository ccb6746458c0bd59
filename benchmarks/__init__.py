"""What the speed claims are made of: each module measures one thing against the best that this machine could do."""
