// Reads what CI printed, and prints the ten slowest tests: Vitest names those that take longer than 300 ms, below
// their file and the group they are in. turbo puts `package:task: ` in front of each line.
import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const ROW =
  /^(?:(?<task>\S+): )?(?<indent> +)(?:✓|×|❯) (?<name>.*?)(?: \((?<tests>\d+)(?: tests?)?\b[^)]*\))?(?: (?<ms>\d+)ms)?$/

/** By task: the names of what the current row is in, by how far they are indented. */
const places = new Map()
const tests = []
for (const line of stripVTControlCharacters(readFileSync(0, 'utf8')).split('\n')) {
  const { indent, ms, name, task = '', tests: inside } = ROW.exec(line.trimEnd())?.groups ?? {}
  if (name === undefined) continue
  const above = (places.get(task) ?? []).filter((place) => place.indent < indent.length)
  places.set(task, [...above, { indent: indent.length, name }])
  if (inside !== undefined || ms === undefined) continue
  tests.push({ seconds: ms / 1000, name: [...above.map((place) => place.name), name].join(' > ') })
}
tests.sort((a, b) => b.seconds - a.seconds)
if (tests.length > 0) console.log('\nThe slowest tests:')
for (const { name, seconds } of tests.slice(0, 10))
  console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`)
