import { arch, availableParallelism, cpus, platform } from 'node:os'
import { instrumenting } from './instrumenting.ts'
import { merging } from './merging.ts'
import { recordings } from './recordings.ts'
import { running } from './running.ts'
import { sizes } from './sizes.ts'

const quick = process.env.BENCH_QUICK === '1'

console.log(
  `Node ${process.version}, V8 ${process.versions.v8}, ${platform()} ${arch()}, ` +
    `${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}${quick ? ', quick run' : ''}\n`,
)
await instrumenting({ quick })
await sizes({ quick })
await running({ quick })
await merging({ quick })
await recordings({ quick })
