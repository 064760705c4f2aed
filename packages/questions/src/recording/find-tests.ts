import { nearestName } from '@tstrace/core/options'
import type { Context, OverlapContext, TestContext } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'
import { isSameTest, type Test, testFiles, testsOf } from './attempts.ts'
import { linesOfAddress } from './lines-of-address.ts'
import type { Recording } from './recording.ts'
import { refuseWithoutContexts } from './refuse-without-contexts.ts'
import { numberNote, testNotes } from './test-notes.ts'

/** A test with all its attempts, or all tests at one line, or all that ran for a test file. */
export interface TestsFound {
  /** Never empty. */
  readonly contexts: readonly Context[]
  /** Groups of which some of it is only a part: what ran there may have been another's. */
  readonly groups: readonly OverlapContext[]
}

/**
 * What a user means by a test file, by `test/a.test.ts:12`, and by the name of a test: its title, its titles as its runner
 * prints them, with or without the file, or any part of these; in front of it can be its project, as `[node] `. What is exactly the name of a test is that test, although others
 * have it in theirs.
 *
 * @throws TstraceError `TST_TEST_UNKNOWN` for what the recording does not have, with the nearest that it has;
 * `TST_TEST_AMBIGUOUS` for several tests, with their names; `TST_NO_CONTEXTS` where nothing says what was running
 */
export function findTests(recording: Recording, word: string): TestsFound {
  refuseWithoutContexts(recording)
  const all = recording.contexts()
  const [, project, inProject = ''] = /^\[(.+?)\] (.*)$/s.exec(word) ?? []
  const contexts = all.filter((context) => isOfProject(context, project))
  if (project !== undefined && contexts.length > 0) return findAmong(recording, contexts, inProject)
  return findAmong(recording, all, word)
}

function isOfProject(context: Context, project: string | undefined): boolean {
  if (context.kind === 'overlap') return context.members.some((member) => isOfProject(member, project))
  return 'project' in context && context.project === project
}

function findAmong(recording: Recording, contexts: readonly Context[], word: string): TestsFound {
  const own = contextsNamed(contexts, word)
  if (own) return own
  const files = testFiles(contexts)
  const file = fileNamed(files, word)
  if (file !== undefined) return ofFile(contexts, file)
  const tests = testsOf(contexts)
  if (tests.length === 0) throw withoutTests(recording, word)
  // Several at one line are made by one statement.
  const there = atLine(tests, word)
  const found = there ?? named(tests, word)
  if (found.length === 0) throw unknown({ recording, tests, files, word })
  if (found.length > 1 && !there) throw ambiguous(found, word)
  return ofTests(contexts, found.flat())
}

/** What a program called so with `tracer.context`. */
function contextsNamed(contexts: readonly Context[], word: string): TestsFound | undefined {
  const isNamed = (context: Context): boolean => context.kind === 'named' && context.name === word
  const groups = contexts.flatMap((context) =>
    context.kind === 'overlap' && context.members.some(isNamed) ? [context] : [],
  )
  const found = contexts.filter(isNamed)
  const member = groups.flatMap(({ members }) => members).find(isNamed)
  if (found.length > 0) return { contexts: found, groups }
  return member && { contexts: [member], groups }
}

function fileNamed(files: ReadonlySet<string>, word: string): string | undefined {
  const plain = word.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  if (files.has(plain)) return plain
  const [only, ...others] = [...files].filter((file) => file.endsWith(`/${plain}`))
  return others.length === 0 ? only : undefined
}

function ofFile(contexts: readonly Context[], file: string): TestsFound {
  const isOfFile = (context: Context): boolean =>
    context.kind === 'overlap' ? context.members.every(isOfFile) : 'file' in context && context.file === file
  return { contexts: contexts.filter(isOfFile), groups: [] }
}

function ofTests(contexts: readonly Context[], attempts: readonly TestContext[]): TestsFound {
  const isAttempt = (other: Context): boolean =>
    other.kind === 'test' && attempts.some((attempt) => isSameTest(attempt, other))
  const groups = contexts.flatMap((context) =>
    context.kind === 'overlap' && context.members.some(isAttempt) ? [context] : [],
  )
  return { contexts: attempts, groups }
}

/** Undefined where the word is no place in a test file. */
function atLine(tests: readonly Test[], word: string): readonly Test[] | undefined {
  const [, path = '', line] = /^(.+?):(\d+)(?::\d+)?$/.exec(linesOfAddress(word)) ?? []
  const file = fileNamed(new Set(tests.map(([test]) => test.file)), path)
  if (line === undefined || file === undefined) return undefined
  return tests.filter(([test]) => test.file === file && test.line === Number(line))
}

function named(tests: readonly Test[], word: string): readonly Test[] {
  const exact = tests.filter((attempts) => isCalled(attempts, word))
  if (exact.length > 0) return exact
  const written = word.toLowerCase()
  return tests.filter(([test]) => namesOf(test).some((name) => name.toLowerCase().includes(written)))
}

/** Whether the whole of a word is what the test or an attempt at it is called. */
function isCalled(attempts: Test, word: string): boolean {
  const notes = ['', numberNote(attempts[0]), ...attempts.map(testNotes)]
  const called = notes
    .filter((note) => word.endsWith(note))
    .map((note) => word.slice(0, -note.length || undefined))
  return namesOf(attempts[0]).some((name) => called.includes(name))
}

function nameOf({ titles }: TestContext): string {
  return titles.join(' > ')
}

/** All ways to write a test: as Vitest, Jest and we print it, and with what a terminal shows of it. */
function namesOf(test: TestContext): readonly string[] {
  const { file, line, titles } = test
  const name = nameOf(test)
  const names = [
    titles.at(-1) ?? '',
    name,
    titles.join(' '),
    titles.join(' › '),
    `${file} > ${name}`,
    `${file}:${line} > ${name}`,
  ]
  return [...names, ...names.map(printable)]
}

function withoutTests({ contexts, file }: Recording, word: string): TstraceError {
  const names = contexts().flatMap((context) => (context.kind === 'named' ? [context.name] : []))
  if (names.length > 0) {
    const near = nearestName(word, names)
    const advice = near === undefined ? 'Name one as the program does.' : `Did you mean "${near}"?`
    return new TstraceError('TST_TEST_UNKNOWN', `No context in ${file} is called "${word}". ${advice}`)
  }
  const message = `No test file is called "${word}", and ${file} keeps test files apart but not their tests.`
  return new TstraceError('TST_NO_CONTEXTS', `${message} Record again with the option contexts as "test".`)
}

interface Unknown {
  readonly recording: Recording
  readonly tests: readonly Test[]
  readonly files: ReadonlySet<string>
  readonly word: string
}

function unknown({ files, recording, tests, word }: Unknown): TstraceError {
  const place = /^(.+?):\d+(?::\d+)?$/.exec(word)?.[1]
  if (place !== undefined && fileNamed(files, place) !== undefined) {
    const isKnown = tests.some(([{ file, line }]) => file === fileNamed(files, place) && line > 0)
    const reason = isKnown ? 'no test begins there' : `${recording.file} does not have the lines of its tests`
    return new TstraceError(
      'TST_TEST_UNKNOWN',
      `No test is at ${word}: ${reason}. Name the test by its title.`,
    )
  }
  const near = nearestName(word, [...files, ...tests.map(([{ titles }]) => titles.at(-1) ?? '')])
  const advice =
    near === undefined
      ? `It has ${tests.length} test${tests.length === 1 ? '' : 's'} in ${files.size} file${files.size === 1 ? '' : 's'}: name one, or a part of its name.`
      : `Did you mean "${near}"?`
  return new TstraceError(
    'TST_TEST_UNKNOWN',
    `No test in ${recording.file} has "${word}" in its name. ${advice}`,
  )
}

/** So many are listed. */
const SEVERAL = 30

function ambiguous(found: readonly Test[], word: string): TstraceError {
  const below = found.slice(0, SEVERAL).map(([test]) => {
    const { file, line, project } = test
    const where = `${project === '' ? '' : `[${project}] `}${file}${line > 0 ? `:${line}` : ''}`
    const isShared = found.some(
      ([other]) => other !== test && isSameTest({ ...other, index: test.index }, test),
    )
    return `  ${where} > ${nameOf(test)}${isShared ? numberNote(test) : ''}`
  })
  const more = found.length > SEVERAL ? [`  … ${found.length - SEVERAL} more`] : []
  return new TstraceError(
    'TST_TEST_AMBIGUOUS',
    `${found.length} tests have "${word}" in their names. Name one of them:`,
    {
      below: [...below, ...more],
    },
  )
}
