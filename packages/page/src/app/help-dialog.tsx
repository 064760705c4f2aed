import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { loadChunk } from './load-chunk.ts'

export type KeyWords = readonly (readonly [keys: readonly string[], does: string])[]

interface HelpDialogProps {
  readonly keys: KeyWords
  /** What the numbers mean. */
  readonly numbers: string
  readonly onClose: () => void
}

export function HelpDialog({ keys: all, numbers, onClose }: HelpDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} onClose={onClose} aria-label="Keys and help">
      <form method="dialog">
        <h2>Keys</h2>
        <button type="submit" class="plain" aria-label="Close">
          ✕
        </button>
      </form>
      <dl class="keys">
        {all.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h2>Numbers</h2>
      <p>{numbers}</p>
      <Licenses />
    </dialog>
  )
}

function Licenses() {
  const [text, setText] = useState('')
  const read = (): void => {
    loadChunk<string>('licenses').then(setText, (error: Error) => setText(error.message))
  }
  return (
    <details onToggle={read}>
      <summary>Licences of what is in this page</summary>
      <pre tabIndex={0}>{text}</pre>
    </details>
  )
}
