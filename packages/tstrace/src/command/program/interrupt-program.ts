import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that a busy program has to leave its counts. */
const ENOUGH = 2000

/** Whether this Node can speak to an inspector, and the system has the signal that opens one. */
export function canInterrupt(): boolean {
  return 'WebSocket' in globalThis && process.platform !== 'win32'
}

/** A port that nobody listens to. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { readonly port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/**
 * Has a program that computes without a pause run an expression: the inspector of Node, which a signal opens, interrupts it.
 *
 * @param port the one that its inspector is to listen to
 * @returns whether it has run within two seconds
 */
export async function interruptProgram(pid: number, port: number, expression: string): Promise<boolean> {
  const end = performance.now() + ENOUGH
  try {
    process.kill(pid, 'SIGUSR1')
    return await evaluated(await debuggerAt(port, end), expression, end)
  } catch {
    return false
  }
}

async function debuggerAt(port: number, end: number): Promise<string> {
  for (;;) {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/json/list`)
      const [target] = (await answer.json()) as { readonly webSocketDebuggerUrl: string }[]
      if (target) return target.webSocketDebuggerUrl
    } catch (error) {
      if (performance.now() > end) throw error
    }
    await sleep(20)
  }
}

function evaluated(url: string, expression: string, end: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    const answer = (value: boolean): void => {
      clearTimeout(timer)
      socket.close()
      resolve(value)
    }
    const timer = setTimeout(answer, Math.max(0, end - performance.now()), false)
    socket.onopen = () =>
      socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } }))
    socket.onmessage = ({ data }) => answer(!('exceptionDetails' in JSON.parse(String(data)).result))
    socket.onerror = () => answer(false)
  })
}
