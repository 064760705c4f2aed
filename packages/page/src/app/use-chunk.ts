import { useEffect, useState } from 'preact/hooks'
import { type ChunkName, loadChunk } from './load-chunk.ts'

/** What is known of something that is being loaded. */
export interface Loading<Value> {
  readonly value?: Value
  readonly error?: string
}

/**
 * A chunk, and what is made of it; nothing while it is being loaded, or where its name is undefined.
 *
 * @param make must be the same function each time
 */
export function useChunk<Data, Value>(
  name: ChunkName | undefined,
  make: (data: Data) => Value,
): Loading<Value> {
  const [state, setState] = useState<Loading<Value> & { readonly name?: ChunkName }>({})
  useEffect(() => {
    if (name === undefined) return
    let isWanted = true
    loadChunk<Data>(name)
      .then((data) => isWanted && setState({ name, value: make(data) }))
      .catch((error: Error) => isWanted && setState({ name, error: error.message }))
    return () => {
      isWanted = false
    }
  }, [name, make])
  return state.name === name ? state : {}
}
