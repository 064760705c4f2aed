/** What would act, or break out, if any of it became markup, an attribute, a script or a part of a chunk. */
const MARKUP = `</script><script>parent.owned=1</script><img src=x onerror="parent.owned=2">"'\`<!--{{owned}}`

/** The same where a file system refuses a slash. */
const NAME = `<img src=x onerror=owned=3>"'&lt;@.ts`

/** Turns around what stands behind it. */
const TURNED = '\u202Eesrever'

/** A source and its tests, of which paths, titles, names of functions and texts are hostile. */
export const HOSTILE_FILES: Readonly<Record<string, string>> = {
  [`src/${NAME}`]: `
// ${MARKUP}
export const shop = {
  [${JSON.stringify(MARKUP)}](): string {
    return \`<style>body{display:none}</style>\${${JSON.stringify(MARKUP)}}\`
  },
  never(): void {
    document.write('<script>owned=4</script>')
  },
  ['__proto__']() { return 1 }, constructor() { return 2 },
}
export const long = '${'x'.repeat(5000)}'
`,
  'test/hostile.test.ts': `
import { describe, expect, it } from 'vitest'
import { shop } from ${JSON.stringify(`../src/${NAME}`)}

const title = ${JSON.stringify(MARKUP)}

describe(title, () => {
  it(title, () => {
    expect(shop[title]()).toContain('style')
  })
})

it(${JSON.stringify(TURNED)}, () => {
  expect(shop[title]()).toContain('style')
})

it('${'long '.repeat(400)}', () => {})
`,
}

export const HOSTILE_SOURCE = `src/${NAME}`
export const HOSTILE_TITLE: string = MARKUP

/** Puts into a page what should never get there. */
export const INTRUDERS = `{
      const script = document.createElement('script')
      script.textContent = 'window.owned = 5'
      document.body.append(script)
      const image = document.createElement('img')
      image.src = 'https://example.com/x.png'
      image.setAttribute('onerror', 'window.owned = 6')
      document.body.append(image)
    }`
