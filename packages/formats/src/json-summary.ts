import { istanbulReport } from './istanbul-reports.ts'

/** Istanbul's percentages as JSON. */
export const jsonSummary: ReturnType<typeof istanbulReport> = istanbulReport({
  report: 'json-summary',
  file: 'coverage-summary.json',
})
