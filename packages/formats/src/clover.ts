import { istanbulReport } from './istanbul-reports.ts'

/** Clover's XML. */
export const clover: ReturnType<typeof istanbulReport> = istanbulReport({
  report: 'clover',
  file: 'clover.xml',
  isXml: true,
})
