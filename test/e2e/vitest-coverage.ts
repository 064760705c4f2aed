import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { VitestProject } from './vitest-project.ts'

/** What a compiler takes, and what Vite gives on as it is. */
export type Language = 'ts' | 'js'

/**
 * Replaces the sources and tests of a project by JavaScript: there are blanks where types are.
 *
 * @param fixture what the project is a copy of
 * @param changed what else becomes of a text without types. Default: nothing
 */
export function writeInJavaScript(
  project: VitestProject,
  fixture: URL,
  changed = (text: string): string => text,
): void {
  for (const folder of ['src', 'test'])
    for (const name of readdirSync(new URL(folder, fixture))) {
      const path = `${folder}/${name}`
      const text = changed(stripTypeScriptTypes(readFileSync(new URL(path, fixture), 'utf8')))
      rmSync(join(project.folder, path))
      project.write(path.replace(/ts$/, 'js'), text.replaceAll(/(?<=from '.*\.)ts(?=')/g, 'js'))
    }
}

/**
 * Runs the tests of a project with coverage, traced with the given options, or alone.
 *
 * @returns Vitest's `coverage-final.json`, by path from the project
 */
export async function coverageOf(
  project: VitestProject,
  provider: string,
  tracing: string | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const coverage = ['enabled', `provider=${provider}`, 'reporter=json', 'include=src/**']
  const args = [...coverage.map((option) => `--coverage.${option}`), '--reporter=default']
  if (tracing !== undefined) args.push('--reporter=tstrace')
  const { status, stderr } = await project.vitest(args, { env: { TSTRACE: tracing ?? '' } })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(project.read('coverage/coverage-final.json').replaceAll(project.folder, ''))
}
