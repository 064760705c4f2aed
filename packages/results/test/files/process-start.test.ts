import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { bootOf, startOf } from '../../src/files/process-start.ts'

describe.runIf(process.platform === 'linux')('startOf', () => {
  it('is the same each time, and another one for a process that began later', async () => {
    expect(startOf(process.pid)).toMatch(/^\d+$/)
    expect(startOf(process.pid)).toBe(startOf(process.pid))
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    await once(child, 'spawn')
    expect(Number(startOf(child.pid as number))).toBeGreaterThan(Number(startOf(process.pid)))
    child.kill('SIGKILL')
  })

  it('says of a process that nobody has waited for that it has ended', async () => {
    // Its parent is no shell any more when it ends: a shell would wait for it.
    const program = '{ while [ "$(cat /proc/$$/comm)" = sh ]; do :; done; } & echo $!; exec sleep 60'
    const child = spawn('sh', ['-c', program])
    const [text] = await once(child.stdout, 'data')
    const pid = Number(String(text))
    for (let now = startOf(pid); now !== ''; now = startOf(pid)) expect(now).toMatch(/^\d+$/)
    child.kill('SIGKILL')
  })

  it('reads what stands behind a name with blanks and brackets', async () => {
    const name = 'a) R 1 2 (b'
    const child = spawn(process.execPath, [
      '-e',
      `process.title = ${JSON.stringify(name)}; console.log(1); setInterval(() => {}, 1000)`,
    ])
    await once(child.stdout, 'data')
    expect(Number(startOf(child.pid as number))).toBeGreaterThan(Number(startOf(process.pid)))
    child.kill('SIGKILL')
  })

  it('is undefined where there is no such process', () => {
    expect(startOf(2 ** 22 + 1)).toBeUndefined()
  })
})

it.runIf(process.platform === 'linux')('a start of the machine has a name', () => {
  expect(bootOf()).toMatch(/^[\w-]{36}$/)
})
