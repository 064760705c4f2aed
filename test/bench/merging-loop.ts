/** `CoverageMap.merge` over JSON files: what most tools that merge coverage do. Arguments: the sum, then the files. */
import { readFileSync, writeFileSync } from 'node:fs'
import coverage from 'istanbul-lib-coverage'

const [out = '', ...files] = process.argv.slice(2)
const map = coverage.createCoverageMap({})
for (const file of files) map.merge(JSON.parse(readFileSync(file, 'utf8')))
writeFileSync(out, JSON.stringify(map))
