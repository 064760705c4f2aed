import { eventLoop } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import { expect, test } from 'vitest'
import { callgrind } from '../src/callgrind.ts'
import { calledInput } from './called.ts'
import { textOf } from './counted.ts'

interface Profile {
  /** `path line` → cost. */
  readonly lines: Map<string, number>
  /** `path function > path function` → calls. */
  readonly calls: Map<string, number>
}

/** Reads a profile by the grammar of the format, and nothing that is not in it. */
function read(text: string): Profile {
  const [head, body = ''] = text.split(/\n(?=\n)/, 1).concat(text.slice(text.indexOf('\n\n')))
  expect(head).toBe('# callgrind format\nversion: 1\ncreator: tstrace\npositions: line\nevents: Count')
  const names = { l: new Map<string, string>(), n: new Map<string, string>() }
  const found: Profile = { lines: new Map(), calls: new Map() }
  let [file, own, calledFile, called, pending] = ['', '', '', '', 0]
  for (const line of body.trim().split('\n')) {
    const [, isCall, kind, number = '', name] = /^(c?)f([ln])=(\(\d+\))(?: (.+))?$/.exec(line) ?? []
    if (kind) {
      const known = names[kind as 'l' | 'n']
      if (name !== undefined) expect(known.has(number), `${line} is named once`).toBe(false)
      if (name !== undefined) known.set(number, name)
      const meant = known.get(number) as string
      expect(meant, line).toBeDefined()
      if (isCall) [calledFile, called] = kind === 'l' ? [meant, called] : [calledFile, meant]
      else [file, own] = kind === 'l' ? [meant, own] : [file, meant]
      continue
    }
    if (line === '') continue
    const [, calls, target] = /^calls=(\d+) (\d+)$/.exec(line) ?? []
    if (calls !== undefined) {
      expect(Number(target)).toBeGreaterThanOrEqual(0)
      pending = Number(calls)
      continue
    }
    const [, at, cost] = /^(\d+) (\d+)$/.exec(line) ?? []
    expect(cost, line).toBeDefined()
    if (pending > 0) {
      expect(Number(cost), 'a call costs 1').toBe(pending)
      found.calls.set(`${file} ${own} > ${calledFile} ${called}`, pending)
      pending = 0
    } else found.lines.set(`${file} ${at}`, Number(cost))
  }
  return found
}

test('the cost of lines is their numbers, and calls are those that were recorded', () => {
  const input = calledInput()
  const made = callgrind(input)
  expect(made.problems).toEqual([])
  const profile = read(textOf(made))
  const paths = input.results.sources().map(({ hash, path }) => ({ hash, path }))
  expect(profile.lines).toEqual(
    new Map(
      paths.flatMap(({ hash, path }) =>
        [...input.results.lineCounts(path, hash)]
          .filter(([, count]) => count > 0)
          .map(([line, count]) => [`${printable(path)} ${line}`, count]),
      ),
    ),
  )
  const edges = input.results.edges().filter(({ callee, calls }) => calls > 0 && input.keep(callee.path))
  const nameOf = (path: string): string => (path === eventLoop.path ? '???' : printable(path))
  expect(profile.calls).toEqual(
    new Map(
      edges.map(({ callee, caller, calls }) => [
        `${nameOf(caller.path)} ${printable(caller.name)} > ${nameOf(callee.path)} ${callee.name}`,
        calls,
      ]),
    ),
  )
  expect(profile.calls.size).toBe(8)
})
