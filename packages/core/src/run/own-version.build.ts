import { readFileSync } from 'node:fs'

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')

/** Of this package, and so of all of tstrace. */
export const VERSION: string = JSON.parse(manifest).version
