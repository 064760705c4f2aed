// Reads what CI printed, and prints the ten slowest tests and the twenty folders of tests that take most: Vitest names tests
// that take longer than 300 ms, below their file and the group they are in. turbo puts `package:task: ` in front of each line.
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const ROW =
  /^(?:(?<task>\S+): )?(?<indent> +)(?:✓|×|❯) (?<name>.*?)(?: \((?<tests>\d+)(?: tests?)?\b[^)]*\))?(?: (?<ms>\d+)ms)?$/

/** By task: the names of what the current row is in, by how far they are indented. */
const places = new Map()
const tests = []
/** By folder of tests: the seconds of its test files. */
const folders = new Map()
for (const line of stripVTControlCharacters(readFileSync(0, 'utf8')).split('\n')) {
  const { indent, ms, name, task = '', tests: inside } = ROW.exec(line.trimEnd())?.groups ?? {}
  if (name === undefined) continue
  const above = (places.get(task) ?? []).filter((place) => place.indent < indent.length)
  places.set(task, [...above, { indent: indent.length, name }])
  if (ms !== undefined && /\.test\.ts$/.test(name)) {
    const folder = `${task.replace(/:test$/, '')} ${posix.dirname(name)}`.trim()
    folders.set(folder, (folders.get(folder) ?? 0) + ms / 1000)
  }
  if (inside !== undefined || ms === undefined) continue
  tests.push({ seconds: ms / 1000, name: [...above.map((place) => place.name), name].join(' > ') })
}

function print(title, rows) {
  if (rows.length > 0) console.log(`\n${title}:`)
  for (const { name, seconds } of rows) console.log(`${seconds.toFixed(1).padStart(6)} s  ${name}`)
}

const most = Array.from(folders, ([name, seconds]) => ({ name, seconds })).sort(
  (a, b) => b.seconds - a.seconds,
)
print('The folders of tests that take most', most.slice(0, 20))
tests.sort((a, b) => b.seconds - a.seconds)
print('The slowest tests', tests.slice(0, 10))
