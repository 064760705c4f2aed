import platform, { type PlatformPath } from 'node:path'
import type { TestFiles } from '@tstrace/core/adapter'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import picomatch from 'picomatch'
import type { TestProject } from '../vitest-versions.ts'

/**
 * What a path is to the projects of a run. A path that is a test file in one of the projects is one in all of them; a
 * source with tests inside (`includeSource`) is none. `setupFiles` and `globalSetup` are loaded by Vitest itself.
 *
 * @param style the rules for paths: those of this platform unless given
 */
export function testFilesOf(projects: readonly TestProject[], style: PlatformPath = platform): TestFiles {
  const matchers = projects.map(({ config }) => {
    const options = { dot: true, windows: false, ignore: [...config.exclude] }
    const matches = picomatch([...config.include], options)
    const from = config.dir ?? config.root
    const whole = picomatch(config.include.filter(style.isAbsolute), options)
    return (path: string) =>
      matches(pathFromRoot(from, path, style)) || whole(path.replaceAll(style.sep, '/'))
  })
  const setup = projects
    .flatMap(({ config }) => [...config.setupFiles, ...(config.globalSetup ?? [])])
    .filter(style.isAbsolute)
  const known = new Map<string, boolean>()
  return {
    runner: 'Vitest',
    dependencies:
      'Vitest transforms dependencies that `server.deps.inline` names; what it leaves to Node.js is not counted.',
    isTest(path) {
      const answer = known.get(path) ?? matchers.some((matches) => matches(path))
      known.set(path, answer)
      return answer
    },
    isSetup: (path) => setup.some((one) => pathFromRoot(one, path, style) === ''),
  }
}
