import type { ComparisonChunk } from '../comparison-data.ts'
import type { ChunkName as RecordedChunk } from '../page-data.ts'

export type ChunkName = RecordedChunk | ComparisonChunk

const loaded = new Map<ChunkName, Promise<unknown>>()

/**
 * The data of a chunk. All but sources are kept: there may be thousands of those.
 *
 * @throws Error for a chunk that the page does not have, or cannot inflate
 */
export function loadChunk<Data>(name: ChunkName): Promise<Data> {
  const known = loaded.get(name)
  if (known) return known as Promise<Data>
  const data = read(name)
  if (!/-\d+$/.test(name)) loaded.set(name, data)
  return data as Promise<Data>
}

async function read(name: ChunkName): Promise<unknown> {
  if (typeof DecompressionStream === 'undefined')
    throw new Error(
      'This browser cannot inflate what is in the page: it takes Chrome 103, Firefox 113, Safari 16.4 or newer.',
    )
  const text = await textOf(name)
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return JSON.parse(await new Response(inflated).text())
}

/** What stands behind the application may still be on its way, or be there in part. */
async function textOf(name: ChunkName): Promise<string> {
  if (document.readyState === 'loading' && !['overview', 'comparison', 'licenses'].includes(name))
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
  const text = document.getElementById(name)?.textContent
  if (!text) throw new Error(`The page has no part "${name}": it is cut off, or was changed.`)
  return text
}
