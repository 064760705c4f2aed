import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { type OpenedPage, openPage, settled, whole } from '../page/opened-page.ts'

/** A line of the page: its numbers in both texts, what it says of both recordings, and how they differ. */
export interface LineOnPage {
  readonly lines: readonly [string, string]
  readonly counts: readonly [string, string]
  readonly difference: string
}

/** The page that compares two recordings, in a browser. */
export interface ComparedOnPage extends OpenedPage {
  /** Each number under its name. */
  totals(): Promise<Record<string, number>>
  /** The cells of all rows of the list that is shown. */
  cells(list: 'pairs' | 'edges'): Promise<string[][]>
  lines(): Promise<LineOnPage[]>
  /** How many pixels of the map of a source have the colour of the first element that is meant. */
  mapped(selector: string): Promise<number>
  press(key: string): Promise<void>
  address(): string
}

export async function comparedOnPage(browser: Browser, folder: string): Promise<ComparedOnPage> {
  const opened = await openPage(browser, join(folder, 'diff.html'), { height: 2000 })
  const { page } = opened
  const cellsOf = (rows: string): Promise<string[][]> =>
    page.$$eval(rows, (all) =>
      all.map((row) => [...row.children].map(({ textContent }) => textContent?.trim() ?? '')),
    )
  return {
    ...opened,
    async totals() {
      const parts = await cellsOf('.totals > div')
      return Object.fromEntries(
        parts.map(([name = '', value = '']) => [name, whole(value.replace(/^[−+] /, ''))]),
      )
    },
    cells: (list) => cellsOf(`.${list} .rows-seen [role=row]`),
    async lines() {
      const rows = await cellsOf('.compared .rows-seen .line:not(.left-out)')
      return rows.map(([one = '', other = '', before = '', after = '', difference = '']) => ({
        lines: [one, other],
        counts: [before, after],
        difference,
      }))
    },
    mapped: (selector) =>
      page.evaluate<number>(`(() => {
        const canvas = document.querySelector('.mini-map canvas')
        const colour = getComputedStyle(document.querySelector('${selector}')).backgroundColor
        const [red, green, blue] = colour.match(/\\d+/g).map(Number)
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
        const isMeant = (value, at) => at % 4 === 0 && value === red && data[at + 1] === green && data[at + 2] === blue
        return data.filter(isMeant).length
      })()`),
    async press(key) {
      await page.keyboard.press(key)
      await settled(page)
    },
    address: () => decodeURIComponent(new URL(page.url()).hash),
  }
}

/** The name of a function, which stands in front of where it is. */
export function nameIn(cell: string): string {
  return cell.replace(/ \S+$/, '')
}
