import { useMemo } from 'preact/hooks'
import type { ComparedContextsData, ComparedTestsData } from '../../comparison-data.ts'
import { Awaited } from '../awaited.tsx'
import { number } from '../format.ts'
import { kindsOf, ShortList } from '../line-panel.tsx'
import { shownContext } from '../shown-context.ts'
import { useChunk } from '../use-chunk.ts'
import type { ComparedPage, ListedPair } from './compared-page.ts'
import { DifferenceMark } from './difference-mark.tsx'
import { type RanIn, ranIn } from './ran-in.ts'

interface TestsOfDifferenceProps {
  readonly page: ComparedPage
  readonly listed: ListedPair
  /** Place among the differences of the source. */
  readonly place: number
}

/** Which tests ran a line that differs, in either recording. */
export function TestsOfDifference({ listed, page, place }: TestsOfDifferenceProps) {
  const { hasContexts, sides } = page.data
  const contexts = useChunk(hasContexts ? 'compared-contexts' : undefined, contextsAsTheyAre)
  const tests = useChunk(hasContexts ? `compared-tests-${listed.place}` : undefined, testsAsTheyAre)
  const rows = useMemo(
    () => contexts.value && tests.value && ranIn(tests.value, contexts.value, place),
    [contexts.value, tests.value, place],
  )
  if (!hasContexts) {
    // What some tests ran is compared, and nothing else.
    if (sides.some((side) => side.tests !== '')) return null
    return <p class="quiet">Which tests ran it was not recorded.</p>
  }
  if (!rows) return <Awaited error={contexts.error ?? tests.error} />
  return <Ran rows={rows} />
}

function Ran({ rows }: { readonly rows: readonly RanIn[] }) {
  const differing = rows.filter(({ counts: [before, after] }) => before !== after).length
  return (
    <section class="tests-of-line">
      <h3>
        Ran in{' '}
        <span class="quiet">
          {rows.length === 0 ? 'nothing' : `${kindsOf(rows)}, ${number(differing)} not as often`}
        </span>
      </h3>
      <ShortList rows={rows.map(({ context, counts }, row) => ({ ...shownContext(context), counts, row }))}>
        {({ counts, note, place, row, state, title }) => (
          <li key={row}>
            <b class="number pair">
              {number(counts[0])} → {number(counts[1])}
            </b>
            <div>
              <bdi>{title}</bdi> <DifferenceMark counts={counts} />
              {state !== 'file' && <small>{[place, note].filter(Boolean).join(', ')}</small>}
            </div>
            {state !== 'passed' && state !== 'file' && <span class={`state ${state}`}>{state}</span>}
          </li>
        )}
      </ShortList>
    </section>
  )
}

function contextsAsTheyAre(contexts: ComparedContextsData): ComparedContextsData {
  return contexts
}

function testsAsTheyAre(tests: ComparedTestsData): ComparedTestsData {
  return tests
}
