"""People at their desks: the web application over the lake and the register."""
