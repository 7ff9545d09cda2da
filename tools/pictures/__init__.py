"""The program that draws the sample's pictures."""
