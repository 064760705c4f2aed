import { expect, test } from 'vitest'
import { type Token, tokensIn, tokensOf } from '../../src/app/highlight.ts'

const shown = (text: string, tokens: readonly Token[]): string[] =>
  tokens.map(({ from, kind, to }) => `${kind}:${text.slice(from, to)}`)

test('types, generics, JSX and templates of several lines are told apart', () => {
  const text = `const a: Map<string, Item> = new Map<string, Item>()\nreturn <Row key={\`x\n\`} />`
  const tokens = tokensOf('a.tsx', text)
  expect(shown(text, tokens)).toEqual(expect.arrayContaining(['k:const', 't:Item', 't:Row', 's:`x\n`']))
  const second = text.indexOf('return')
  const line = tokensIn(tokens, second, text.indexOf('\n', second))
  expect(shown(text, line).at(-1)).toBe('s:`x')
})

test('what is called is known, also as a method and behind new; what is only named is not', () => {
  const text = 'run(a.go(b), new Shop(c?.d()))\nconst e = f'
  const called = tokensOf('a.ts', text).filter(({ isCalled }) => isCalled)
  expect(called.map(({ from, to }) => text.slice(from, to))).toEqual(['run', 'go', 'Shop', 'd'])
})

test('a text that cannot be parsed, or is of another language, is shown all the same', () => {
  expect(shown('const = (', tokensOf('a.ts', 'const = ('))).toEqual(['k:const'])
  expect(tokensOf('a.vue', '<template>const</template>')).toEqual([])
})
