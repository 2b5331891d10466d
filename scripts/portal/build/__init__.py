"""Build the site: plan what is stale, build one locale per process, publish everything in one step."""
