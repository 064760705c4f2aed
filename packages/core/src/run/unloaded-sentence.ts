/** One sentence on sources that `include` names and nobody loaded; none where all of them have counts. */
export function unloadedSentence(included: number, counted: number): string[] {
  if (counted === included) return []
  const missing = included - counted
  const them = missing === 1 ? 'it' : 'them'
  return [
    `${missing} of ${included} sources that \`include\` names ${missing === 1 ? 'has' : 'have'} no counts: no test loaded ${them}, ` +
      `or nothing in ${them} runs. \`all\` or \`--all\` lists what no test loaded.`,
  ]
}
