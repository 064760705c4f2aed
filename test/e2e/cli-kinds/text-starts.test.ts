import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { NODES } from '../cli-command/nodes.ts'
import { folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'
import { inTurn } from '../matrix.ts'

const MARK = '\ufeff'
const SHEBANG = '#!/usr/bin/env node\n'

/** What a file may begin with, or have at its line ends, beside its code. */
const STARTS: Readonly<Record<string, (code: string) => string>> = {
  'a byte order mark': (code) => MARK + code,
  'a #! line': (code) => SHEBANG + code,
  'a byte order mark and a #! line': (code) => MARK + SHEBANG + code,
  'CRLF and a byte order mark': (code) => MARK + code.replaceAll('\n', '\r\n'),
}

const CODE = 'const f = () => 1\nconsole.log(f())\n'
const COMPILED = 'enum E { A = 1 }\nconsole.log(E.A)\n'

const FILES: Readonly<Record<string, string>> = {
  'common.cjs': CODE,
  'typed.ts': 'const f = (): number => 1\nconsole.log(f())\n',
  'compiled.mts': COMPILED,
  'required.cts': COMPILED,
}

/** The listing of a text of which every line with code ran once. */
function listingOf(text: string): string {
  const mark = text.startsWith(MARK) ? MARK : ''
  const lines = text.slice(mark.length).split(/\r?\n/).slice(0, -1)
  return mark + lines.map((line) => `${/^#!/.test(line) ? '       ' : '    1: '}${line}\n`).join('')
}

/** Without the warnings of older versions. */
function said(stderr: string): string {
  return stderr.replaceAll(/^\(.*\n|^Support for .*\n/gm, '')
}

describe.each(NODES)('in Node.js $major', (one) => {
  const { node } = one
  const test = inTurn(NODES, one)
  test.each(Object.keys(STARTS))(
    'files with %s are counted, and their listings have every byte',
    async (what) => {
      const start = STARTS[what] as (code: string) => string
      // Whether Node takes a required file with both depends on its version and on who requires it.
      const names = Object.keys(FILES).filter((name) => name !== 'common.cjs' || !what.includes('mark and'))
      const texts = Object.fromEntries(names.map((name) => [name, start(FILES[name] ?? '')]))
      texts['main.mjs'] = start(names.map((name) => `import './${name}'\n`).join(''))
      const folder = folderWith({ ...texts, 'package.json': '{"type":"commonjs"}' })
      const { status, stderr, stdout } = await tstrace(folder, ['-ct', '-C', 'out', 'main.mjs'], { node })
      expect({ status, stderr: said(stderr) }).toEqual({ status: 0, stderr: '' })
      for (const [name, text] of Object.entries(texts)) {
        const listing = readFileSync(join(folder, `out/${name.replace(/\.\w+$/, '.cover')}`), 'utf8')
        expect(JSON.stringify(listing)).toBe(JSON.stringify(listingOf(text)))
        const first = text.includes('#!') ? 2 : 1
        const line = text.replace(MARK, '').split(/\r?\n/)[first - 1]
        expect(stdout).toContain(`\n${name}(${first}): ${line}\n`)
      }
    },
  )

  test.each(['main.cjs', 'all.mjs'])(
    '%s with a byte order mark in front of #! runs as without us',
    async (program) => {
      const folder = folderWith({
        'main.cjs': `${MARK}${SHEBANG}${CODE}`,
        'all.mjs': "import './main.cjs'\n",
      })
      const plain = await run(folder, [program], { node })
      const traced = await tstrace(folder, ['-c', '-C', 'out', program], { node })
      expect({ status: traced.status, stdout: traced.stdout }).toEqual({
        status: plain.status,
        stdout: plain.stdout,
      })
      const listing = plain.status === 0 && readFileSync(join(folder, 'out/main.cover'), 'utf8')
      if (listing) expect(listing).toBe(listingOf(`${MARK}${SHEBANG}${CODE}`))
      else for (const { stderr } of [plain, traced]) expect(stderr).toContain('SyntaxError: Invalid or')
    },
  )
})
