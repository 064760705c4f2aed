import { deflateRawSync } from 'node:zlib'
import type { ComparisonChunk } from '../comparison-data.ts'
import type { ChunkName } from '../page-data.ts'

/** A chunk as it stands in the page: base64 is the only thing of it that is part of the markup. */
export function chunk(name: ChunkName | ComparisonChunk, data: unknown): string {
  return `<script type="application/octet-stream" id="${name}">${packed(JSON.stringify(data))}</script>\n`
}

/** Deflated, in base64. */
export function packed(text: string): string {
  return deflateRawSync(text).toString('base64')
}
