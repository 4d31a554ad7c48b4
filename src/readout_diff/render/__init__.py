"""Renderers: a comparison as data frames, JSON, Markdown, terminal text, HTML, and spreadsheets."""
