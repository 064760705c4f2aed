import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'

/** What the policy of the page refuses as a script: a debugger may evaluate it. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A page that was written, in a browser. */
export interface OpenedPage {
  readonly page: Page
  /** What the browser complained about, and what was asked of a network. */
  readonly complaints: readonly string[]
  /** Goes to an address behind the `#`. */
  go(address: string): Promise<void>
  /** Types into the filter of what is shown. */
  filter(words: string): Promise<void>
  /** The texts of all elements of a kind. */
  texts(selector: string): Promise<string[]>
  /** What axe finds, as `rule: element`, by some of its rules or by all. */
  barriers(rules?: readonly string[]): Promise<string[]>
}

export interface Opening {
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
}

export async function openPage(browser: Browser, file: string, opening: Opening = {}): Promise<OpenedPage> {
  const { height = 900, scheme = 'light', width = 1280 } = opening
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme })
  page.setDefaultTimeout(10_000)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`))
  const address = pathToFileURL(file).href
  page.on('request', (request) => {
    if (!request.url().startsWith(address)) complaints.push(`request: ${request.url()}`)
  })
  await page.goto(address)
  await page.waitForSelector('main > *')
  return {
    page,
    complaints,
    async go(to) {
      await page.evaluate(`location.hash = ${JSON.stringify(to)}`)
      await settled(page)
    },
    async filter(words) {
      await page.locator('input[type=search]').fill(words)
      await settled(page)
    },
    texts: (selector) => page.$$eval(selector, (all) => all.map(({ textContent }) => textContent ?? '')),
    async barriers(rules = []) {
      await page.evaluate(`${AXE};undefined`)
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run(document, ${JSON.stringify(rules.length > 0 ? { runOnly: rules } : {})})`,
      )
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
    },
  }
}

/** Whatever was to be read has been, and is shown. */
export async function settled(page: Page): Promise<void> {
  const frames = `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))`
  await page.evaluate(frames)
  for (const busy of await page.locator('[aria-busy=true]').all()) await busy.waitFor({ state: 'detached' })
  await page.evaluate(frames)
}

/** The number that a text shows. */
export function whole(text: string | undefined): number {
  return Number((text ?? '').replaceAll(',', ''))
}
