import { languageOf } from '@tstrace/instrument/source-file'
import type { Painter } from '@tstrace/questions'
import { TstraceError } from '@tstrace/results/errors'
import type { Screen } from '@tstrace/results/screen'
import type { QuestionName } from './question-names.ts'
import type { QuestionRow } from './question-row.ts'

const CODE = {
  name: 'WHERE',
  help: 'src/a.ts:42, src/a.ts:10-40, src/a.ts, a folder, or a function: its name, or src/a.ts:name',
} as const

const TEST = {
  name: 'TEST',
  help: 'name of a test, a part of it, test/a.test.ts:12, or a test file',
} as const

const FUNCTION = {
  name: 'FUNCTION',
  help: 'name of a function, src/a.ts:name, or a line in it as src/a.ts:42',
} as const

/** Every question, by the word it is asked with. What answers is loaded when it is asked. */
export const QUESTIONS: Readonly<Record<QuestionName, QuestionRow>> = {
  tests: {
    does: 'Which tests ran a line, a function, a file or what is in a folder, and how often.',
    word: CODE,
    ask: async (recording, { all, word }) => {
      const { answerTests, findTarget, testsText } = await import('@tstrace/questions')
      const answer = answerTests(recording, findTarget(recording, word))
      return { answer, text: testsText(answer, all) }
    },
  },
  ran: {
    does: 'What a test, or a test file, executed: files, functions, and how often.',
    word: TEST,
    ask: async (recording, { word }) => {
      const { answerRan, ranText } = await import('@tstrace/questions')
      const answer = answerRan(recording, word)
      return { answer, text: ranText(answer) }
    },
  },
  callers: {
    does: 'Who calls a function, and how often.',
    word: FUNCTION,
    options: ['test', 'depth'],
    ask: async (recording, { depth, test, word }) => {
      const { answerCallers, callsText, findFunction } = await import('@tstrace/questions')
      const answer = answerCallers(recording, { target: findFunction(recording, word), depth, test })
      return { answer, text: callsText(answer) }
    },
  },
  callees: {
    does: 'Whom a function calls, and how often.',
    word: FUNCTION,
    options: ['test', 'depth'],
    ask: async (recording, { depth, test, word }) => {
      const { answerCallees, callsText, findFunction } = await import('@tstrace/questions')
      const answer = answerCallees(recording, { target: findFunction(recording, word), depth, test })
      return { answer, text: callsText(answer) }
    },
  },
  why: {
    does: 'Why a line never ran: how near execution came, and where it went instead.',
    word: { name: 'LINE', help: 'src/a.ts:42, or a function for the first line in it' },
    ask: async (recording, { word }) => {
      const { findTarget } = await import('@tstrace/questions')
      const { answerWhy, lineOfTarget, whyText } = await import('@tstrace/questions/why')
      const answer = answerWhy(recording, lineOfTarget(recording, findTarget(recording, word)))
      return { answer, text: whyText(answer) }
    },
  },
  show: {
    does: 'The lines of a source, a part of it or a function, and how often each ran.',
    word: { ...CODE, optional: true },
    options: ['missing'],
    ask: async (recording, { missing, screen, word }) => {
      const { answerMissing, answerShow, findTarget, missingText, showText } = await import(
        '@tstrace/questions'
      )
      if (word === '' && !missing) throw nothingToShow()
      const target = findTarget(recording, word || '.')
      if (missing) {
        const answer = answerMissing(recording, target)
        return { answer, text: missingText(answer) }
      }
      const answer = answerShow(recording, target)
      const painter = screen && (await painterFor(screen, answer.target.path))
      // Who sits at a terminal wants to see what was named.
      return { answer, text: showText(answer, painter), isWhole: screen !== undefined }
    },
  },
  top: {
    does: 'Which lines, or functions, ran most.',
    word: { ...CODE, optional: true },
    options: ['by', 'test'],
    ask: async (recording, { all, by, test, word }) => {
      const { answerTop, findTarget, topText, MOST_SHOWN } = await import('@tstrace/questions')
      const most = all ? Number.POSITIVE_INFINITY : MOST_SHOWN
      const answer = answerTop(recording, { by, most, target: findTarget(recording, word || '.'), test })
      return { answer, text: topText(answer) }
    },
  },
  diff: {
    does: 'What ran differently in two recordings, in two tests, or in two attempts at a test; and whether conditions hold.',
    word: {
      name: 'RECORDING',
      help: 'a counts file, a folder of them or a glob in quotes, or runs in those that -f names, as commit=main, shard=1/2 or os=linux; one is compared with the last run',
      most: 2,
    },
    options: [
      'test',
      'against',
      'attempt',
      'stable',
      'noise',
      'failOn',
      'expect',
      'markdown',
      'html',
      'coverdir',
    ],
    askAlone: async (asked) => (await import('../diff/diff.ts')).diff(asked),
  },
  outside: {
    does: 'What ran, but in no test; which tests alone ran something, and which did not.',
    word: { ...CODE, optional: true },
    ask: async (recording, { all, word }) => {
      const { answerOutside, findTarget, MOST_SHOWN, outsideText } = await import('@tstrace/questions')
      const most = all ? Number.POSITIVE_INFINITY : MOST_SHOWN
      const target = word ? findTarget(recording, word) : undefined
      const answer = answerOutside(recording, { most, target })
      return { answer, text: outsideText(answer, all) }
    },
  },
  suspects: {
    does: 'Which lines go along with tests that fail.',
    word: { ...CODE, optional: true },
    ask: async (recording, { all, word }) => {
      const { answerSuspects, findTarget, MOST_SHOWN, suspectsText } = await import('@tstrace/questions')
      const most = all ? Number.POSITIVE_INFINITY : MOST_SHOWN
      const target = word ? findTarget(recording, word) : undefined
      const answer = answerSuspects(recording, { most, target })
      return { answer, text: suspectsText(answer) }
    },
  },
}

function nothingToShow(): TstraceError {
  const advice =
    'Name a source, lines of it as src/a.ts:10-40, or a function; `tstrace show --missing` has what never ran.'
  return new TstraceError('TST_TARGET_UNKNOWN', `It is not said what to show. ${advice}`)
}

async function painterFor(screen: Screen, path: string): Promise<Painter> {
  const { highlighted } = await import('@tstrace/questions/highlighted')
  return { screen, highlighted: (text) => highlighted(text, screen.colors, languageOf(path).endsWith('x')) }
}
