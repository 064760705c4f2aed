import { setImmediate } from 'node:timers/promises'
import { checkText } from './check-text.ts'
import { textOf } from './installed-files.ts'

/*
 * Checks the files on its command line and prints what is wrong, as a process of its own for some hundred files: Node.js
 * never gives back what a module took that was compiled and not run, and what the parser made goes only when there is a turn
 * of the event loop. The parent, where there is one, hears how many failed.
 */

let failed = 0
for (const file of process.argv.slice(2)) {
  await setImmediate()
  const problems = checkText(textOf(file))
  if (problems.length === 0) continue
  failed++
  console.log(`${file}\n  ${problems.join('\n  ').slice(0, 2000)}`)
}
process.exitCode = failed > 0 ? 1 : 0
process.send?.(failed)
