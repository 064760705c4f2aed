const cell = new Int32Array(new SharedArrayBuffer(4))

/**
 * Processor time this thread has used, in milliseconds. Unlike the clock on the wall it stands still while another
 * program has the processor; unlike the time of the process it leaves out compilation and garbage collection on
 * other threads, as a wall clock would on a machine that has processors to spare.
 */
export function threadTime(): number {
  // Linux books the time of a running thread only every few milliseconds, that of a sleeping one to the microsecond.
  Atomics.wait(cell, 0, 0, 1)
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
