import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Reporter, Vitest } from '../vitest-versions.ts'

/** The reporters Vitest would have used had none been asked for. */
export async function defaultReporters(vitest: Vitest): Promise<readonly Reporter[]> {
  const classes = await importReporters(vitest)
  const names = [(await isAgent(vitest)) ? 'MinimalReporter' : 'DefaultReporter']
  if (process.env.GITHUB_ACTIONS === 'true') names.push('GithubActionsReporter')
  return names.flatMap((name) => {
    const Reporter = classes[name] ?? (name === 'MinimalReporter' ? classes.DefaultReporter : undefined)
    return Reporter ? [new Reporter()] : []
  })
}

type ReporterClasses = Readonly<Record<string, (new () => Reporter) | undefined>>

async function importReporters(vitest: Vitest): Promise<ReporterClasses> {
  const node = await importOwn(vitest, 'node.js', 'vitest/node')
  return node.DefaultReporter ? node : importOwn(vitest, 'reporters.js', 'vitest/reporters')
}

async function importOwn(vitest: Vitest, file: string, published: string): Promise<ReporterClasses> {
  const specifier = vitest.distPath ? pathToFileURL(join(vitest.distPath, file)).href : published
  return import(/* @vite-ignore */ specifier)
}

/** Whether Vitest takes its user for a program, and then says less; asked where Vitest itself asks. */
async function isAgent(vitest: Vitest): Promise<boolean> {
  if (!vitest.distPath || vitest.version.startsWith('3.')) return false
  try {
    const path = createRequire(join(vitest.distPath, 'node.js')).resolve('std-env')
    const environment: { isAgent?: boolean } = await import(/* @vite-ignore */ pathToFileURL(path).href)
    return environment.isAgent === true
  } catch {
    return false
  }
}
