import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { siteTableOf } from '@tstrace/instrument'
import { CoverageResults } from '@tstrace/results'
import { identifyProject, identifyRun, packText, writeCountsFile } from '@tstrace/results/counts-file'
import { readRecording } from '@tstrace/results/recording'
import { textHash } from '@tstrace/results/text-hash'
import { onTestFinished } from 'vitest'
import { type Change, evidenceOf, type Selection, selectTests } from '../src/index.ts'

/** A folder of its own, which is gone after the test. */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-test-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}

/** Runs git as somebody who has no configuration. */
export function git(folder: string, ...words: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=a@b.c', '-c', 'commit.gpgsign=false']
  return execFileSync('git', [...who, ...words], { cwd: folder, stdio: 'pipe', encoding: 'utf8' })
}

export function commit(folder: string): void {
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--allow-empty', '--message=change')
}

/** A repository with one commit. */
export function repository(texts: Readonly<Record<string, string>>): string {
  const folder = newFolder()
  git(folder, 'init', '--quiet', '--initial-branch=main')
  for (const [path, text] of Object.entries(texts)) write(folder, path, text)
  commit(folder)
  return folder
}

/** Says what a change needs by a recording, of what is in a folder now, in which each test file ran all of some sources. */
export function recordedProject(
  folder: string,
  ran: Readonly<Record<string, Readonly<Record<string, string>>>>,
): (change: Change) => Selection {
  const results = new CoverageResults()
  const texts = new Map<string, string>()
  for (const [file, sources] of Object.entries(ran)) {
    results.addContext({ kind: 'file', project: '', file })
    for (const [path, text] of Object.entries(sources)) {
      const sites = siteTableOf(text, { file: path })?.sites
      if (!sites) throw new Error(`${path} has nothing that runs`)
      texts.set(path, text)
      const counts = new Float64Array(sites.counters).fill(1)
      results.addSource({ path, hash: textHash(text), sites, counts }, { kind: 'file', project: '', file })
    }
  }
  const facts = { runner: 'vitest 5.1.1', label: '', tstrace: '0', rules: 'r', shard: '', losses: [] }
  const path = join(newFolder(), 'recording.counts')
  writeCountsFile(path, {
    head: {
      ...identifyProject(folder),
      runs: [identifyRun({ ...facts, root: folder, started: new Date() })],
    },
    counted: new Map([['', results]]),
    textOf: ({ path }) => packText(texts.get(path) ?? ''),
  })
  const recording = readRecording(path, { root: folder })
  const evidence = evidenceOf([{ name: 'the recording', path, recording }])
  return (change) => selectTests({ evidence, change, node: process.versions.node })
}
