import type { RuntimeState } from '@tstrace/instrument/runtime'
import { expect, test } from 'vitest'
import { RecordedLines } from '../../src/browser/recorded-lines.ts'
import { ReplayedLines } from '../../src/browser/replay-lines.ts'

/** Replays into a text what is noted of a page. */
function replayer(replayed: ReplayedLines): { show(rows: string): string[] } {
  const shown: string[] = []
  return {
    show(rows) {
      replayed.show(rows, {
        begin: (names) => shown.push(`test ${names.join(' > ')}`),
        live: (path) => ({
          line: (line) => shown.push(`${path} ${line}`),
          enter: (name) => shown.push(`${path} enters ${name}`),
        }),
      })
      return shown.splice(0)
    },
  }
}

function stateWith(lines: (state: RuntimeState) => RecordedLines) {
  const state = {} as RuntimeState
  return { recorded: lines(state), live: (path: string) => state.live?.(path) }
}

test('what a page notes is shown in its order, whatever the names are', () => {
  const { live, recorded } = stateWith((state) => new RecordedLines(state, { timing: false }))
  const replay = replayer(new ReplayedLines())
  const [first, second] = [live('src/a.ts'), live('src/"b\n".ts')]
  first?.enter('a:"1"\n@2')
  first?.line(3)
  recorded.begin(['outer', 'a "test"\n'])
  second?.line(41)
  expect(replay.show(recorded.take())).toEqual([
    'src/a.ts enters a:"1"\n@2',
    'src/a.ts 3',
    'test outer > a "test"\n',
    'src/"b\n".ts 41',
  ])
  first?.line(4)
  expect(replay.show(recorded.take())).toEqual(['src/a.ts 4'])
})

test('modules that several test files share note their lines where the running one has its own', () => {
  const { live, recorded: before } = stateWith((state) => new RecordedLines(state, { timing: false }))
  const file = live('src/a.ts')
  file?.line(1)
  const after = new RecordedLines({} as RuntimeState, { timing: false })
  file?.line(2)
  expect([before.take(), after.take()]).toEqual(['f"src/a.ts"\n0:1\n', 'f"src/a.ts"\n0:2\n'])
})

test('times are those of the page', () => {
  const replayed = new ReplayedLines()
  const { show } = replayer(replayed)
  expect(show('f"src/a.ts"\n0:7@1250.5\n')).toEqual(['src/a.ts 7'])
  expect(replayed.seconds).toBe(1.2505)
})

test('what no page of ours notes is left out', () => {
  expect(replayer(new ReplayedLines()).show('f"src/a.ts"\n9:1\n0:x\nnonsense\n0:2\n')).toEqual(['src/a.ts 2'])
})
