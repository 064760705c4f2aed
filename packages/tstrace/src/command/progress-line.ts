/** How long nothing is said, and then how often something, in milliseconds. */
const SILENCE = 1000
const PAUSE = 100

const CLEAR_LINE = '\r\u001b[K'

/** One line on a terminal that says how far something is; nothing anywhere else, nor of what is soon over. */
export function progressLine(stream: NodeJS.WriteStream): { bytes(count: number): void; clear(): void } {
  let next = performance.now() + SILENCE
  let isShown = false
  return {
    bytes(count) {
      if (!stream.isTTY || performance.now() < next) return
      next = performance.now() + PAUSE
      isShown = true
      stream.write(`${CLEAR_LINE}tstrace: ${Math.round(count / 1e6)} MB of counts read`)
    },
    clear() {
      if (isShown) stream.write(CLEAR_LINE)
    },
  }
}
