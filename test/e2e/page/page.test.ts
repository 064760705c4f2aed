import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CoverageResults } from '@tstrace/results'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tstrace } from '../cli-command/tstrace-command.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'
import { startBrowser } from './browser.ts'
import { HOSTILE_FILES, HOSTILE_SOURCE, HOSTILE_TITLE, INTRUDERS } from './hostile-files.ts'
import { type OpenedPage, openPage, settled, whole } from './opened-page.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
/** Windows has no files of such names. */
const HAS_HOSTILE = process.platform !== 'win32'

type CallsAnswer = { readonly rows: readonly { readonly name: string; readonly calls: number }[] }

let browser: Browser
let opened: OpenedPage
let results: CoverageResults
let [folder, file] = ['', '']

beforeAll(async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  if (HAS_HOSTILE) for (const [path, text] of Object.entries(HOSTILE_FILES)) project.write(path, text)
  const env = { TSTRACE: '--html --branches --contexts test --trackcalls' }
  const { status, stdout } = await project.vitest(['--reporter=tstrace'], { env })
  expect(stdout).toMatch(/Written to .*, index\.html,/)
  expect(status).toBe(0)
  folder = project.folder
  file = join(folder, 'coverage/tstrace/index.html')
  results = CoverageResults.fromJSON(project.read('coverage/tstrace/results.json'))
  browser = await startBrowser()
  opened = await openPage(browser, file)
})

afterAll(() => browser?.close())

/** What a question answers. */
async function answer(...words: string[]): Promise<unknown> {
  const { status, stdout } = await tstrace(folder, [...words, '--json'])
  expect(status).toBe(0)
  return JSON.parse(stdout)
}

describe('overview', () => {
  test('the numbers of each source are those of the results', async () => {
    await opened.go('/')
    await opened.page.getByRole('button', { name: 'list', exact: true }).click()
    const rows = await opened.page.$$eval('.sources .rows-seen [role=row]', (all) =>
      all.map((row) =>
        [...row.children].map((cell) => (cell.querySelector('.never, .quiet') ?? cell).textContent),
      ),
    )
    const shown = rows.map(([path, lines, missing, hottest, calls]) => ({
      path: path?.endsWith('@.ts') ? HOSTILE_SOURCE : path,
      lines: whole(lines),
      missing: whole(missing),
      hottest: whole(hottest),
      calls: whole(calls),
    }))
    expect(shown).toEqual(
      results.versions().map(({ path }) => ({
        path,
        lines: results.lineCounts(path).size,
        missing: results.missingLines(path).length,
        hottest: Math.max(...results.lineCounts(path).values()),
        calls: results
          .functions(path)
          .reduce((sum, { calls, name }) => sum + (name === '<module>' ? 0 : calls), 0),
      })),
    )
  })

  test('a filter leaves what it names, a heading sorts, folders fold', async () => {
    const { page, texts } = opened
    const all = results.versions().length
    await page.keyboard.press('/')
    await page.keyboard.type('money')
    await settled(page)
    expect(await texts('.sources .col-name a')).toEqual(['src/money/price.ts'])
    expect(await texts('[role=status]')).toEqual([`1 of ${all} sources`])
    await page.keyboard.press('Escape')
    await settled(page)
    expect(await texts('.sources .col-name a')).toHaveLength(all)
    await page.getByRole('button', { name: 'Hottest' }).click()
    const hottest = (await texts('.sources .rows-seen .col-hottest')).map(whole)
    expect(hottest).toEqual(hottest.toSorted((a, b) => b - a))
    await page.getByRole('button', { name: 'folders', exact: true }).click()
    await page.getByRole('button', { name: 'money/' }).click()
    expect(await texts('.sources .col-name a')).not.toContain('price.ts')
    await page.getByRole('button', { name: 'money/' }).click()
    expect(await texts('.sources .col-name a')).toContain('price.ts')
  })

  test('the map has every source, by heat and by what never ran', async () => {
    const { page, texts } = opened
    expect(await texts('.tree-map a')).toHaveLength(results.versions().length)
    const before = await page.locator('.tree-map rect').first().getAttribute('class')
    await page.getByRole('button', { name: 'never ran', exact: true }).click()
    expect(await page.locator('.tree-map rect').first().getAttribute('class')).not.toBe(before)
  })
})

describe('a source', () => {
  const partial = { 'src/cart.ts': 0, 'src/money/price.ts': 1 }
  test.each(Object.entries(partial))('%s is shown as its listing', async (path, marks) => {
    await opened.go(`/source/${path}`)
    const rows = await opened.page.$$eval('.lines [role=row]', (all) =>
      all.map((row) => [row.querySelector('.count')?.textContent, row.querySelector('.code')?.textContent]),
    )
    const shown = rows.map(([count = '', code = '']) => `${`${count} `.padStart(7)}${code}\n`.trimEnd())
    const listing = readFileSync(join(folder, 'coverage/tstrace', path.replace('.ts', '.cover')), 'utf8')
    expect(shown.join('\n')).toBe(listing.trimEnd().replaceAll(/ +$/gm, ''))
    expect(shown.filter((line) => /^ *\d+! /.test(line))).toHaveLength(marks)
  })

  test('a number opens who called and which tests ran the line, as questions answer it', async () => {
    const { page, texts } = opened
    await opened.go('/source/src/money/price.ts')
    await page.locator('.line', { hasText: 'return round' }).locator('.count a').click()
    await settled(page)
    expect(new URL(page.url()).hash).toBe('#/source/src/money/price.ts:7')
    const tests = (await answer('tests', 'src/money/price.ts:7')) as { rows: { count: number }[] }
    await page.waitForSelector('.tests-of-line li')
    expect((await texts('.tests-of-line .number')).map(whole)).toEqual(tests.rows.map(({ count }) => count))
    expect(await texts('.panel .rule b')).toEqual(['statement'])
    const callers = (await answer('callers', 'src/money/price.ts:tax')) as CallsAnswer
    expect(await texts('.panel .calls-list:nth-of-type(1) li bdi')).toEqual(
      callers.rows.map(({ name }) => name),
    )
    expect((await texts('.panel .calls-list:nth-of-type(1) .number')).map(whole)).toEqual(
      callers.rows.map(({ calls }) => calls),
    )
  })

  test('keys go through lines that never ran, and through the hottest', async () => {
    const { page } = opened
    const lineNow = (): number => Number(page.url().split(':').at(-1))
    const missing = results.missingLines('src/cart.ts')
    await opened.go('/source/src/cart.ts')
    const seen: number[] = []
    for (const _ of missing) {
      await page.keyboard.press('j')
      await settled(page)
      seen.push(lineNow())
    }
    expect(seen).toEqual(missing)
    expect(await opened.texts('.panel .said')).toEqual(['never ran'])
    await page.keyboard.press('k')
    await settled(page)
    expect(lineNow()).toBe(missing.at(-2))
    await page.keyboard.press(']')
    await settled(page)
    const counts = results.lineCounts('src/cart.ts')
    const hottest = counts.get(lineNow())
    expect(hottest).toBe(Math.max(...counts.values()))
    await page.keyboard.press('?')
    await settled(page)
    expect(await page.getByRole('dialog').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await settled(page)
    expect(await page.locator('.panel').count()).toBe(0)
  })

  test('a function folds, and the name of what is called leads to it', async () => {
    const { page, texts } = opened
    await opened.go('/source/src/cart.ts')
    const before = (await texts('.lines [role=row]')).length
    await page.getByRole('button', { name: 'Lines of Cart.total' }).click()
    expect((await texts('.lines [role=row]')).length).toBe(before - 6)
    await page.getByRole('button', { name: 'Lines of Cart.total' }).click()
    await page.locator('.code a', { hasText: 'tax' }).click()
    await settled(page)
    expect(new URL(page.url()).hash).toBe('#/source/src/money/price.ts:3')
  })

  test('all of it is there when it is printed', async () => {
    const { page, texts } = opened
    await page.setViewportSize({ width: 1280, height: 300 })
    await opened.go('/source/src/cart.ts')
    const lines = readFileSync(join(folder, 'src/cart.ts'), 'utf8').trimEnd().split('\n').length
    expect((await texts('.lines [role=row]')).length).toBeLessThan(lines)
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect((await texts('.lines [role=row]')).length).toBe(lines)
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    await page.setViewportSize({ width: 1280, height: 900 })
  })
})

describe('calls and tests', () => {
  test('callers and callees of a function are those of the questions, drawn and listed', async () => {
    const { page, texts } = opened
    await opened.go('/calls')
    await page.getByRole('link', { name: 'tax', exact: true }).click()
    await settled(page)
    const lists = page.locator('.both-lists > .calls-list')
    for (const [at, question] of ['callers', 'callees'].entries()) {
      const { rows } = (await answer(question, 'src/money/price.ts:tax')) as CallsAnswer
      const first = lists.nth(at).locator('> ul > li > .call')
      expect(await first.locator('bdi').allTextContents()).toEqual(rows.map(({ name }) => name))
      expect((await first.locator('.number').allTextContents()).map(whole)).toEqual(
        rows.map(({ calls }) => calls),
      )
    }
    expect(await texts('.graph a.here text')).toEqual(['tax', 'src/money/price.ts'])
    await page.locator('.graph a', { hasText: 'Cart.total' }).first().click()
    await settled(page)
    expect(await texts('.neighbourhood h2')).toEqual(['Cart.total'])
  })

  test('tests are listed with what they ran, and with what only they ran', async () => {
    const { page, texts } = opened
    await opened.go('/tests')
    expect((await texts('.found')).join()).toMatch(/^\d+ passed, (.+, )?\d × import/)
    const outside = (await answer('outside')) as {
      alone: { rows: { context: { titles: string[] }; lines: number }[] }
    }
    await opened.filter('pages')
    const [row] = await page.locator('.tests-rows .rows-seen [role=row]').all()
    const cells = await row!.locator('> div').allTextContents()
    const alone = outside.alone.rows.find(({ context }) => context.titles[0] === 'has pages')
    const ran = (await answer('ran', 'has pages')) as { total: { count: number; lines: number } }
    expect(cells).toEqual([
      '✓ passed',
      'has pages',
      'test/cart.test.ts:20',
      String(ran.total.lines),
      String(ran.total.count),
      String(alone?.lines),
    ])
    await row!.getByRole('link').click()
    await settled(page)
    expect(await texts('.panel li a')).toContain('src/cart.ts:37-38')
  })
})

describe.runIf(HAS_HOSTILE)('hostile names', () => {
  test('are shown as they are, in every view, and break nothing', async () => {
    const { page, texts } = opened
    await opened.go('/')
    await opened.filter('onerror')
    await page.locator('.sources .col-name a').click()
    await settled(page)
    expect((await texts('h1 bdi')).join()).toContain(HOSTILE_SOURCE)
    expect((await texts('.code')).join('\n')).toContain(`// ${HOSTILE_TITLE}`)
    await page.locator('.line', { hasText: '<style>' }).locator('.count a').click()
    await page.waitForSelector('.tests-of-line li')
    expect((await texts('.tests-of-line li')).join('\n')).toContain(`${HOSTILE_TITLE} › ${HOSTILE_TITLE}`)
    await page.locator('.panel h3 a').first().click()
    await settled(page)
    expect(await texts('.neighbourhood h2')).toEqual([`shop.[${JSON.stringify(HOSTILE_TITLE)}]`])
    await opened.go('/tests')
    await opened.filter('esrever')
    expect(await texts('.col-title a')).toEqual(['\\u202eesrever'])
    await opened.filter('long')
    await page.locator('.col-title a').click()
    await settled(page)
    const overflow = 'document.documentElement.scrollWidth > innerWidth'
    expect(await page.evaluate(overflow)).toBe(false)
    expect(await page.evaluate(`typeof owned`)).toBe('undefined')
    expect(await page.locator('main img, main script, main style').count()).toBe(0)
  })

  test('what gets into the page all the same does not run, and nothing is loaded', async () => {
    const { complaints, page } = await openPage(browser, file)
    await page.evaluate(INTRUDERS)
    expect(await page.evaluate(`fetch('https://example.com/').then(() => 'loaded', () => 'refused')`)).toBe(
      'refused',
    )
    expect(await page.evaluate(`typeof owned`)).toBe('undefined')
    expect(complaints.filter((text) => text.includes('Content Security Policy')).length).toBeGreaterThan(2)
    await page.close()
  })
})

const VIEWS = ['/', '/source/src/cart.ts:17', '/calls/src/money/price.ts:tax', '/tests/3']

test.each(['light', 'dark'] as const)('axe finds no barrier in any view, %s', async (scheme) => {
  const { barriers, go, page } = await openPage(browser, file, {
    scheme,
    width: scheme === 'light' ? 1280 : 400,
  })
  const rules = scheme === 'dark' ? ['color-contrast'] : []
  for (const address of VIEWS) {
    await go(address)
    expect(await barriers(rules)).toEqual([])
  }
  await page.keyboard.press('?')
  await settled(page)
  expect(await barriers(rules)).toEqual([])
  await page.close()
})

test('nothing was complained about, and nothing asked of a network', () => {
  expect(opened.complaints).toEqual([])
})
