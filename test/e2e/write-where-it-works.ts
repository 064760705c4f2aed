import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { placesTable, shownPlaces, withTable } from './where-it-works.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = join(root, 'README.md')
writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), placesTable(await shownPlaces(root))))
