import fc from 'fast-check'

/** What makes other bytes of some; it may need those of another file. */
export type Mutation = (bytes: Buffer, other: Buffer) => Buffer

/** A place in a file of any length: 0 is its start, 1 its end. */
const place: fc.Arbitrary<number> = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

const at = (where: number, length: number): number => Math.floor(where * length)

function withLines(change: (lines: Buffer[]) => Buffer[]): Mutation {
  return (bytes) => {
    const lines: Buffer[] = []
    for (let start = 0; start < bytes.length; ) {
      const end = bytes.indexOf(10, start) + 1 || bytes.length
      lines.push(bytes.subarray(start, end))
      start = end
    }
    return Buffer.concat(change(lines))
  }
}

const bitFlip = fc.tuple(place, fc.nat(7)).map(([where, bit]): Mutation => {
  return (bytes) => {
    const changed = Buffer.from(bytes)
    const i = at(where, bytes.length)
    if (bytes.length > 0) changed[i] = (changed[i] as number) ^ (1 << bit)
    return changed
  }
})

const byteChange = fc.tuple(place, fc.nat(255)).map(([where, byte]): Mutation => {
  return (bytes) => {
    const changed = Buffer.from(bytes)
    if (bytes.length > 0) changed[at(where, bytes.length)] = byte
    return changed
  }
})

const truncation = place.map(
  (where): Mutation =>
    (bytes) =>
      bytes.subarray(0, at(where, bytes.length)),
)

const splice = fc.tuple(place, place).map(([from, to]): Mutation => {
  return (bytes, other) =>
    Buffer.concat([bytes.subarray(0, at(from, bytes.length)), other.subarray(at(to, other.length))])
})

const deletion = fc.tuple(place, fc.integer({ min: 1, max: 30 })).map(([where, length]): Mutation => {
  return (bytes) => {
    const i = at(where, bytes.length)
    return Buffer.concat([bytes.subarray(0, i), bytes.subarray(i + length)])
  }
})

/** What means something to a parser. */
const pieces = fc.constantFrom(
  '\n',
  '\t',
  '"',
  '[',
  ']',
  ',',
  '{}',
  '-',
  '.',
  'e9',
  '0',
  '9'.repeat(20),
  '../',
)

const insertion = fc.tuple(place, fc.oneof(pieces, fc.string({ unit: 'binary' }))).map(([where, text]) => {
  return (bytes: Buffer): Buffer => {
    const i = at(where, bytes.length)
    return Buffer.concat([bytes.subarray(0, i), Buffer.from(text), bytes.subarray(i)])
  }
})

const lineMoves = fc
  .tuple(place, place, fc.constantFrom('twice', 'gone', 'swapped'))
  .map(([one, other, how]): Mutation => {
    return withLines((lines) => {
      const [i, k] = [at(one, lines.length), at(other, lines.length)]
      if (how === 'twice') return lines.toSpliced(k, 0, ...lines.slice(i, i + 1))
      if (how === 'gone') return lines.toSpliced(i, 1)
      const [a, b] = [lines[i], lines[k]]
      return a && b ? lines.with(i, b).with(k, a) : lines
    })
  })

/** One to three changes, one after the other. */
export const mutations: fc.Arbitrary<Mutation> = fc
  .array(
    fc.oneof(
      { arbitrary: bitFlip, weight: 3 },
      { arbitrary: byteChange, weight: 2 },
      { arbitrary: truncation, weight: 2 },
      { arbitrary: splice, weight: 2 },
      deletion,
      insertion,
      { arbitrary: lineMoves, weight: 3 },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((steps) => (bytes, other) => steps.reduce((changed, step) => step(changed, other), bytes))
