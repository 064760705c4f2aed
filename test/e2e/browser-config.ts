import type { Major } from './vitest-project.ts'

const LAUNCH = "{ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] }"

/** What stands at the top of a Vitest configuration for browsers, in one version. */
export function browserImport(major: Major): string {
  return major === 3 ? '' : "import { playwright } from '@vitest/browser-playwright'\n"
}

/**
 * The option `browser` of a Vitest configuration, as text: it starts the chromium of the machine once for each name.
 *
 * @param more further members
 */
export function browserOption(major: Major, names: readonly string[], more = ''): string {
  const [provider, launch] =
    major === 3 ? ["'playwright'", `, launch: ${LAUNCH}`] : [`playwright({ launchOptions: ${LAUNCH} })`, '']
  const instances = names.map((name) => `{ browser: 'chromium', name: '${name}'${launch} }`)
  return `browser: {
    enabled: true, headless: true, screenshotFailures: false, ${more}
    provider: ${provider},
    instances: [${instances}],
  }`
}
