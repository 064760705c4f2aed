import { createContext } from 'preact'
import { useContext } from 'preact/hooks'

/** Whether the page is being printed: then everything is in the document, and not only what can be seen. */
export const Printing = createContext(false)

export function usePrinting(): boolean {
  return useContext(Printing)
}
