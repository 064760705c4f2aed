import { resolve } from 'node:path'
import type { TstraceOptions } from '@tstrace/core'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import type { Selection, TestFile } from '@tstrace/select'
import type { RunResults, Test } from '../jest-versions.ts'

/** What was chosen for the run of this process; sequencer and reporter know nothing else of each other. */
export interface Chosen {
  readonly selection: Selection
  readonly options: Pick<TstraceOptions, 'coverdir' | 'select' | 'selectMode'>
  /** Absolute path of the folder that paths start at. */
  readonly root: string
}

let chosen: Chosen | undefined

export function noteChosen(now: Chosen): void {
  chosen = now
}

/** What was noted. */
export function chosenNow(): Chosen | undefined {
  return chosen
}

/** A test file as recordings call it. */
export function testFileOf(root: string, { context, path }: Test): TestFile {
  return { project: context.config.displayName?.name ?? '', file: pathFromRoot(root, path) }
}

/** @returns what is to be said when all have run, as sentences */
export async function endOfShadow({ testResults }: RunResults): Promise<string[]> {
  if (chosen?.options.selectMode !== 'shadow') return []
  const { options, root, selection } = chosen
  // Few runs need it.
  const { noteShadow } = await import('@tstrace/select')
  const failed = testResults.filter(
    ({ numFailingTests, testExecError }) => numFailingTests > 0 || testExecError,
  )
  return noteShadow(resolve(root, options.coverdir), {
    failed: failed.map(({ displayName, testFilePath }) => ({
      project: displayName?.name ?? '',
      file: pathFromRoot(root, testFilePath),
    })),
    selection,
    since: options.select,
  })
}
