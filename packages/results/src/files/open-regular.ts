/*
 * Also beside the user's tests: modules come from the process itself, because tests mock modules.
 */
const { closeSync, constants, fstatSync, openSync, readSync, statSync } = process.getBuiltinModule('node:fs')

/** A file that is open for reading, and how many bytes it had then. */
export interface OpenFile {
  readonly descriptor: number
  readonly size: number
}

/**
 * Opens a regular file to read it. Names come from elsewhere, and may be those of pipes and devices, which block whoever
 * opens them, have no end, or do something when they are opened.
 *
 * @throws what the operating system says; an error `it is not a regular file`
 */
export function openRegular(path: string): OpenFile {
  refuseOthers(statSync(path))
  // Something else may have that name by now. Windows has neither such pipes nor such a flag.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(descriptor)
    refuseOthers(stat)
    return { descriptor, size: stat.size }
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}

/** Bytes read at a time. */
const PIECE = 2 ** 18

/**
 * Reads what an open file had when it was opened, and no more: what the kernel makes up has no size, and no end either. It
 * is closed afterwards.
 *
 * @param room for 256 kB, into which each piece is read: it holds until the next one. Default: each has memory of its own
 */
export function* piecesOfOpened({ descriptor, size }: OpenFile, room?: Buffer): Generator<Buffer, void> {
  try {
    for (let read = 0; read < size; ) {
      const most = Math.min(PIECE, size - read)
      const piece = room?.subarray(0, most) ?? Buffer.allocUnsafeSlow(most)
      const length = readSync(descriptor, piece)
      if (length === 0) return
      read += length
      yield piece.subarray(0, length)
    }
  } finally {
    closeSync(descriptor)
  }
}

function refuseOthers(stat: { isFile(): boolean }): void {
  if (!stat.isFile()) throw new Error('it is not a regular file')
}
