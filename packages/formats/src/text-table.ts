import { istanbulReport } from './istanbul-reports.ts'

/** Istanbul's table for a terminal. */
export const textTable: ReturnType<typeof istanbulReport> = istanbulReport({
  report: 'text',
  file: 'coverage.txt',
})
