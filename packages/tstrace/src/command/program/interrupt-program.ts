import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that a busy program has to leave its counts. */
const ENOUGH = 2000

/** Whether this Node can speak to an inspector, and the system has the signal that opens one. */
export function canInterrupt(): boolean {
  return 'WebSocket' in globalThis && process.platform !== 'win32'
}

/** Systems give others, from 32,768 on, to whoever asks for any. */
const PORTS = { first: 20_000, number: 12_000 } as const

/** Milliseconds after which whoever listens to a port of this machine has answered. */
const ANSWERED = 200

/**
 * A port that nobody listens to; undefined where none was found. To ask whether somebody does takes half the time that it takes to
 * listen, before which Node loads what looks up names.
 */
export async function freePort(): Promise<number | undefined> {
  for (let times = 0; times < 3; times++) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.number)
    if (await isFree(port)) return port
  }
  return undefined
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: ANSWERED })
    const answer = (value: boolean): void => {
      socket.destroy()
      resolve(value)
    }
    socket.on('error', ({ code }: NodeJS.ErrnoException) => answer(code === 'ECONNREFUSED'))
    socket.on('connect', () => answer(false))
    socket.on('timeout', () => answer(false))
  })
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
