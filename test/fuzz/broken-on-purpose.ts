import { checkProgram } from './check-program.ts'
import { checkMade } from './check-text.ts'

/* Prints what the checks say of code that breaks one rule each: for the test that they find it. */

function problemsOf(source: string, ...texts: readonly (readonly [at: number, text: string])[]): string[] {
  const insertions = [...texts, [source.length, ';'] as const].map(([at, text]) => ({
    at,
    text,
    kind: 'counter' as const,
    origin: undefined,
  }))
  const code = insertions.reduceRight(
    (done, { at, text }) => done.slice(0, at) + text + done.slice(at),
    source,
  )
  return checkMade({ file: 'a.js', source, kind: 'script' }, { code, insertions, names: ['cov_1'] })
}

console.log(
  JSON.stringify({
    name: problemsOf('void(1)', [4, 'cov_1']),
    joined: problemsOf('x;in1', [2, 'void']),
    hidden: problemsOf('while(0)function f(){}', [8, '{'], [22, '}']),
    made: problemsOf('f()', [2, '{']),
    exports: problemsOf('exports.x=1', [0, '(0,'], [7, ')']),
    behaviour: await checkProgram('log(globalThis.runs=(globalThis.runs??0)+1)', 'script'),
  }),
)
