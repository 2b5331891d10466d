"""Measure the search engine on labelled queries."""
