"""Citations to copy: instruments, provisions, national sections and answers, in the styles lawyers are asked for."""
