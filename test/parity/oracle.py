"""Runs a program under Python's trace and says what that says of the program's own files.

Usage: oracle.py MODE main.py; the listings go to the folder `out`.
"""
import os
import sys
import trace

mode, program = sys.argv[1:]
here = os.getcwd()
own = lambda name: os.path.abspath(name).startswith(here + os.sep) and not name.startswith('<')
# The file name only: two spellings of it must not be two files.
sys.path[0] = here
sys.argv[:] = [program]

options = {
    'live': dict(count=0, trace=1),
    'count': dict(count=1, trace=0),
    'functions': dict(count=0, trace=0, countfuncs=1),
    'calls': dict(count=0, trace=0, countcallers=1),
}[mode]
libraries = {sys.prefix, sys.base_prefix, os.path.dirname(os.__file__)}
tracer = trace.Trace(ignoredirs=sorted(libraries), **options)
path = os.path.join(here, program)
with open(path) as file:
    code = compile(file.read(), path, 'exec')
names = {'__file__': path, '__name__': '__main__', '__package__': None}
tracer.runctx(code, names, names)
results = tracer.results()
if mode == 'live':
    sys.exit()
# Frames of the import machinery, of asyncio and of the tracer are not the program's.
results.counts = {key: n for key, n in results.counts.items() if own(key[0])}
results.calledfuncs = {key: 1 for key in results.calledfuncs if own(key[0])}
results.callers = {(a, b): 1 for a, b in results.callers if own(a[0]) and own(b[0])}
results.write_results(show_missing=True, summary=mode == 'count', coverdir='out')
