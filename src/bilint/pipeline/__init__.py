"""The only place where readers and core meet: from a request to a report."""
