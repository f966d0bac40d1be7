"""Long lists made into files in the background, kept privately for a day for the person who asked."""
