import { deflateSync } from 'node:zlib'
import { run, withTrailer } from './base-files.ts'

export const HEADER = 'tstrace-counts\t1\t{"project":"demo","base":""}'
const RUN = `run\t${JSON.stringify(run(1))}`
const SITES = '{"rules":["statement"],"lines":[[1,0,0,0,0]],"functions":[],"branches":[]}'
const DEEP = '['.repeat(100_000) + ']'.repeat(100_000)

interface Source {
  readonly path?: string
  readonly label?: string
  readonly hash?: string
  readonly counts?: string
  readonly sites?: string
}

/** A line of a source; path and label are JSON. */
export function source({
  counts = '[7]',
  hash = 'abc',
  label = '""',
  path = '"src/a.js"',
  sites = SITES,
}: Source): string {
  return `source\t${path}\t${label}\t${hash}\t${counts}\t${sites}`
}

function calls(rows: string): string {
  return `calls\t"src/a.js"\t""\t${rows}`
}

/** A counts file with these records, its last line right. */
export function file(...records: readonly string[]): Uint8Array {
  return withTrailer([HEADER, RUN, ...records].join('\n'))
}

/** The same with another head. */
export function headed(header: string, ...lines: readonly string[]): Uint8Array {
  return withTrailer([header, ...lines].join('\n'))
}

const withSites = (sites: string): Uint8Array => file(source({ sites: `{"rules":["statement"],${sites}}` }))
const withCounts = (counts: string): Uint8Array => file(source({ counts }))
const withPath = (path: string): Uint8Array => file(source({ path: JSON.stringify(path) }))
const withRun = (given: object): Uint8Array =>
  headed(HEADER, `run\t${JSON.stringify({ ...run(1), ...given })}`)

/** Of version 2, with a line of contexts, or with a text. */
const second = (...lines: readonly string[]): Uint8Array =>
  headed(HEADER.replace('\t1\t', '\t2\t'), RUN, ...lines)
const withContexts = (items: string, { file = '"a.test.js"', label = '""' } = {}): Uint8Array =>
  second(`contexts\t${label}\t""\t${file}\t${items}`, source({}))
const packed = (text: string | Uint8Array): string => deflateSync(text).toString('base64')
const withText = (hash: string, data: string): Uint8Array =>
  second(`text\t"src/a.js"\t${hash}\tdeflate\t${data}`, source({ hash }))

const NO_COUNT = 'line 3 has a count that is not a whole number from 0 to 2^53 - 1'
const NO_ROW = /sites\.\w+\[0\] is not a row of its kind/

/** Files that fit their last line and are made to do harm, and what is said of each. */
export const hostileFiles: readonly (readonly [name: string, bytes: Uint8Array, said: string | RegExp])[] = [
  ['absolute', withPath('/etc/passwd'), 'line 3 names the path "/etc/passwd", which is absolute'],
  ['drive', withPath('C:\\Windows\\a.js'), 'which is absolute'],
  ['share', withPath('\\\\host\\share'), 'which is absolute'],
  ['out-in-the-middle', withPath('src/../../../a.js'), 'which leads out of the project root'],
  ['out-by-backslash', withPath('src\\..\\..\\a.js'), 'which leads out of the project root'],
  ['only-out', withPath('../..'), 'which leads out of the project root'],
  ['dot', withPath('./a.js'), 'has an empty part or a lone dot'],
  ['nul', withPath('a.js\0.txt'), 'holds a NUL character'],
  ['no-path', withPath(''), 'which is empty'],
  ['long-path', withPath('x/'.repeat(20_000)), 'which is too long'],
  ['escape', withPath('/\u009b31m'), 'names the path "/\\x9b31m"'],
  ['no-text', file(source({ path: '7' })), 'line 3 has no path or no label'],
  ['deep-path', file(source({ path: DEEP })), 'line 3 has no path or no label'],
  ['own-label', file(source({ label: '"os=linux"' })), 'has a label that no run has: "os=linux"'],
  ['no-hash', file(source({ hash: '../../x' })), 'has no hash but "../../x"'],
  ['long-hash', file(source({ hash: 'a'.repeat(1000) })), 'has no hash but'],
  ['negative', withCounts('[-1]'), NO_COUNT],
  ['fraction', withCounts('[0.5]'), NO_COUNT],
  ['power', withCounts('[1e99]'), NO_COUNT],
  ['too-large', withCounts('[9007199254740992]'), NO_COUNT],
  ['endless-number', withCounts(`[${'9'.repeat(100_000)}]`), NO_COUNT],
  ['no-number', withCounts('[NaN]'), NO_COUNT],
  ['null', withCounts('[null]'), NO_COUNT],
  ['blank', withCounts('[1, 2]'), NO_COUNT],
  ['leading-zero', withCounts('[07]'), 'line 3 has a count that starts with 0'],
  ['no-list', withCounts('7'), 'line 3 has no counts'],
  ['too-few', withCounts('[]'), NO_ROW],
  ['counter', withSites('"lines":[[1,0,0,0,1]],"functions":[],"branches":[]'), NO_ROW],
  ['line-0', withSites('"lines":[[0,0,0,0,0]],"functions":[],"branches":[]'), NO_ROW],
  ['rule', withSites('"lines":[[1,0,1,0,0]],"functions":[],"branches":[]'), NO_ROW],
  ['function', withSites('"lines":[],"functions":[["f",1,0,1,0,9]],"branches":[]'), NO_ROW],
  ['branch', withSites('"lines":[],"functions":[],"branches":[["eval",1,0,1,0,[]]]'), NO_ROW],
  [
    'deep-row',
    withSites(`"lines":${DEEP},"functions":[],"branches":[]`),
    /row of its kind: something nested/,
  ],
  ['deep-sites', file(source({ sites: DEEP })), 'sites is not an object'],
  ['unclosed', file(source({ sites: '['.repeat(100_000) })), 'has a field that is not JSON'],
  [
    'prototype',
    withSites('"__proto__":{"x":1},"lines":[],"functions":[],"branches":[]'),
    'unknown key "__proto__"',
  ],
  ['twice', file(source({}), source({})), 'line 4 is not in order, or there twice: "src/a.js"'],
  [
    'unsorted',
    file(source({}), source({ path: '"a.js"' })),
    'line 4 is not in order, or there twice: "a.js"',
  ],
  ['unknown', file('eval\tprocess.exit(1)'), 'line 3 is of an unknown kind: "eval"'],
  ['fields', file(`${source({})}\tmore`), 'line 3 has 7 fields, not 6'],
  [
    'calls-twice',
    file(calls('[["f","","<event loop>",1,0],["f","","<event loop>",1,0]]')),
    'are not sorted, or twice',
  ],
  [
    'calls-unsorted',
    file(calls('[["g","","<event loop>",1,0],["f","","<event loop>",1,0]]')),
    'are not sorted',
  ],
  ['calls-number', file(calls('[["f","","<event loop>",1.5,0]]')), 'has no row of calls but'],
  [
    'calls-caller',
    file(calls('[["f","/etc/passwd","f",1,0]]')),
    'names the path "/etc/passwd", which is absolute',
  ],
  ['calls-nobody', file(calls('[["f","","f",1,0]]')), 'has a caller without a path'],
  ['calls-deep', file(calls(`[${DEEP}]`)), 'has no row of calls but something nested very deeply'],
  ['run-twice', headed(HEADER, RUN, RUN), 'the list of runs is not sorted by id, or has one twice'],
  ['run-late', file(source({}), RUN), 'line 4 is a run at the wrong place'],
  ['run-id', withRun({ id: '../../../../etc/passwd' }), 'line 2.id is not an id: "../../../../etc/passwd"'],
  ['run-shard', withRun({ shard: '3/2' }), 'line 2.shard is not a shard: "3/2"'],
  ['run-label', withRun({ label: 'b=1,a=2' }), 'line 2.label is not a label'],
  ['run-escape', withRun({ commit: '\u001b[2J' }), 'line 2.commit is not a short line'],
  ['run-key', withRun({ more: 1 }), 'line 2 has an unknown key "more"'],
  ['no-runs', headed(HEADER, source({})), 'line 2 has a label that no run has: ""'],
  [
    'base-out',
    headed('tstrace-counts\t1\t{"project":"demo","base":"../.."}', RUN),
    'is not a folder below the top',
  ],
  [
    'base-absolute',
    headed('tstrace-counts\t1\t{"project":"demo","base":"/etc"}', RUN),
    'is not a folder below the top',
  ],
  ['base-drive', headed('tstrace-counts\t1\t{"project":"demo","base":"C:x"}', RUN), 'is absolute'],
  ['no-header', headed('tstrace-counts\t1\t[]', RUN), 'the header is not an object'],
  ['no-version', headed('tstrace-counts\t1e0\t{}', RUN), 'line 1 has no version'],
  [
    'newer',
    headed('tstrace-counts\t3\t{}', RUN),
    'has version 3 of the counts format; this tstrace reads up to 2',
  ],
  ['context-kind', withContexts('["eval"]'), 'line 3 has a context of an unknown kind: "eval"'],
  ['context-items', withContexts('{"a":1}'), 'line 3 is not a list'],
  [
    'context-fields',
    second('contexts\t""\t""\t"a"', source({})),
    'line 3 does not have the fields of contexts',
  ],
  ['context-place', withContexts('["import"]', { file: '"/etc/passwd"' }), 'which is absolute'],
  [
    'context-label',
    withContexts('["import"]', { label: '"os=linux"' }),
    'has a label that no run has: "os=linux"',
  ],
  ['context-twice', withContexts('[[0,"a"],[1]]'), 'has a context that is not in order, or there twice'],
  ['context-unsorted', withContexts('[[0,"b"],[0,"a"]]'), 'has a context that is not in order'],
  [
    'context-late',
    second(source({}), 'contexts\t""\t""\t"a"\t["import"]'),
    'line 4 has contexts at the wrong place',
  ],
  ['context-kept', withContexts('[[0,"a"],[2,"b"]]'), 'has a context of an unknown kind: [2,"b"]'],
  ['context-titles', withContexts('[["hooks",7]]'), 'line 3 is not text but 7'],
  ['context-line', withContexts('[[0,"a",-1]]'), 'has no test but [0,"a",-1]'],
  ['context-state', withContexts('[[0,"a",0,{"state":"eval"}]]'), 'has a test whose "state" is "eval"'],
  ['context-key', withContexts('[[0,"a",0,{"__proto__":{}}]]'), 'has a test whose "__proto__" is {}'],
  ['context-said', withContexts('[[0,"a",0,[]]]'), 'has a test of which is said []'],
  ['context-deep', withContexts(`[${DEEP}]`), 'of an unknown kind: something nested very deeply'],
  ['overlap-alone', withContexts('[[0,"a"],["overlap",0]]'), 'has an overlap of less than two'],
  ['overlap-number', withContexts('[[0,"a"],["overlap",0,1]]'), 'has an overlap with 1'],
  ['overlap-itself', withContexts('[["overlap",["overlap",0,0],0]]'), 'unknown kind: ["overlap",0,0]'],
  [
    'overlap-place',
    withContexts('[["overlap",[["","../../.."],[0,"a"]],[0,"b"]]]'),
    'leads out of the project root',
  ],
  ['text-other', withText('abc', packed('other')), 'line 3 has another text than that of the hash "abc"'],
  ['text-unpacked', withText('abc', 'AAAA'), 'line 3 has a text that cannot be unpacked'],
  [
    'text-bomb',
    withText('abc', packed(Buffer.alloc(2 ** 26 + 1))),
    'line 3 has a text that cannot be unpacked',
  ],
  ['text-hash', withText('../x', packed('')), 'line 3 has no hash but "../x"'],
  ['text-fields', second('text\t"src/a.js"\tabc\tdeflate'), 'line 3 has 4 fields, not 5'],
  [
    'text-path',
    second('text\t"/etc/passwd"\tabc\tdeflate\t'),
    'names the path "/etc/passwd", which is absolute',
  ],
  [
    'text-twice',
    second(...['', ''].map(() => `text\t"src/a.js"\tabc\tnone\t`), source({})),
    'line 4 is not in order, or there twice: "src/a.js"',
  ],
  ['text-behind', second(source({}), 'text\t"src/a.js"\tabc\tnone\t'), 'line 4 is not in order'],
  ['text-early', file('text\t"src/a.js"\tabc\tdeflate\t'), 'line 3 is of an unknown kind: "text"'],
  ['foreign', Buffer.from('{"tstrace":1}\n'), 'is not a tstrace counts file'],
  ['empty', Buffer.alloc(0), 'is not a tstrace counts file'],
  ['endless-start', Buffer.alloc(1_000_000, 'x'), 'is not a tstrace counts file'],
  ['no-end', Buffer.from(`${HEADER}\n${RUN}\n`), 'the file is cut off'],
  ['behind-end', Buffer.concat([file(), Buffer.from('x')]), 'the file goes on behind its last line'],
  ['second-end', Buffer.concat([file(), file()]), 'stands behind the last line'],
  [
    'hash',
    Buffer.from(`${HEADER}\nend\t1\t${'0'.repeat(64)}\n`),
    'its last line does not fit the lines before it',
  ],
]
