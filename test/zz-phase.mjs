import { readRecording } from '@tstrace/results/recording'
import { contextKey } from '@tstrace/results/internal'
let last = process.threadCpuUsage()
const tick = (n) => { const u = process.threadCpuUsage(last); console.log(((u.user+u.system)/1000).toFixed(1).padStart(7), n); last = process.threadCpuUsage() }
tick('load')
const r = readRecording('/tmp/h/D-work/rec/recording.counts', { root: '/tmp/h/D' })
tick('open')
const c = r.contexts(); tick('contexts')
for (const x of c) contextKey(x); tick('keys')
const v = r.versions(); tick('versions')
const res = r.results({ calls: false }); tick('results')
const ss = res.sources(); tick('sources()')
const all = ss.map(s => res.recorded.ofSource(s)); tick('ofSource')
let n = 0
for (const a of all) { const k = a.kept(); for (let i=0;i<k.rows;i++) k.visitContexts(i, () => { n += i }) }
tick('pairs ' + n)
