"""Assessment sites and what is wanted of them."""



