"""The pages of the site, one module each: what is asked in the address, and the answer as a Page."""
