import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'

const LOOP = 'let n = 3\nwhile (n > 0)\n  n -= 1\n// the end\nconsole.log(n)\n'

test('each line stands behind its rule, and the instrumented code below', async () => {
  const { status, stderr, stdout } = await tstrace(folderWith({ 'loop.ts': LOOP }), ['explain', 'loop.ts'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const [lines, code] = stdout.split('\nWhat runs instead:\n\n')
  expect(lines).toBe(`loop.ts is traced: no filter holds.
4 executable lines, 1 functions, 4 counters.

           statement 1: let n = 3
statement, loop test 2: while (n > 0)
           statement 3:   n -= 1
                     4: // the end
           statement 5: console.log(n)
`)
  expect(code).toMatch(/^cov_\w+\(\)\[0\]\+\+;let n = 3\nwhile \(cov_/)
})

test('a file that is not traced, or in which nothing counts, says why', async () => {
  const folder = folderWith({ 'node_modules/a/a.js': 'void 0\n', 'types.ts': 'export interface A {}\n' })
  expect((await tstrace(folder, ['explain', 'node_modules/a/a.js'])).stdout).toContain(
    'node_modules/a/a.js is not traced: is in node_modules.\n',
  )
  expect((await tstrace(folder, ['explain', 'types.ts'])).stdout).toBe(
    'types.ts is traced: no filter holds.\nNothing in it counts: nothing runs, or a comment asks for the file to be left alone.\n',
  )
})

test('a component is counted behind its compiler, but the lines that may count are known', async () => {
  const folder = folderWith({
    'a.vue':
      '<script setup>\nconst n = 1\n</script>\n<template>\n  <b :id="n">{{ n }}</b>\n  <hr>\n</template>\n',
  })
  expect(
    (await tstrace(folder, ['explain', 'a.vue'])).stdout,
  ).toBe(`a.vue is not traced: is a component, which a test runner counts behind its compiler.
          1: <script setup>
statement 2: const n = 1
          3: </script>
          4: <template>
 template 5:   <b :id="n">{{ n }}</b>
          6:   <hr>
          7: </template>
`)
})

test.each([
  ['none.ts', 'tstrace: Cannot read <folder>/none.ts: '],
  ['broken.ts', 'tstrace: Cannot parse broken.ts'],
])('%s', async (file, message) => {
  const folder = folderWith({ 'broken.ts': 'let = = 1\n' })
  const { status, stderr, stdout } = await tstrace(folder, ['explain', file])
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(message)
})
