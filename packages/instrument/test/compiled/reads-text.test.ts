import { expect, test } from 'vitest'
import { readsText } from '../../src/compiled/reads-text.ts'

/** As the compilers print them. */
const READ = {
  'React Compiler': 'import { c as _c } from "react/compiler-runtime";',
  'React Compiler for React 18': 'var _r = require("react-compiler-runtime");',
  'React Compiler in Vite': 'import { c as _c } from "/@fs/shop/node_modules/react/compiler-runtime.js?v=1";',
  'React Compiler, optimized by Vite':
    'import { c } from "/node_modules/.vite/deps/react_compiler-runtime.js";',
  'styled-components': 'styled.h1.withConfig({ displayName: "title__Title", componentId: "sc-eh84cm-0" })',
  'styled-components with a namespace': 'componentId: "shop__sc-eh84cm-12"',
  Emotion: 'css("a:b;/*# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ9 */")',
  worklets: 'aJsx1.__workletHash = 4357483715635;',
}

test.each(Object.entries(READ))('%s has read the text, unless its author wrote that', (_, compiled) => {
  expect(readsText(compiled, 'const a = 1\n')).toBe(true)
  expect(readsText(compiled, `${compiled}\n`)).toBe(false)
})

test('others have not', () => {
  const compiled =
    'import { memo } from "react";\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ9\n'
  expect(readsText(compiled, '')).toBe(false)
})
