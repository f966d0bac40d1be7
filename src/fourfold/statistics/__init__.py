"""Methods that know nothing of policing: arrays in, arrays out, each with its literature.

NumPy at import; SciPy only inside the functions that need it, since importing it costs most of a second.
"""
