import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const manifest = fileURLToPath(new URL('../package.json', import.meta.resolve('oxc-parser')))

/** The version of the parser whose trees `raw-trees` reads. */
export const PARSER_VERSION: string = JSON.parse(readFileSync(manifest, 'utf8')).version
