import type { RawMap } from '@tstrace/instrument/maps'
import type { TransformResult } from '../jest-versions.ts'
import { combineMaps, type Inserted } from './combine-maps.ts'

const INLINE =
  /^\/\/[#@] sourceMappingURL=data:application\/json;(?:charset[:=][^;,]+;)?base64,([\w+/=]+)\s*$/gm

/** What a compiler made of instrumented text, its maps leading to the text on disk; each stays where it was. */
export function withMapsToDisk(result: TransformResult, inserted: Inserted, helper: string): TransformResult {
  const { code, map } = result
  const comment = [...code.matchAll(INLINE)].at(-1)
  const body = comment ? code.slice(0, comment.index) : code
  const moved = comment && combineMaps(JSON.parse(fromBase64(comment[1] ?? '')), inserted)
  const inline = moved
    ? `\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${toBase64(moved)}`
    : ''
  return {
    ...result,
    // On a line of its own, behind a comment that may end the code.
    code: `${body}${body.endsWith('\n') || helper === '' ? '' : '\n'}${helper}${inline}`,
    ...(map && { map: moveBack(map, inserted) }),
  }
}

/** The last source map that stands in a code. */
export function inlineMapOf(code: string): RawMap | undefined {
  const comment = [...code.matchAll(INLINE)].at(-1)
  try {
    return comment && JSON.parse(fromBase64(comment[1] ?? ''))
  } catch {
    return undefined
  }
}

function moveBack(map: object | string, inserted: Inserted): object | string {
  if (typeof map === 'string') return JSON.stringify(combineMaps(JSON.parse(map), inserted))
  return combineMaps(map as RawMap, inserted)
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8')
}

function toBase64(map: RawMap): string {
  return Buffer.from(JSON.stringify(map)).toString('base64')
}
