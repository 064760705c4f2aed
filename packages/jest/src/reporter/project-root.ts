import { readdirSync, realpathSync } from 'node:fs'
import { leadsOut, pathFromRoot } from '@tstrace/instrument/source-file'
import type { GlobalConfig, ProjectConfig } from '../jest-versions.ts'

/**
 * The root that paths in reports start from, links resolved: Jest's own, unless its configuration lies in a folder beside
 * the project. Then it is the folder in which Jest was started, or the project's own root.
 */
export function projectRoot(
  { rootDir }: Pick<GlobalConfig, 'rootDir'>,
  project: Pick<ProjectConfig, 'rootDir'>,
): string {
  const candidates = [rootDir, process.cwd()].map((path) => realpathSync(path))
  const own = realpathSync(project.rootDir)
  return candidates.find((root) => !leadsOut(pathFromRoot(root, own))) ?? own
}

/** The folder in which `tstrace.config.*` is looked for: that of Jest's configuration, or the one Jest was started in. */
export function configFolder({ rootDir }: Pick<GlobalConfig, 'rootDir'>): string {
  const isThere = readdirSync(rootDir).some((name) => name.startsWith('tstrace.config.'))
  return isThere ? rootDir : process.cwd()
}
