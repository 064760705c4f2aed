import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { loadChunk } from './load-chunk.ts'

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['/'], 'filter what is listed'],
  [['j', 'k'], 'next, previous line that never ran'],
  [[']', '['], 'from the hottest line to cooler ones, and back'],
  [['↓', '↑'], 'next, previous line that counts'],
  [['z'], 'fold the function around the line, or unfold it'],
  [['Esc'], 'close the panel, leave the filter'],
  [['o', 'c', 't'], 'sources, calls, tests'],
  [['?'], 'this help'],
]

export function HelpDialog({ onClose }: { readonly onClose: () => void }) {
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
        {KEYS.map(([keys, does]) => (
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
      <p>
        The number in front of a line says how often execution arrived at what starts there. Colours are on a
        logarithmic scale, up to the hottest line of the project. Lines marked{' '}
        <code>&gt;&gt;&gt;&gt;&gt;&gt;</code> never ran; lines without a number have nothing that runs. Press
        a number to see who called and which tests ran the line.
      </p>
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
