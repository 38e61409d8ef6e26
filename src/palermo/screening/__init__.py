"""Tables of cases held against laws: mappings of columns to facts, and the engines that screen."""
