import { join } from 'node:path'
import { type Context, CoverageResults } from 'tstrace'
import { expect } from 'vitest'

/** What a context is called here. */
function nameOf(context: Context): string {
  switch (context.kind) {
    case 'named':
      return context.name
    case 'overlap':
      return context.members.map(nameOf).join(' or ')
    case 'hooks':
      return `hooks of ${[fileOf(context), ...context.titles].join(' > ')}`
    case 'test': {
      const { index, repeat, retry, state, titles } = context
      const numbers = [
        [index, '#'],
        [repeat, 'repeat '],
        [retry, 'retry '],
      ].flatMap(([number, name]) => (number === 0 ? [] : ` ${name}${number}`))
      return `${[fileOf(context), ...titles].join(' > ')}${numbers.join('')}: ${state}`
    }
    default:
      return `${context.kind} of ${fileOf(context)}`
  }
}

function fileOf({ file }: { readonly file: string }): string {
  return file.replace(/^test\/(.*)\.test\.\w+$/, '$1')
}

/** How often the functions of `src/work.*` were called in each context. */
export type Called = Readonly<Record<string, Readonly<Record<string, number>>>>

/**
 * What a counts file says of contexts; the sum over all of them has to be the total, of counters as of calls.
 *
 * @param folder of the project
 */
export function countedContexts(folder: string, file: string): Called {
  const results = new CoverageResults(join(folder, file), { root: folder })
  const sum = new CoverageResults({}, { root: folder })
  const called = results.contexts().flatMap((context) => {
    const own = results.of(context)
    sum.update(own)
    const calls = callsOf(own)
    return Object.keys(calls).length > 0 ? [[nameOf(context), calls] as const] : []
  })
  expect(sum.toJSON()).toEqual(results.toJSON())
  return Object.fromEntries(called)
}

function callsOf(results: Pick<CoverageResults, 'functions' | 'versions'>): Record<string, number> {
  const calls = results
    .versions()
    .filter(({ path }) => path.startsWith('src/work'))
    .flatMap(({ path, hash }) => results.functions(path, hash))
    .filter(({ calls, name }) => calls > 0 && !name.startsWith('<') && !name.includes('new Promise'))
    .map(({ calls, name }) => [name, calls])
  return Object.fromEntries(calls)
}

/** What `test/one.test.ts` of the fixture runs, tests at the same time aside. */
export const ONE: Called = {
  'import of one': { work: 7 },
  'hooks of one': { work: 2 },
  'hooks of one > outer': { work: 7 },
  'one > first: passed': { work: 111 },
  'one > outer > same: passed': { work: 1110 },
  'one > outer > same #1: passed': { work: 2110 },
  'one > outer > each 5: passed': { work: 115 },
  'one > outer > each 6: passed': { work: 116 },
  'one > outer > runs nothing of its own: passed': { work: 110 },
  'one > outer > fails: failed': { work: 118 },
  'late of one': { work: 9 },
}

export const TWO: Called = { 'import of two': { work: 7 }, 'two > first: passed': { work: 1 } }

/** Writes a test file that cannot be loaded, and one whose only test is skipped. */
export function writeEarly(project: { write(path: string, text: string): void }): void {
  project.write('test/early.test.ts', "throw new Error('on purpose')\n")
  project.write('test/skipped.test.ts', "it.skip('is not for now', () => {})\n")
}

/** The one that cannot be loaded is said to have failed, and none of those whose tests were run or skipped. */
export function expectFailedEarly(folder: string, file: string): void {
  const contexts = new CoverageResults(join(folder, file), { root: folder }).contexts()
  const failed = contexts.flatMap((context) =>
    context.kind === 'import' && context.state === 'failed' ? [fileOf(context)] : [],
  )
  // The first hook of a generated one may throw.
  expect(failed.filter((name) => !name.startsWith('generated'))).toEqual(['early'])
}
