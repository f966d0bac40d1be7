"""What is handed over: the board paper, and later returns, audit packs and lists."""
