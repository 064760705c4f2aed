import { isDeepStrictEqual } from 'node:util'
import { type Program, run } from '../conformance/program.ts'
import { checkText, WAYS } from './check-text.ts'
import { NAMES } from './draw.ts'

const shared = globalThis as { fuel?: () => boolean; log?: (...values: unknown[]) => void }

process.on('unhandledRejection', (error) => shared.log?.('unhandled', error))

/**
 * Runs a program plain and in every way there is, and says what differs: one sentence each.
 *
 * @param kind how it is run: a script runs sloppy, as CommonJS
 */
export async function checkProgram(source: string, kind: 'module' | 'script'): Promise<string[]> {
  const problems = checkText({ file: 'case.js', source, kind })
  if (problems.length > 0) return problems
  const program: Program = { source, language: 'js', commonjs: kind === 'script' }
  const plain = await behaviourOf(program)
  for (const [way, instrument] of Object.entries(WAYS)) {
    const { at, log } = await behaviourOf(program, instrument)
    const difference = log.findIndex((line, index) => !isDeepStrictEqual(line, plain.log[index]))
    if (difference >= 0 || log.length !== plain.log.length)
      problems.push(
        `${way}: line ${difference} of ${log.length}: ${log[difference]}, not ${plain.log[difference]}`,
      )
    if (at !== 0) problems.push(`${way}: function ${at} is current after the end`)
  }
  return problems
}

async function behaviourOf(
  program: Program,
  instrument?: (typeof WAYS)[string],
): Promise<{ log: string[]; at: number }> {
  let left = 300
  shared.fuel = () => {
    if (left-- > 0) return true
    throw new Error('out of fuel')
  }
  // The text of a function has our counters, as everybody is told.
  const textOf = Function.prototype.toString
  Function.prototype.toString = function (this: { name: string; length: number }) {
    return `function ${String(this.name)}/${this.length}`
  }
  // Scripts make globals of them.
  for (const name of NAMES) Reflect.deleteProperty(globalThis, name)
  try {
    const { at, behaviour } = await run(program, { transformer: 'none', ...(instrument && { instrument }) })
    // What the engine says of an expression is not what it was either.
    return { at, log: behaviour.map((line) => line.replace(/\b(\w*Error): .*/s, '$1')) }
  } finally {
    Function.prototype.toString = textOf
  }
}
