import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { measuredCommand } from './measured-command.ts'
import { printTable } from './print-table.ts'
import { pathOf, type RecordingSize, sourceText, testFileOf, writeRecording } from './recording-data.ts'

/** Measures and prints how long `tstrace select` takes in a repository of which a part of the sources has changed, or all. */
export function selecting(
  folder: string,
  { rounds, ...size }: RecordingSize & { readonly rounds: number },
): void {
  const root = join(folder, 'project')
  for (let source = 0; source < size.sources; source++) write(root, pathOf(source), textOf(source))
  for (let test = 0; test < size.tests; test += 20) write(root, testFileOf(test), '// a test\n')
  write(root, '.gitignore', 'recording.counts\n')
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false']
  for (const words of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    ['commit', '--quiet', '--message=all'],
  ])
    execFileSync('git', [...who, ...words], { cwd: root, stdio: 'pipe' })
  writeRecording(join(root, 'recording.counts'), { ...size, root })
  let changed = 0
  const rows = [0, size.sources / 20, size.sources].map((upTo) => {
    for (; changed < upTo; changed++)
      write(root, pathOf(changed), textOf(changed).replace('i % 2 === 0', 'i % 3 === 1'))
    const words = ['select', '--since', 'main', '--file', 'recording.counts']
    return [`${changed} changed`, ...measuredCommand(words, { cwd: root, rounds })]
  })
  console.log('Which tests a change needs: tstrace select\n')
  printTable(['sources', 'ms', 'processor, ms', 'memory, MB'], rows)
  console.log(
    `  A function in each. Best of ${rounds}, from the start of Node to its end; git beside it is in no processor time.\n`,
  )
}

function textOf(source: number): string {
  return sourceText(source, 8)
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
