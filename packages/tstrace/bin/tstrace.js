#!/usr/bin/env node
// Not in dist, so that npm can link it before the first build of a clone.
import { main } from '../dist/command/main.js'

await main(process.argv.slice(2))
