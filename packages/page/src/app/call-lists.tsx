import type { CallNode } from '@tstrace/questions'
import { useState } from 'preact/hooks'
import type { CalledFunction, CalledFunctions } from './called-functions.ts'
import { counted, number, shown } from './format.ts'
import { toCalls, toSource } from './route.ts'

interface CallRowsProps {
  readonly title: string
  /** What is said where there are none. */
  readonly none: string
  readonly nodes: readonly CallNode[]
  readonly functions: CalledFunctions
  /** Whether only the first level is shown. */
  readonly isShort?: boolean
}

/** So many of a level are shown at first. */
const FEW = 8

/** Callers, or callees, the most calls first, with theirs below them. */
export function CallRows({ functions, isShort = false, nodes, none, title }: CallRowsProps) {
  const calls = nodes.reduce((sum, node) => sum + node.calls, 0)
  return (
    <section class="calls-list">
      <h3>
        {title} <span class="quiet">{nodes.length === 0 ? none : counted(calls, 'call')}</span>
      </h3>
      <Level nodes={nodes} functions={functions} isShort={isShort} />
    </section>
  )
}

function Level({ functions, isShort, nodes }: Required<Omit<CallRowsProps, 'title' | 'none'>>) {
  const [most, setMost] = useState(FEW)
  if (nodes.length === 0) return null
  return (
    <>
      <ul>
        {nodes.slice(0, most).map((node) => (
          <li key={`${node.function.path}\0${node.function.name}`}>
            <div class="call">
              <b class="number">{number(node.calls)}</b>
              <div>
                <FunctionName reference={node.function} known={functions.find(node.function)} />
                {node.resumptions > 0 && <small> and resumed {counted(node.resumptions, 'time')}</small>}
              </div>
            </div>
            {!isShort && <Level nodes={node.below} functions={functions} isShort={false} />}
          </li>
        ))}
      </ul>
      {nodes.length > most && (
        <button type="button" class="more" onClick={() => setMost(most * 10)}>
          {number(nodes.length - most)} more
        </button>
      )}
    </>
  )
}

interface FunctionNameProps {
  readonly reference: { readonly path: string; readonly name: string }
  readonly known: CalledFunction | undefined
}

/** A name that leads to the calls of a function, and to its source. */
function FunctionName({ known, reference: { name, path } }: FunctionNameProps) {
  return (
    <>
      <a href={toCalls(path, name)}>
        <bdi>{shown(name)}</bdi>
      </a>{' '}
      {known?.source ? (
        <a class="place" href={toSource(known.source.label, known.line)}>
          {shown(path)}:{known.line}
        </a>
      ) : (
        <span class="place">{shown(path)}</span>
      )}
    </>
  )
}
