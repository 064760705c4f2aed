/** Programs in which V8 counts stretches of every kind; each exports functions, which are called with `arguments`. */
export interface V8Program {
  readonly name: string
  readonly code: string
  readonly arguments: readonly unknown[]
}

const some: readonly unknown[] = [0, 1, 2, 3]

export const PROGRAMS: readonly V8Program[] = [
  {
    name: 'jumps',
    arguments: some,
    code: `
exports.early = (x) => { if (x) { return 1 }
  return 2 }
exports.thrown = (x) => { if (x > 1) throw x
  return 1 }
exports.bare = (x) => { if (x) return
  x = 2 }
exports.dead = (x) => { return x; x++ }
exports.chain = (x) => { if (x == 1) return 1; else if (x == 2) { return 2 } else return 3 }
exports.labels = (n) => { a: for (let i = 0; i < n; i++) { for (let j = 0; j < 3; j++) { if (j == 1) continue a; if (i == 2) break a } } b: { if (n) break b; n = 4 } }
`,
  },
  {
    name: 'clauses, loops and errors',
    arguments: some,
    code: `
exports.clauses = (x) => { switch (x) { case 1: return 1; case 2: { x++; break } default: x = 3 } return x }
exports.errors = (x) => { try { if (x) throw new Error('x'); return 1 } catch (e) { if (x > 1) return 3 } finally { x = 0 } return x }
exports.loops = (n) => { for (let i = 0; i < n; i++) { if (i == 3) break; if (i == 1) continue; n += 0 } do n--; while (n > 0); for (const k in {}) k; for (;;) { if (n) break; n = 1 } return n }
exports.nested = (x) => { while (x-- > 0) { if (x === 2) { continue } try { if (x === 1) break } finally { x += 0 } } return x }
`,
  },
  {
    name: 'arms and defaults',
    arguments: some,
    code: `
exports.arms = (x) => x ? 1 : 2
exports.sides = (x) => x && (x || 3)
exports.missing = (x) => x?.a?.b ?? (x ? 'y' : 'n')
exports.defaults = (a = 1, b = a ? 2 : 3) => a + b
exports.given = (n) => { if (n) { n++ } else { n-- }; n ?? 3; n ||= 4; const { q = n ? 1 : 2 } = {}; return }
`,
  },
  {
    name: 'classes and accessors',
    arguments: some,
    code: `
class Base {}
class Part extends Base { y = 1; constructor(a) { super(); if (a) return; this.z = 2 } m() { if (this.z) throw 1; return 2 } }
exports.make = (x) => new Part(x)
exports.fails = () => new Part(0).m()
const thing = { get a() { return 1 }, set a(v) { if (v) return; v = 1 }, ['b' + 1]() { return 2 } }
exports.both = (x) => { thing.a = x; return thing.a }
exports.never = (x) => { if (x === 9) { return () => { function q() { return 1 } } } }
`,
  },
  {
    name: 'functions as arguments',
    arguments: some,
    code: `
const cache = (make) => (id) => make(id)
exports.find = cache(async (id) => { const found = await id; return found })
exports.list = () => [1, 2].map((n) => n + 1).filter(function (n) { return n > 1 })
const decorate = (decorators, target) => decorators.reduce((last, one) => one(last) || last, target)
class Photo {}
decorate([(type) => (target) => { type(target) }].map((make) => make(() => 1)), Photo)
exports.optional = (x) => exports.nothing?.(() => 1) ?? cache?.(() => x)(1)
`,
  },
  {
    // V8 names them after what stands behind them, unless something is called in between: `rel.a`.
    name: 'functions as arguments in front of an object',
    arguments: some,
    code: `
const rel = (type, inverse, options) => [type(), inverse(1), options.a ? options.a() : 0]
exports.both = () => rel(() => 1, (b) => b, { a: () => 2 })
exports.some = (x) => rel(() => x, (b) => { if (b) return x; return 1 }, {})
const cache = (make) => (id) => make(id)
exports.find = cache(async (id) => { const found = await id; return found }, { ttl: 1 })
class Photo {}
rel(() => Photo, (photo) => photo, { eager: true })
`,
  },
  {
    name: 'functions with bodies of all kinds in front of an object',
    arguments: some,
    code: `
const rel = (one, other, options) => [one(1), other(2), options.a]
const thing = { p: rel }
exports.single = (x) => rel(() => { x++ }, (b) => { return b }, { a: 1 })
exports.loops = (x) => thing.p(() => { for (const y of [x]) if (y) x++ }, function () { while (x-- > 0) ; }, { a: 1, b: (c) => c })
exports.errors = (x) => rel(() => { try { if (x) throw x } catch { return 1 } finally { x = 0 } }, () => { switch (x) { case 0: return 1; default: x++ } }, { a: 1 })
exports.classes = (x) => rel(() => class { y = x; static z = () => x }, (b) => new (class { constructor() { this.q = () => b } m() {} })(), { a: () => 1 })
exports.arms = (x) => rel((y) => x ? y : x && y, (y = x ? 1 : 2) => y ?? x, { a: 1 })
exports.inner = (x) => rel(() => [x].map((y) => y, { k: 1 }), () => rel(() => 1, () => 2, { l: () => 1 }), { a: 1 })
exports.waits = (x) => rel(async () => { await x; return x }, async (b) => await b, { a: 1 })
exports.delegates = (x) => rel(() => 1, async () => { for await (const y of [x]) y; Object(x) }, { a: 1 })
exports.awaits = (x) => rel(() => 1, async () => { for await (const y of [x]) y }, { a: 1 })
exports.between = (x) => rel(() => 1, async () => { for await (const y of [x]) { const z = await y } }, { a: 1 })
exports.caught = (x) => rel(async () => { try { await x } catch { x } finally { x } }, function* () { yield 1; const t = yield }, { a: 1 })
`,
  },
  {
    name: 'functions that are arms',
    arguments: some,
    code: `
exports.a = exports.f ? (a) => a : (b) => b
const options = { p: exports.f ? () => 1 : () => 2, q: exports.f || function () {} }
exports.b = (x) => (x || (() => 1)) && options.q
`,
  },
  {
    name: 'functions behind functions in parentheses',
    arguments: [],
    code: `
exports.a = exports.z || (function (a) { return a })
exports.b = exports.f || function (a) { return a }
var helper = (this && this.helper) || (Object.create ? (function (o, v) { o.d = v }) : function (o, v) { o['d'] = v })
exports.c = () => [(() => 1)(), (function () { return 2 })(), helper({}, 1)]
`,
  },
  {
    name: 'the ends of loops',
    arguments: [[], [1], [0, 1], [0, 1, 2]],
    code: `
exports.returns = (list) => { for (const x of list) { const y = x; if (y === 2) { return y } else if (y === 1 && !list) { x } if (x < 2) { y } } return 0 }
exports.continues = (list) => { for (const x in list) { if (x === '1') continue; if (list[x]) { x } } }
exports.within = (list) => { a: for (const x of list) { for (let j = 0; j < 3; j++) { if (j == 1) continue a; if (x == 2) break a } } }
exports.short = (list) => { for (const x of list) if (x) list.length; for (const x of list) { try { if (x) throw x } catch { x } } }
`,
  },
  {
    name: 'what is suspended',
    arguments: some,
    code: `
exports.first = async (x) => { await x; if (!x) return; await x }
exports.values = async (x) => { const a = await x; return await a + 1 }
exports.errors = async (x) => { try { await (x > 1 ? Promise.reject(x) : x); return 1 } catch { return 2 } finally { await 1 } }
exports.waiting = async (x) => { await new Promise(() => {}); x++; return 2 }
exports.each = async (x) => { for await (const q of [1, 2]) { if (q > x) break; q } for (const z of [1]) { if (z) continue; await z } while (true) { await 1; return 5 } }
const steps = function* () { try { yield 1; yield 2 } finally { yield 3 } }
exports.some = () => { const one = steps(); one.next(); one.return(4); one.next() }
exports.all = () => [...steps()]
`,
  },
]

/** As above, but equal only where calls are not tracked. */
export const PROGRAMS_WITHOUT_CALLS: readonly V8Program[] = [
  {
    name: 'arms that wait',
    arguments: some,
    code: `
exports.waits = async (x) => { x && await 1; if (x) return 1; const b = x ? await 2 : await 3; return (x ?? await 4) || await 5 }
exports.steps = function (x) { return [...inner(x)] }
const inner = function* (x) { x && (yield 1); const z = x ? yield 2 : yield 3; x ? yield* [1] : yield; yield* [3]; return z }
`,
  },
]
