"""Prints reports for the cases on standard input with Python's own trace module.

In: a JSON list of cases (report-case.ts). Out: a JSON list with, for each, what write_results printed and
the bytes of its listings in base64, by module name.
"""

import base64
import contextlib
import io
import json
import linecache
import os
import sys
import tempfile
import trace

EVENT_LOOP = '<event loop>'


def function(place):
    """The triple under which Python would know a function; the event loop is a file of its own."""
    if place['path'] == '':
        return (EVENT_LOOP, EVENT_LOOP, place['name'])
    return (place['path'], trace._fullmodname(place['path']), place['name'])


def results_of(case):
    counts = {(file['path'], line): count for file in case['files'] for line, count in file['lines'] if count > 0}
    called = {function({'path': file['path'], 'name': name}): 1
              for file in case['files'] for name, calls in file['functions'] if calls > 0}
    callers = {(function(caller), function(callee)): 1 for caller, callee in case['edges']}
    return trace.CoverageResults(counts=counts, calledfuncs=called, callers=callers)


def report(case, folder):
    root = os.path.join(folder, 'one', 'two')
    os.makedirs(root)
    os.chdir(root)
    for file in case['files']:
        os.makedirs(os.path.dirname(file['path']) or '.', exist_ok=True)
        with open(file['path'], 'wb') as target:
            target.write(file['text'].encode('utf-8'))
    executable = {file['path']: {line: 1 for line, _ in file['lines']} for file in case['files']}
    trace._find_executable_linenos = lambda path: executable[path]
    linecache.clearcache()
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        results_of(case).write_results(show_missing=case['missing'], summary=True, coverdir='covers')
    # Python names a module before every function; the event loop has none.
    text = printed.getvalue().replace('    ' + EVENT_LOOP + '.' + EVENT_LOOP, '    ' + EVENT_LOOP)
    return {'printed': text, 'listings': dict(sorted(read_listings()))}


def read_listings():
    if not os.path.isdir('covers'):
        return
    for name in os.listdir('covers'):
        with open(os.path.join('covers', name), 'rb') as source:
            yield name[:-len('.cover')], base64.b64encode(source.read()).decode('ascii')


def main():
    cases = json.load(io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8'))
    sys.path.clear()  # with no entries, module names are counted from the current directory
    reports = []
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            reports.append(report(case, folder))
            os.chdir(os.path.dirname(folder))
    json.dump(reports, sys.stdout)


main()
