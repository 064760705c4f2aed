/** Reads a part of a recording as questions do, and prints the processor time that the process took. Arguments: which, and the file. */
const [part = '', file = ''] = process.argv.slice(2)

async function read(): Promise<void> {
  const { readRecording } = await import('@tstrace/results/recording')
  const recording = readRecording(file, { root: process.cwd() })
  const [version] = recording.versions()
  const context = recording.contexts().at(-1)
  if (!version || !context) throw new Error('there is nothing in it')
  const { path } = version
  if (part === 'a source') {
    const results = recording.results({ path: (other) => other === path, calls: false })
    if (results.testsOf(path, 3).length === 0) throw new Error('no test ran it')
    if (recording.text(version) === undefined) throw new Error('its text is not there')
  } else if (part === 'a test') {
    if (
      recording
        .results({ contexts: [context] })
        .of(context)
        .sources().length === 0
    )
      throw new Error('it ran nothing')
  } else {
    const results = recording.results(part === 'calls' ? { sources: false } : {})
    if (results.edges().length === 0) throw new Error('there are no calls')
  }
}

if (part !== 'start') await read()
const { system, user } = process.cpuUsage()
console.log((system + user) / 1000)

export {}
