import { recurse } from './recurse.ts'

const [levels = '2'] = process.argv.slice(2)
console.log('This is the main program.')
recurse(Number(levels))
