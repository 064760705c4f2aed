import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { expect, test } from 'vitest'
import { root } from './workspace.ts'

/** Everything in `node:fs` that makes, changes or removes something, also through what it opens. */
const WRITES =
  /^(appendFile|chmod|chown|copyFile|cp|createWriteStream|fchmod|fchown|ftruncate|futimes|lchmod|lchown|link|lutimes|mkdir|mkdtemp|mkdtempDisposable|open|promises|rename|rm|rmdir|symlink|truncate|unlink|utimes|write|writeFile|writev)(Sync)?$/

const FS = /^(node:)?fs(\/promises)?$/

/** What in `results/src/files` writes wherever it is told to: whoever calls it has to know where that is. */
const UNGUARDED = /^(replaceFile|FileReplacement|makeFolders)$/

/** Where what is written stays in its place for another reason than that it goes through `GuardedFolder`. */
const OTHERS: Readonly<Record<string, string>> = {
  'packages/core/src/live/test-lines.ts: openSync, writeSync': "a claim in the run's own temporary folder",
  'packages/core/src/live/write-through.ts: writeSync': 'what somebody else has opened',
  'packages/core/src/run/output-folder.ts: rmSync': 'asks `GuardedFolder` before',
  'packages/core/src/run/tell-github.ts: appendFileSync': 'the summary of the step, which the service names',
  'packages/core/src/run/trace-files.ts: rmSync': "in the run's own temporary folder",
  'packages/core/src/run/worker-file.ts: openSync, renameSync, writeSync':
    "in the run's own temporary folder",
  'packages/core/src/run/worker-files.ts: mkdirSync, openSync, unlinkSync, writeFileSync':
    "in the run's own temporary folder",
  'packages/jest/src/transform/file-notes.ts: replaceFile, rmSync':
    'a place of `GuardedFolder`; no link is followed',
  'packages/jest/src/worker/loaded-files.ts: openSync, writeSync': "in the run's own temporary folder",
  'packages/jest/src/worker/plain-coverage.ts: replaceFile': 'beside a source map in the cache of Jest',
  'packages/node/src/children/uncounted-file.ts: rmSync': "in the run's own temporary folder",
  'packages/node/src/read-unseen.ts: openSync': 'only to read',
  'packages/node/src/started-file.ts: openSync, unlinkSync, writeSync':
    "in the run's own temporary folder, where this process made the file",
  'packages/node/src/traced-environment.ts: writeFileSync': "in the run's own temporary folder",
  'packages/node/src/unstarted-file.ts: rmSync': "in the run's own temporary folder",
  'packages/node/src/write-unseen.ts: openSync, writeSync': "in the run's own temporary folder",
  'packages/tstrace/src/command/export/exported-place.ts: appendFileSync, openSync':
    'a pipe or device that the user has named',
  'packages/results/src/counts-file/accumulate.ts: replaceFile': 'the counts file that the user has named',
  'packages/results/src/counts-file/merge-outputs.ts: FileReplacement':
    'the counts file that the user has named',
  'packages/select/src/run-selection.ts: rmSync':
    'files in a folder of the output folder, by names that were listed in it',
  'packages/tstrace/src/command/program/start-program.ts: rmSync, writeFileSync':
    "in the run's own temporary folder",
}

/** The room of those who write, each of which keeps in its place what it writes. */
const ROOM = 'packages/results/src/files/'

type Pattern = { readonly type: string; readonly properties?: readonly unknown[]; readonly name?: string }

/** The names of `node:fs` by which a text may write. */
function writesIn(file: string, text: string): string[] {
  const found = new Set<string>()
  const spaces = new Set<string>()
  const note = (name: unknown, known = WRITES): void => {
    if (typeof name === 'string' && known.test(name)) found.add(name)
  }
  const bind = ({ name, properties = [], type }: Pattern): void => {
    if (type === 'Identifier') spaces.add(name as string)
    for (const property of properties as { readonly key?: { readonly name?: string } }[])
      note(property.key?.name)
  }
  const { program } = parseSync(file, text)
  // Twice: what is taken out of a module may stand above the place where that gets its name.
  for (let round = 0; round < 2; round++)
    new Visitor({
      ImportDeclaration({ source, specifiers }) {
        for (const { local } of specifiers) note(local.name, UNGUARDED)
        if (!FS.test(source.value)) return
        for (const specifier of specifiers)
          if (specifier.type !== 'ImportSpecifier') spaces.add(specifier.local.name)
          else if ('name' in specifier.imported && specifier.imported.name === 'default')
            spaces.add(specifier.local.name)
          else note('name' in specifier.imported ? specifier.imported.name : specifier.imported.value)
      },
      VariableDeclarator({ id, init }) {
        const from = init && text.slice(init.start, init.end)
        const isModule = /\(\s*['"](node:)?fs(\/promises)?['"]\s*\)/.test(from ?? '')
        if (isModule || spaces.has(from ?? '')) bind(id as Pattern)
      },
      MemberExpression({ object, property }) {
        const from = text.slice(object.start, object.end)
        const isModule =
          spaces.has(from) || /^(await\s+)?[\w.]+\(\s*['"](node:)?fs(\/promises)?['"]\s*\)$/.test(from)
        if (isModule) note('name' in property ? property.name : 'writeFile')
      },
    }).visit(program)
  return [...found].sort()
}

test('nobody writes but through the guard, or where nothing can lead out', () => {
  const files = globSync('packages/*/src/**/*.{ts,mts}', { cwd: root }).sort()
  expect(files.length).toBeGreaterThan(200)
  const writers = files.flatMap((file) => {
    const path = file.replaceAll('\\', '/')
    if (path.startsWith(ROOM)) return []
    const names = writesIn(path, readFileSync(join(root, file), 'utf8'))
    return names.length > 0 ? [`${path}: ${names.join(', ')}`] : []
  })
  // Somebody new: let it write by what is in `results/src/files`; only if that cannot be, say here why nothing leads out.
  expect(writers).toEqual(Object.keys(OTHERS).sort())
})

test.each([
  ["import { writeFileSync as put } from 'node:fs'\nput('a', '')"],
  ["import fs from 'fs'\nfs.writeFileSync('a', '')"],
  ["import * as fs from 'node:fs'\nconst { writeFileSync } = fs\nwriteFileSync('a', '')"],
  ["import { promises } from 'node:fs'\npromises.writeFile('a', '')"],
  ["import { open } from 'node:fs/promises'\nawait open('a', 'w')"],
  ["const { mkdirSync: make } = process.getBuiltinModule('node:fs')\nmake('a')"],
  ["const fs = process.getBuiltinModule('node:fs')\nfs.createWriteStream('a')"],
  ["process.getBuiltinModule('node:fs').rmSync('a')"],
  ["const fs = await import('node:fs')\nfs['writeFileSync']('a', '')"],
  ["require('fs').truncateSync('a')"],
  ["import { replaceFile } from '@tstrace/results/files'\nreplaceFile('a', '')"],
])('whoever writes is found: %j', (text) => {
  expect(writesIn('a.ts', text)).toHaveLength(1)
})

test.each([
  ["import { readFileSync, statSync } from 'node:fs'\nreadFileSync('a')"],
  ["import { open } from './open.ts'\nopen('a')"],
  ["process.stdout.write('a')"],
])('whoever does not is not: %j', (text) => {
  expect(writesIn('a.ts', text)).toEqual([])
})
