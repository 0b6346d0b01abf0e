"""What the product does, a folder a feature."""
