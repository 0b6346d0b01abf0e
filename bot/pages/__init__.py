"""What a browser opens: templates, styles, and how they become a page."""
