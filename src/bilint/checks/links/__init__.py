"""Links, pictures, and the places they lead to."""
