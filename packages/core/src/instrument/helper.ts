import { GLOBAL } from '../runtime/constants.ts'

/** What the helper at the end of a file has to know. */
export interface HelperInput {
  /** Name of the helper function; the others are called the same with a letter behind. */
  readonly name: string
  readonly id: string
  readonly path: string
  /** How many counters the file has. */
  readonly counters: number
  /** How many functions the file has, the module included. */
  readonly functions: number
  readonly calls: boolean
  readonly uses: ReadonlySet<'suspend' | 'delegate'>
  /** The site table as JSON, where it has to travel with the code. */
  readonly table?: string
}

/*
 * The emitted helpers are hoisted function declarations at the end of the file: usable before the first
 * statement has run (import cycles, hoisted mock factories), in front of no directive. The counting one replaces
 * itself on its first call by one that returns the file's counters, which engines inline.
 *
 * State that files share hangs on one global, made by whichever file comes first; see `runtime/state.ts` for its
 * shape. The code is ES5 on purpose: no transformer touches it.
 */

/** The helper functions of one file, as one line of code. */
export function helperCode(input: HelperInput): string {
  const { calls, counters, id, name, path, table, uses } = input
  const carried = table === undefined ? '' : `,table:${JSON.stringify(table)}`
  const file = `{path:${JSON.stringify(path)},counts:new Float64Array(${counters})${carried}}`
  const parts = [
    `function ${name}(){var c=${name}f().counts;${name}=function(){return c};return c}`,
    `function ${name}f(){var g=globalThis,s=g.${GLOBAL}||Object.defineProperty(g,"${GLOBAL}",` +
      `{value:{files:{__proto__:null},at:0,next:1,edges:new Map,resumed:new Map},configurable:!0,writable:!0}).${GLOBAL};` +
      `return s.files["${id}"]||(s.files["${id}"]=${file})}`,
  ]
  if (calls) parts.push(callCode(input))
  if (uses.has('suspend')) parts.push(suspendCode(name))
  if (uses.has('delegate')) parts.push(delegateCode(name))
  return parts.join('')
}

/** Callers are remembered per function in this many places, by the low bits of the caller's number. */
const PLACES = 16

/*
 * e: enters function i. Who is below it on the call stack goes into a small cache of callers and their counts;
 * a caller that finds its place taken sends the one before it to the map of edges. o: the same for a function that
 * is not made current. x: leaves. m: enters the module; a module that fails has no `finally`, so the next
 * microtask, which starts on an empty stack, clears the current function.
 */
function callCode({ name, functions }: HelperInput): string {
  return (
    `function ${name}i(){var f=${name}f(),s=globalThis.${GLOBAL},b=f.base;` +
    `if(b===void 0){b=f.base=s.next;s.next+=${functions};` +
    `f.callers=new Int32Array(${functions * PLACES}).fill(-1);f.calls=new Float64Array(${functions * PLACES})}` +
    `var l=f.callers,n=f.calls,t=s.edges;` +
    `function k(i,j,p){if(n[j]>0){var q=(b+i)*67108864+l[j];t.set(q,(t.get(q)||0)+n[j])}l[j]=p;n[j]=1}` +
    `${name}e=function(i){var p=s.at,j=i<<4|p&15;if(l[j]===p)n[j]++;else k(i,j,p);s.at=b+i;return p};` +
    `${name}x=function(p){p<0||(s.at=p)};` +
    `${name}c=function(i){var p=s.at;s.at=b+i;return p};` +
    `${name}g=function(i){var p=s.at,q=(b+i)*67108864+p,r=s.resumed;r.set(q,(r.get(q)||0)+1);s.at=b+i;return p};` +
    `${name}s=function(v,p){s.at=p;return v}}` +
    `function ${name}e(i){${name}i();return ${name}e(i)}` +
    `function ${name}o(i){${name}x(${name}e(i))}` +
    `function ${name}m(){var p=${name}e(0),s=globalThis.${GLOBAL};Promise.resolve().then(function(){s.at=0});return p}` +
    `function ${name}x(){}function ${name}c(){}function ${name}g(){}function ${name}s(v){return v}`
  )
}

function suspendCode(name: string): string {
  return `function ${name}r(v){return v}`
}

/*
 * w: what `for await` and `yield*` iterate. Its methods run with the delegating function as the current one and
 * suspend it afterwards: always where the result is awaited, else while the inner iterator has not ended. What is
 * not iterable is handed back, so that the engine raises its own error.
 */
function delegateCode(name: string): string {
  return (
    `function ${name}w(o,a,r,s){var y=Symbol.iterator,z=Symbol.asyncIterator,k=a&&o!=null&&o[z]!=null?z:y,` +
    `h=o==null?o:o[k],d={};if(typeof h!=="function")return o;` +
    `function q(t,m,v,l){r();var x=l?m.call(t,v):m.call(t);if(a||!(x&&x.done))s();return x}` +
    `d[k]=function(){var t=h.call(o),n=t.next,e={next:function(v){return q(t,n,v,arguments.length)}};` +
    `["throw","return"].forEach(function(w){Object.defineProperty(e,w,{get:function(){var m=t[w];` +
    `return m==null?m:function(v){return q(t,m,v,arguments.length)}}})});return e};return d}`
  )
}
