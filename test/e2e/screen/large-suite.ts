/** How many sources a large suite has, each with a row, three functions and as many calls. */
const SOURCES = 60

interface Project {
  write(path: string, text: string): void
}

/** Writes sources and one test that calls all of them and then fails; the last source is not called. */
export function writeLargeSuite(project: Project, runner: string): void {
  const names = Array.from({ length: SOURCES }, (_, i) => `part${String(i).padStart(2, '0')}`)
  for (const name of names)
    project.write(
      `src/${name}.ts`,
      `export function ${name}() {\n  return inner()\n}\nfunction inner() {\n  return 1\n}\n`,
    )
  const imports = names.map((name) => `import { ${name} } from '../src/${name}'`)
  const calls = names.slice(0, -1).map((name) => `  ${name}()`)
  project.write(
    'test/large.test.ts',
    `import { expect, test } from '${runner}'
${imports.join('\n')}
test('all of them', () => {
${calls.join('\n')}
  expect(${names.at(-1)}.name).toBe('wrong on purpose')
})
`,
  )
}
