// From the process itself, because tests mock modules, and taken before a test can replace what is in them.
const { writeSync } = process.getBuiltinModule('node:fs')
const { from } = Buffer
const { wait } = Atomics
const sleeping = new Int32Array(new SharedArrayBuffer(4))

/**
 * Gives a function that writes to a file descriptor at once, so that what a program writes itself comes before and after
 * it in order. When nobody reads any more it stops writing.
 *
 * @param onStop is told why it stops where that is another reason, as a full disk
 */
export function writeThrough(
  descriptor: number,
  onStop: (error: unknown) => void = () => {},
): (text: string) => void {
  let isOpen = true
  return (text) => {
    if (!isOpen) return
    const bytes = from(text)
    for (let at = 0; at < bytes.length && isOpen; ) {
      try {
        at += writeSync(descriptor, bytes, at)
      } catch (error) {
        // A pipe that is full and does not block.
        const { code } = error as NodeJS.ErrnoException
        if (code === 'EAGAIN') wait(sleeping, 0, 0, 1)
        else {
          isOpen = false
          if (code !== 'EPIPE') onStop(error)
        }
      }
    }
  }
}
