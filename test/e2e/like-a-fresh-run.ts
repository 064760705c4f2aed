import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults } from 'tstrace'
import { expect } from 'vitest'

/** What is about the run itself, and what is written over again by whoever has the folder. */
const OF_THE_RUN = /^(recording\.counts|whole\.counts|index\.html|\.tstrace-written)$/

interface FreshRun {
  /** Absolute path of the project. */
  readonly folder: string
  /** Runs everything once, with some more options for tstrace. */
  readonly run: (options: string) => Promise<unknown>
}

/** A report that was written while a runner was watching has to be that of one fresh run of everything, to the byte. */
export async function expectLikeFreshRun({ folder, run }: FreshRun): Promise<void> {
  const watched = reportIn(folder, 'coverage/tstrace')
  await run('-C coverage/fresh')
  const fresh = reportIn(folder, 'coverage/fresh')
  rmSync(join(folder, 'coverage/fresh'), { recursive: true })
  expect(watched).toEqual(fresh)
}

function reportIn(folder: string, coverdir: string): unknown {
  const place = join(folder, coverdir)
  return { files: filesIn(place), contexts: contextsIn(join(place, 'recording.counts'), folder) }
}

/** The texts of a report by their paths, without those of its run. */
export function filesIn(place: string): Readonly<Record<string, string>> {
  const paths = readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !OF_THE_RUN.test(entry.name))
    .map(({ name, parentPath }) => join(parentPath, name))
  return Object.fromEntries(
    paths.map((path) => [path.slice(place.length + 1), readFileSync(path, 'utf8')]).sort(),
  )
}

/** What was counted in each context; together that has to be everything. */
function contextsIn(recording: string, root: string): unknown {
  const results = new CoverageResults(recording, { root })
  const sum = new CoverageResults({}, { root })
  const contexts = results.contexts().map((context) => {
    const own = results.of(context)
    sum.update(own)
    return [context, own.toJSON()]
  })
  expect(sum.toJSON()).toEqual(results.toJSON())
  return contexts
}
