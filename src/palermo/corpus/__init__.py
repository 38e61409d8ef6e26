"""The law as data: corpus folders read and checked into frozen models, compiled for fast loading."""
