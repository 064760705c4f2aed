import { istanbulReport } from './istanbul-reports.ts'

/** Cobertura's XML. GitLab ignores a file that is longer. */
export const cobertura: ReturnType<typeof istanbulReport> = istanbulReport({
  report: 'cobertura',
  file: 'cobertura-coverage.xml',
  isXml: true,
  limit: { bytes: 10 * 2 ** 20, reader: 'GitLab' },
})
