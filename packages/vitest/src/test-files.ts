import { isAbsolute, relative, sep } from 'node:path'
import type { TestFiles } from '@tstrace/core/adapter'
import picomatch from 'picomatch'
import type { TestProject } from './vitest-versions.ts'

/**
 * What a path is to the projects of a run. A path that is a test file in one of the projects is one in all of them; a
 * source with tests inside (`includeSource`) is none. `setupFiles` and `globalSetup` are loaded by Vitest itself.
 */
export function testFilesOf(projects: readonly TestProject[]): TestFiles {
  const matchers = projects.map(({ config }) => {
    const options = { dot: true, ignore: [...config.exclude] }
    const matches = picomatch([...config.include], options)
    const from = config.dir ?? config.root
    const whole = picomatch(config.include.filter(isAbsolute), options)
    return (path: string) => matches(relative(from, path).replaceAll(sep, '/')) || whole(path)
  })
  const setup = new Set(
    projects
      .flatMap(({ config }) => [...config.setupFiles, ...(config.globalSetup ?? [])])
      .filter(isAbsolute),
  )
  const known = new Map<string, boolean>()
  return {
    runner: 'Vitest',
    isTest(path) {
      const answer = known.get(path) ?? matchers.some((matches) => matches(path))
      known.set(path, answer)
      return answer
    },
    isSetup: (path) => setup.has(path),
  }
}
