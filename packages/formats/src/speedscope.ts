import type { FunctionReference } from '@tstrace/results'
import type { FormatInput, MakeFormat } from './format.ts'
import { ofCalls, reportedCalls } from './reported-calls.ts'

/**
 * A profile for speedscope whose samples are calls: the caller below the callee, weighted by how often that was. There are no
 * deeper stacks, since nobody has recorded through whom a function was called by whom it calls.
 */
export const speedscope: MakeFormat = (input) =>
  ofCalls(input, 'speedscope', () => ({
    files: [
      {
        path: 'calls.speedscope.json',
        get text() {
          return `${JSON.stringify(documentOf(input))}\n`
        },
      },
    ],
    problems: [],
  }))

interface Frame {
  readonly name: string
  readonly file?: string
  readonly line?: number
}

function documentOf(input: FormatInput): object {
  const frames = new Map<string, { readonly place: number; readonly frame: Frame }>()
  const lines = linesOf(input)
  const placeOf = ({ name, path }: FunctionReference): number => {
    const key = `${path}\0${name}`
    const known = frames.get(key)
    if (known) return known.place
    const place = frames.size
    const line = lines.get(key)
    frames.set(key, {
      place,
      frame: { name, ...(path && { file: path }), ...(line !== undefined && { line }) },
    })
    return place
  }
  const calls = reportedCalls(input)
  const samples = calls.map(({ callee, caller }) => [placeOf(caller), placeOf(callee)])
  const weights = calls.map((edge) => edge.calls)
  const name = input.test === '' ? 'calls' : `calls of ${input.test}`
  return {
    $schema: 'https://www.speedscope.app/file-format-schema.json',
    exporter: 'tstrace',
    name,
    activeProfileIndex: 0,
    shared: { frames: [...frames.values()].map(({ frame }) => frame) },
    profiles: [
      {
        type: 'sampled',
        name,
        unit: 'none',
        startValue: 0,
        endValue: weights.reduce((sum, weight) => sum + weight, 0),
        samples,
        weights,
      },
    ],
  }
}

/** On which line each function starts, as far as that is known. */
function linesOf({ results }: FormatInput): ReadonlyMap<string, number> {
  const sites = results
    .sources()
    .flatMap(({ path, sites: { functions } }) => functions.map((site) => ({ path, site })))
  return new Map(sites.map(({ path, site: { line, name } }) => [`${path}\0${name}`, line]))
}
