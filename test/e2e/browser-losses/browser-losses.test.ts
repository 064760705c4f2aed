import { expect, test } from 'vitest'
import { browserImport, browserOption } from '../browser-config.ts'
import { BROWSERS } from '../browser-runs/where.ts'
import { IS_WHOLE } from '../matrix.ts'
import { majorsOf, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** Vitest 3 waits for ever for a page that is reloaded, with and without tracing. */
const RELOADING = majorsOf(BROWSERS).filter((major) => major !== 3)

/** The newest: Vitest 4 says by chance which of two sentences is true of a page that closes itself. */
const RUNNING = IS_WHOLE ? RELOADING : RELOADING.slice(-1)

test.each(RUNNING)(
  'Vitest %i: pages that are closed or reloaded are said, web workers, and sources that Vite takes for dependencies',
  async (major) => {
    const project = vitestProject(major, FIXTURE)
    const close = 'commands: { closePage: ({ page }) => void setTimeout(() => page.close(), 50) },'
    const pages = ['close', 'reload'].map(
      (name) =>
        `{ optimizeDeps: { include: ['own'] }, test: { name: '${name}', include: ['test/${name}.test.ts'], ${browserOption(major, [`${name}-page`], close)} } }`,
    )
    // As libraries do whose tests import them by their own names.
    project.write('package.json', '{ "name": "own", "type": "module", "exports": "./src/own.ts" }\n')
    project.write(
      'vitest.config.ts',
      `${browserImport(major)}export default { test: { projects: [${pages}] } }\n`,
    )
    const { status, stderr } = await project.vitest(['--reporter=tstrace'])
    expect(status).toBe(1)
    const ofClosed = (name: string): string =>
      `tstrace: The page of test/${name}.test.ts was closed, left or reloaded before its test file had run: what it ran last is missing from the counts.`
    expect(
      stderr
        .split('\n')
        .filter((line) => line.startsWith('tstrace:'))
        .sort(),
    ).toEqual([
      major === 4 ? expect.stringMatching(/[Tt]he page of test\/close\.test\.ts/) : ofClosed('close'),
      ofClosed('reload'),
      'tstrace: What runs in the web worker src/worker.ts is not counted, with the modules that it loads there: only pages send what they have counted.',
      'tstrace: What tests import as "own" is not counted: Vite bundles it as a dependency before anything can be traced. Name it in `optimizeDeps.exclude`, and no longer in `optimizeDeps.include`.',
    ])
    const listing = project.read('coverage/tstrace/src/steps.cover')
    expect(listing).toContain("    2:   return 'early'")
    expect(listing).toContain(">>>>>>   return 'late'")
  },
)
