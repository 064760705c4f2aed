/*
 * `import 'tstrace/register'`: what is loaded after it can be traced.
 */
import '@tstrace/core/node-support'
import { traceEverything } from './api/begin-tracing.ts'

traceEverything()
