import { resolve } from 'node:path'
import { accumulate, type CoverageResults, WorkerFiles } from '@tstrace/core'
import { readResultsFile } from '../results-file.ts'
import { collectCounts } from './collect-counts.ts'
import type { Arguments } from './parse-arguments.ts'
import { writeProgramReport } from './write-program-report.ts'

/** A command line, and the absolute path of the folder that names are relative to. */
export type Asked = Arguments & { readonly root: string }

/**
 * Adds what a program left in the folder of its run to the results file, and reports.
 *
 * @returns when everything has been written
 */
export async function conclude(folder: string, asked: Asked): Promise<void> {
  const { problems, results } = collectCounts(new WorkerFiles(folder), {
    root: asked.root,
    calls: asked.trackcalls,
  })
  const said = [...problems]
  const sum = asked.file === '' ? results : added(results, resolve(asked.root, asked.file), said)
  if (asked.noReport) return say('', said)
  const report = writeProgramReport(sum, asked)
  return say(report.text, [...said, ...report.problems])
}

/** Reports what is in a results file. */
export async function reportFile(asked: Asked): Promise<void> {
  const results = readResultsFile(resolve(asked.root, asked.file))
  // Only who tracked calls has some.
  const { problems, text } = writeProgramReport(results, { ...asked, count: true, trackcalls: true })
  return say(text, problems)
}

function added(results: CoverageResults, file: string, problems: string[]): CoverageResults {
  try {
    return accumulate(results, file)
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error))
    return results
  }
}

/** What waits to be written is lost if a signal ends the process. */
async function say(text: string, problems: readonly string[]): Promise<void> {
  await written(process.stdout, text)
  await written(process.stderr, problems.map((problem) => `tstrace: ${problem}\n`).join(''))
}

function written(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (text === '') resolve()
    else stream.write(text, () => resolve())
  })
}
