import { parse } from 'cjs-module-lexer'
import { describe, expect, test } from 'vitest'
import { instrument } from '../../src/instrument/instrument.ts'

const REEXPORT = `var _dep = require("dep");
Object.keys(_dep).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (key in exports && exports[key] === _dep[key]) return;
  Object.defineProperty(exports, key, { enumerable: true, get: function () { return _dep[key]; } });
});`

/** Every form that the README of Node's lexer lists, as compilers and people write it. */
const FORMS: Readonly<Record<string, string>> = {
  assignments: 'exports.a = 1; exports["b"] = 2; module.exports.c = 3; module["exports"].no = 4',
  'nested assignments': 'exports.a = exports.b = exports.c = void 0;\nfunction f() { exports.d = 1 }',
  'assignments without braces': 'if (x) exports.a = 1\nelse exports.b = 2\nfor (;;) exports.c = () => 1',
  'functions and classes':
    'exports.a = function () { return 1 }\nexports.b = class {}\nexports.c = async () => {}',
  tsc: `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.d = exports.c = void 0;
var dep_1 = require("./dep");
Object.defineProperty(exports, "a", { enumerable: true, get: function () { return dep_1.a; } });
Object.defineProperty(exports, "b", { enumerable: true, get: function () { return dep_1.default; } });
exports.c = 1;`,
  'tsc, a star': `"use strict";
var __createBinding = (this && this.__createBinding) || (Object.create ? (function (o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    Object.defineProperty(o, k2, { enumerable: true, get: function () { return m[k]; } });
}) : (function (o, m, k, k2) { o[k2 === undefined ? k : k2] = m[k]; }));
var __exportStar = (this && this.__exportStar) || function (m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
Object.defineProperty(exports, "__esModule", { value: true });
__exportStar(require("./one"), exports);
__exportStar(require("./two"), exports);`,
  'an old star': '__export(require("one"));\n__export(require("two"))',
  'a star without braces': 'if (x) __exportStar(require("one"), exports)',
  'a star of tslib': 'tslib_1.__exportStar(require("one"), exports);\ntslib.__export(require("two"))',
  Babel: `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
Object.defineProperty(exports, "a", {
  enumerable: true,
  get: function () {
    return _dep.a;
  }
});
Object.defineProperty(exports, 'b-c', {
  enumerable: true,
  get: function get() {
    return _dep['b'];
  }
});
exports.default = void 0;
${REEXPORT}`,
  'Babel, old': `var _dep = _interopRequireWildcard(require("dep"));
Object.keys(_dep).forEach(function (key) {
  if (key === "default" || key === "__esModule") return;
  if (Object.prototype.hasOwnProperty.call(_exportNames, key)) return;
  exports[key] = _dep[key];
});`,
  rollup: `var dep = require('dep');
Object.defineProperty(exports, 'a', { enumerable: true, get: function () { return dep.a; } });
Object.keys(dep).forEach(function (k) {
  if (k !== 'default' && !Object.prototype.hasOwnProperty.call(exports, k)) Object.defineProperty(exports, k, {
    enumerable: true,
    get: function () { return dep[k]; }
  });
});`,
  'rollup, assigned': `var dep = require('dep');
Object.keys(dep).forEach(function (k) {
  if (k !== 'default' && !exports.hasOwnProperty(k)) exports[k] = dep[k];
});`,
  'several stars': `${REEXPORT}\n${REEXPORT.replaceAll('_dep', '_more').replace('"dep"', '"more"')}`,
  'a star of nobody': REEXPORT.replace('require', 'load'),
  getters: `Object.defineProperty(exports, "a", { get() { return b } });
Object.defineProperty(module.exports, "c", { enumerable: true, get() { return b['d']; } })
Object.defineProperty(exports, "e", { value: 1 });
Object.defineProperty(exports, "\\u0066\\n", { enumerable: true, get: function () { return b; } });`,
  'getters that Node refuses': `Object.defineProperty(exports, "a", { get() { return f() } });
Object.defineProperty(exports, "b", { enumerable: false, get() { return a.b } });
exports.a = 1`,
  'one name twice': `Object.defineProperty(exports, "a", { get() { return b } });
Object.defineProperty(exports, "a", { get() { return f() } });
Object.defineProperty(exports, "b", { get() { return b } });\nexports.b = 1`,
  'an object': `module.exports = { a, b: c, 'd': e, "f-g": h, ...require('dep'), ...other, ...require("more") }`,
  'an object over lines': `module.exports = {\n  a,\n  b: c,\n  ...require('dep'),\n  d: function () {},\n  e,\n}`,
  'an object of functions': 'module.exports = {\n  a: () => {},\n  b() {},\n  c: x\n    ? 1\n    : 2,\n}',
  esbuild: `var dep = __toCommonJS(x);\nmodule.exports = dep;\n0 && (module.exports = {\n  a,\n  b,\n  ...require("dep")\n});`,
  'a module as a whole': 'module.exports = require("one")\nmodule.exports = require("two")',
  'one of two modules': `if (process.env.NODE_ENV === 'production') {
  module.exports = require('./cjs/production.js');
} else {
  module.exports = require('./cjs/development.js');
}`,
  'one of two modules, without braces': `if (x) module.exports = require('one');\nelse module.exports = require('two');`,
  'one of two modules, over lines': `module.exports = x\n  ? require('one')\n  : require('two')`,
  'a module behind an operator': `module.exports = x &&\n  require('one')`,
  'a library': `(function (root, factory) {
  if (typeof exports === 'object') factory(exports)
  else factory(root.lib = {})
})(this, function (exports) { exports.a = 1; exports.b = function () {} })`,
}

const WAYS = [{}, { calls: true }, { live: true }, { calls: true, branches: true }]

describe('what Node reads out of a CommonJS module', () => {
  test.each(Object.entries(FORMS))('%s', (_, source) => {
    const plain = parse(source)
    for (const text of [source, source.replaceAll('"', "'"), source.replaceAll('\n', '\r\n')]) {
      for (const options of WAYS) {
        const code = instrument(text, { file: 'a.cjs', ...options })?.code ?? text
        const { exports, reexports } = parse(code)
        expect({ exports: [...exports].sort(), reexports: [...reexports].sort() }).toEqual({
          exports: [...plain.exports].sort(),
          reexports: [...plain.reexports].sort(),
        })
      }
    }
  })
})

test('what is said behind the file does nothing, and getters count', () => {
  const source = `"use strict";\nconst dep = { a: 1 };\n${FORMS.getters}`
  const code = instrument(source, { file: 'a.cjs', calls: true })?.code ?? ''
  expect(code).toContain('exports["a"]=0')
  const exports: Record<string, unknown> = {}
  new Function('exports', 'module', `const b = { d: 2 };${code.replace('"use strict";', '')}`)(exports, {
    exports,
  })
  expect(Object.keys(exports)).toEqual(['c', 'f\n'])
  expect([exports.a, exports.c, exports.e]).toEqual([{ d: 2 }, 2, 1])
})
