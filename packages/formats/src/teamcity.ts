import { istanbulReport } from './istanbul-reports.ts'

/** Totals as TeamCity's service messages. */
export const teamcity: ReturnType<typeof istanbulReport> = istanbulReport({
  report: 'teamcity',
  file: 'teamcity.txt',
})
