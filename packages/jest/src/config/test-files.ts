import platform, { type PlatformPath } from 'node:path'
import type { TestFiles } from '@tstrace/core/adapter'
import { isBelow } from '@tstrace/instrument/source-file'
import picomatch from 'picomatch'
import type { ProjectConfig } from '../jest-versions.ts'

/**
 * What a path is to some projects; asked anew each time, so that projects may come later.
 *
 * @param style the rules for paths: those of this platform unless given
 */
export function testFilesOf(projects: Iterable<ProjectConfig>, style: PlatformPath = platform): TestFiles {
  const known = new WeakMap<ProjectConfig, TestFiles>()
  const some = (ask: (files: TestFiles) => boolean): boolean => {
    for (const project of projects) {
      const files = known.get(project) ?? testFilesOfProject(project, style)
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

function testFilesOfProject(config: ProjectConfig, style: PlatformPath): TestFiles {
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
      config.roots.some((root) => isBelow(root, path, style)) &&
      !ignored.some((pattern) => pattern.test(path)) &&
      (globs(path.replaceAll(style.sep, '/')) || patterns.some((pattern) => pattern.test(path))),
    isSetup: (path) => setup.has(path),
  }
}

/** Jest's rule: the last glob that says something decides, and those with `!` in front take away. Paths have `/`. */
function globsOf(globs: readonly string[]): (path: string) => boolean {
  const matchers = globs.map((glob) => {
    const takesAway = glob.startsWith('!')
    const matches = picomatch(takesAway ? glob.slice(1) : glob, { dot: true, windows: false })
    return { takesAway, matches }
  })
  return (path) =>
    matchers.reduce((kept, { takesAway, matches }) => (matches(path) ? !takesAway : kept), false)
}
