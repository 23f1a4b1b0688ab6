"""What a person's work does to pages: decisions, repairs, translations that come back, stamps."""
