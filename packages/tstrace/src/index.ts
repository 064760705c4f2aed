// biome-ignore lint/performance/noReExportAll: this package is a name for what others do
export * from '@tstrace/core'
export { default, type Tstrace, type TstracePlugin, type TstraceReporter } from '@tstrace/vitest'
