import { CALLERS, EDGE, GLOBAL, MOST_EDGES, OFF_HEAP, SIGN } from '../runtime/constants.ts'
import { PREFIX } from './emitted-names.ts'
import { liveCode } from './live.ts'

/** What the helper at the end of a file has to know. */
export interface HelperInput {
  /** Name of the helper function; the others are called the same with a letter behind. */
  readonly name: string
  readonly id: string
  readonly path: string
  /** How many counters the file has. */
  readonly counters: number
  /** The counter of each function's entries, the module first. */
  readonly entries: readonly number[]
  readonly calls: boolean
  readonly live: boolean
  /** Whether the body keeps the names that V8 infers. */
  readonly keepNames: boolean
  readonly uses: ReadonlySet<'suspend' | 'delegate'>
  /** Names that the file binds for itself at its top, where `namesGlobals` says that it may be one that is used here. */
  readonly bound: ReadonlySet<string>
  /** The site table as JSON, where it has to travel with the code. */
  readonly table?: string | undefined
}

/*
 * The emitted helpers are hoisted function declarations at the end of the file: usable before the first
 * statement has run (import cycles, hoisted mock factories), in front of no directive. The counting one replaces
 * itself on its first call by one that returns the file's counters, which engines inline. What every file runs is in it alone, since
 * each process compiles each function that it calls, for each file.
 *
 * State that files share hangs on one global, made by whichever file comes first; `runtime/state.ts` says what is
 * in it.
 */

/** A call in the helper, as compilers leave it. */
const CALL = new RegExp(`\\b${PREFIX}[0-9a-f]+_*y\\(`)

/** Whether a text has been instrumented already, or was made by a compiler of one that has. */
export function isInstrumented(text: string): boolean {
  return text.includes(GLOBAL) && CALL.test(text)
}

/** The helper functions of one file, as one line of code. */
export function helperCode(input: HelperInput): string {
  const { bound, calls, counters, id, live, name, path, table, uses } = input
  const carried = table === undefined ? '' : `,table:${JSON.stringify(table)}`
  const file = `{__proto__:null,path:${JSON.stringify(path)},counts:new(s.Counters||s.Doubles)(${counters})${carried}}`
  const parts = [
    `function ${name}(){${stateOf(name, bound)}const a=s.files,f=a["${id}"]||(a["${id}"]=${file}),c=f.counts;` +
      `${calls ? `${name}i(s,f);` : ''}${name}=()=>c;return c}`,
    missingStateCode(name),
  ]
  if (calls) parts.push(callCode(input))
  if (live) parts.push(liveCode(name, id))
  if (uses.has('suspend')) parts.push(suspendCode(input))
  if (uses.has('delegate')) parts.push(delegateCode(input))
  return parts.join('')
}

/** Names of the global object: the first that a file has not for itself is used. */
const REALMS = ['globalThis', 'global', 'self', 'window'] as const

/** Whether a text may have names for itself that the helper uses: escapes can spell any. */
export function namesGlobals(source: string): boolean {
  return source.includes('globalThis') || source.includes(GLOBAL) || source.includes('\\u')
}

/*
 * Where there is a state, it is found by its own name: programs replace and delete all others. What they have of that name may
 * throw, or be no state.
 */
function stateOf(name: string, bound: ReadonlySet<string>): string {
  const realm = realmOf(bound)
  const named = bound.has(GLOBAL) ? `(${realm}).${GLOBAL}` : `typeof ${GLOBAL}==="undefined"?0:${GLOBAL}`
  return `let s;try{const k=${named};if(k.sign==="${SIGN}")s=k()}catch(e){}s=s||${name}y(${realm});`
}

/*
 * y: finds the state where an adapter has put it, although the program has something else of its name; or makes it, in a realm
 * that no adapter has prepared.
 */
function missingStateCode(name: string): string {
  return (
    `function ${name}y(g){const d=g.Object.defineProperty;` +
    `try{const k=g.Object.getPrototypeOf(g).${GLOBAL};if(k.sign==="${SIGN}")return k()}catch(e){}` +
    'const v={__proto__:null,files:{__proto__:null},Doubles:g.Float64Array},k=()=>v;' +
    `d(k,"sign",{__proto__:null,value:"${SIGN}"});` +
    `try{d(g,"${GLOBAL}",{__proto__:null,value:k,configurable:true,writable:true})}catch(e){}return v}`
  )
}

/* z: adds to a state what calls are tracked with, where neither an adapter nor another file has. */
function callStateCode(name: string): string {
  return (
    `function ${name}z(s,g){const M=g.Map,P=M.prototype;s.Integers=g.Int32Array;s.at=new g.Int32Array(${OFF_HEAP});` +
    's.next=1;s.edges=[new M];s.resumed=[new M];' +
    's.add=function(a,get,set,size){return function(l,k,n){let m=l[l.length-1];' +
    `if(a(size,m,[])>=${MOST_EDGES})l[l.length]=m=new M;a(set,m,[k,(a(get,m,[k])||0)+n])}}` +
    '(g.Reflect.apply,P.get,P.set,g.Object.getOwnPropertyDescriptor(P,"size").get);' +
    's.microtask=g.Promise.prototype.then.bind(g.Object.defineProperty(g.Promise.resolve(),"constructor",' +
    '{__proto__:null,value:void 0}));' +
    's.apply=g.Reflect.apply;s.iterator=g.Symbol.iterator;s.asyncIterator=g.Symbol.asyncIterator}'
  )
}

/**
 * An expression for the global object. A file with a `globalThis` of its own has it from a function in sloppy mode, or
 * else under another name; the last way, which some sites forbid, is for one that has them all.
 */
function realmOf(bound: ReadonlySet<string>): string {
  if (!bound.has('globalThis')) return 'globalThis'
  const others = REALMS.filter((name) => !bound.has(name))
  return [
    '(function(){return this})()',
    ...others.map((name) => `typeof ${name}==="object"&&${name}`),
    '(function(){}).constructor("return this")()',
  ].join('||')
}

/*
 * a: the cell that holds the number of the current function. b: the number of the file's function 0. q: the state. i: makes what
 * follows, as closures over constants of one function: engines read those without a check, if the arrays are too
 * large to live among the objects that the garbage collector moves (`notes/emitted-code.md`).
 * e: enters function i, which becomes the current one, and gives who was. x: leaves.
 * k: a function has another caller than at its last entry. Each caller has a place, given by the low bits of its
 * number: the entries so far are added to the one before and taken off the new one, so that in the end each has those
 * between its coming and its going. Who finds another in its place sends it to the map of edges.
 * o: notes the call of a function that is not made current. m: enters the module. n: the module goes on; a module that
 * fails has no `finally`, so the next microtask, which starts on an empty stack, clears the current function.
 */
function callCode({ bound, entries, name }: HelperInput): string {
  const [a, b, e, q, x] = ['a', 'b', 'e', 'q', 'x'].map((letter) => name + letter)
  const place = (caller: string): string => `i*${CALLERS}+(${caller}&${CALLERS - 1})`
  return (
    `var ${a},${b},${e},${q},${x};` +
    `function ${name}i(s,f){${q}=s;if(!s.at)${name}z(s,${realmOf(bound)});const c=f.counts,t=s.edges,r=f.entries||(f.entries=[${entries.join()}]);` +
    `if(!f.last){f.base=s.next;s.next+=r.length;f.last=new s.Integers(r.length+${OFF_HEAP});` +
    `f.callers=new s.Integers(r.length*${CALLERS});f.calls=new s.Doubles(r.length*${CALLERS})}` +
    `const y=s.at,z=f.base,h=f.last,w=f.callers,n=f.calls;${a}=y;${b}=z;` +
    `function k(i,p){const v=c[r[i]],j=${place('p')};n[${place('h[i]')}]+=v;if(w[j]!==p){` +
    `if(n[j]!==0){s.add(t,(z+i)*${EDGE}+w[j],n[j]);n[j]=0}w[j]=p}n[j]-=v;h[i]=p}` +
    `${e}=function(i){const p=y[0];y[0]=z+i;if(h[i]!==p)k(i,p);return p};${x}=function(p){y[0]=p}}` +
    `function ${name}o(i){${name}();${x}(${e}(i))}` +
    `function ${name}m(){${name}o(0);return ${name}n()}` +
    `function ${name}n(){const p=${a}[0],x=${a};x[0]=${b};${q}.microtask(function(){x[0]=0});return p}` +
    callStateCode(name)
  )
}

/*
 * s: the function is suspended, the one below becomes current. c: it is resumed, and gives who is below now. g: the
 * same for a generator, whose resumptions are counted. r: gives its first argument, the others having been evaluated, in a list where names are kept.
 */
function suspendCode({ keepNames, name }: HelperInput): string {
  const [a, b, q] = [`${name}a`, `${name}b`, `${name}q`]
  return (
    `function ${name}s(v,p){${a}[0]=p;return v}` +
    `function ${name}c(i){const p=${a}[0];${a}[0]=${b}+i;return p}` +
    `function ${name}g(i){const p=${name}c(i);` +
    `${q}.add(${q}.resumed,(${b}+i)*${EDGE}+p,1);return p}` +
    `function ${name}r(v){return ${keepNames ? '[v]' : 'v'}}`
  )
}

/*
 * w: what `for await` and `yield*` iterate. Its methods run with the delegating function as the current one and
 * suspend it afterwards: always where the result is awaited, else while the inner iterator has not ended. What is
 * not iterable is handed back, so that the engine raises its own error. An asynchronous loop over a synchronous iterator
 * awaits its closing even where it has no `return`; that it has none is then the last thing seen before.
 */
function delegateCode({ name }: HelperInput): string {
  return (
    `function ${name}w(o,a,r,s){if(o==null)return o;const S=${name}q,c=S.apply;let k=S.asyncIterator,h=a?o[k]:null;` +
    `if(h==null){k=S.iterator;h=o[k]}if(typeof h!=="function")return o;` +
    `function q(t,m,v,l){r();const x=c(m,t,l?[v]:[]);if(a||!(x&&x.done))s();return x}` +
    `function w(t,m){if(m==null){if(a&&k===S.iterator){r();s()}return m}` +
    `return function(v){return q(t,m,v,arguments.length)}}` +
    `return{[k]:function(){const t=c(h,o,[]),n=t.next;return{next:function(v){return q(t,n,v,arguments.length)},` +
    `get throw(){return w(t,t.throw)},get return(){return w(t,t.return)}}}}}`
  )
}
