import { relative, sep } from 'node:path'
import type { TestFiles } from '@tstrace/core/adapter'
import picomatch from 'picomatch'
import type { ProjectConfig } from '../jest-versions.ts'

/** What a path is to some projects; asked anew each time, so that projects may come later. */
export function testFilesOf(projects: Iterable<ProjectConfig>): TestFiles {
  const known = new WeakMap<ProjectConfig, TestFiles>()
  const some = (ask: (files: TestFiles) => boolean): boolean => {
    for (const project of projects) {
      const files = known.get(project) ?? testFilesOfProject(project)
      known.set(project, files)
      if (ask(files)) return true
    }
    return false
  }
  return {
    runner: 'Jest',
    isTest: (path) => some((files) => files.isTest(path)),
    isSetup: (path) => some((files) => files.isSetup(path)),
  }
}

function testFilesOfProject(config: ProjectConfig): TestFiles {
  const { setupFiles, setupFilesAfterEnv, globalSetup, globalTeardown, testEnvironment, transform } = config
  const transformers = transform.map(([, path]) => path)
  const setup = new Set([
    ...[...setupFiles, ...setupFilesAfterEnv, ...transformers],
    ...[globalSetup, globalTeardown, testEnvironment],
  ])
  const globs = globsOf(config.testMatch)
  const patterns = config.testRegex.map((pattern) => new RegExp(pattern))
  const ignored = config.testPathIgnorePatterns.map((pattern) => new RegExp(pattern))
  return {
    runner: 'Jest',
    isTest: (path) =>
      config.roots.some((root) => !relative(root, path).startsWith('..')) &&
      !ignored.some((pattern) => pattern.test(path)) &&
      (globs(path) || patterns.some((pattern) => pattern.test(path))),
    isSetup: (path) => setup.has(path),
  }
}

/** Jest's rule: the last glob that says something decides, and those with `!` in front take away. */
function globsOf(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map((glob) => {
    const takesAway = glob.startsWith('!')
    const matches = picomatch(takesAway ? glob.slice(1) : glob, { dot: true })
    return { takesAway, matches }
  })
  return (path) => {
    const posix = path.replaceAll(sep, '/')
    return matchers.reduce((kept, { takesAway, matches }) => (matches(posix) ? !takesAway : kept), false)
  }
}
