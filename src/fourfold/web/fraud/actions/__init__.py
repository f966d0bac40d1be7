"""What people do at the fraud desk; each act with its trail entry and its decision for the lake."""
