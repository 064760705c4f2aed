import { createServer, type Server } from 'node:net'
import { expect, test, vi } from 'vitest'
import { freePort } from '../../../src/command/program/interrupt-program.ts'

test('a port that somebody listens to is not free', async ({ onTestFinished }) => {
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.75)
  onTestFinished(() => random.mockRestore())
  const free = await freePort()
  random.mockReturnValue(0.25)
  const taken = (await freePort()) as number
  const server = await listening(taken)
  onTestFinished(() => void server.close())

  expect(await freePort()).toBeUndefined()
  random.mockReturnValueOnce(0.25).mockReturnValueOnce(0.25).mockReturnValue(0.75)
  expect(await freePort()).toBe(free)
})

function listening(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
