"""The pages of the fraud desk."""
