/*
 * Required first by a process, it stands in for an operating system that refuses with `REFUSE_CODE` what is to be written
 * below the path `REFUSE_BELOW`, or to a file whose name ends with it: full disks, quotas, read-only disks and limits, which
 * a test could only have as root.
 */
const fs = require('node:fs')
const { syncBuiltinESMExports } = require('node:module')

const { REFUSE_BELOW: below, REFUSE_CODE: code } = process.env
const refused = new Set()
let allowed = Number(process.env.REFUSE_AFTER ?? 0)

/** The first `REFUSE_AFTER` times nothing is refused. */
const isTime = () => allowed-- <= 0

function isRefused(place) {
  const path = String(place)
  return (
    path === below || path.startsWith(`${below}/`) || path.startsWith(`${below}.`) || path.endsWith(below)
  )
}

function refusal(call, path) {
  const error = new Error(`${code}: words of the system, ${call} '${path}'`)
  return Object.assign(error, { code, syscall: call, path, errno: -1 })
}

function isWriting(flags) {
  return typeof flags === 'string'
    ? /[wa+]/.test(flags)
    : (flags & (fs.constants.O_WRONLY | fs.constants.O_RDWR)) !== 0
}

// A disk that is full has room for a name; what cannot be opened at all is refused then.
const isFull = code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO'

const { openSync, writeSync, writeFileSync, mkdirSync, renameSync, closeSync } = fs
fs.openSync = (path, flags, ...rest) => {
  const isOurs = isWriting(flags) && isRefused(path)
  if (isOurs && !isFull && isTime()) throw refusal('open', path)
  const descriptor = openSync(path, flags, ...rest)
  if (isOurs) refused.add(descriptor)
  return descriptor
}
fs.closeSync = (descriptor) => {
  refused.delete(descriptor)
  return closeSync(descriptor)
}
fs.writeSync = (descriptor, ...rest) => {
  if (refused.has(descriptor) && isTime()) throw refusal('write', below)
  return writeSync(descriptor, ...rest)
}
fs.writeFileSync = (path, data, options) => {
  if ((typeof path === 'number' ? refused.has(path) : isRefused(path)) && isTime()) {
    // As a full disk does it: the file is there, with nothing in it.
    if (typeof path !== 'number' && isFull) closeSync(openSync(path, options?.flag ?? 'w'))
    throw refusal('write', path)
  }
  return writeFileSync(path, data, options)
}
fs.mkdirSync = (path, ...rest) => {
  if (isRefused(path) && isTime()) throw refusal('mkdir', path)
  return mkdirSync(path, ...rest)
}
fs.renameSync = (from, to) => {
  if (isRefused(to) && isTime()) throw refusal('rename', to)
  return renameSync(from, to)
}
syncBuiltinESMExports()
