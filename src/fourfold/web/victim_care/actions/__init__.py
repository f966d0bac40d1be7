"""What officers do: keyword-only actions, each with its trail entry and its decision in one transaction."""
