/** What a text for a shell runs. */
export interface ShellCommands {
  /** Of each command its words, variables in front and what is not known before it runs (`$x`) as they stand there. */
  readonly commands: readonly (readonly string[])[]
  /** Whether it is one command and no more, which therefore runs. */
  readonly isOne: boolean
}

/** What may stand in front of a command. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', '}', 'fi', 'done', 'eval', 'builtin'],
])

const BLANK = /[ \t\r]+|\\\n|#[^\n]*/y
const REDIRECTION = /\d*(?:<<-?|>>|<>|[<>]&|>\||&>>?|[<>])[ \t]*/y
/** Of a word: one in single quotation marks, one in double ones, and what stands between such. */
const PART = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\;&|()<>`]+)/y

/** The commands of a text for a shell, those in `$(…)` too: near enough to see what runs, not to run it. */
export function shellCommands(text: string): ShellCommands {
  const commands: (readonly string[])[] = []
  const within: string[] = []
  let words: string[] = []
  let at = 0
  let isOne = true
  const matched = (expression: RegExp): RegExpExecArray | null => {
    expression.lastIndex = at
    const match = expression.exec(text)
    if (match) at = expression.lastIndex
    return match
  }
  const word = (): string | undefined => {
    let all: string | undefined
    for (let match = matched(PART); match; match = matched(PART)) {
      const [, single, double, escaped, plain] = match
      if (double !== undefined && /\$\(|`/.test(double)) within.push(double)
      if (double === undefined ? plain?.includes('$') : /[$`]/.test(double)) isOne = false
      all = (all ?? '') + (single ?? double?.replaceAll(/\\([$`"\\])/g, '$1') ?? escaped ?? plain ?? '')
    }
    return all
  }
  const end = (): void => {
    if (words.length > 0) commands.push(words)
    words = []
  }
  while (at < text.length) {
    if (matched(BLANK)) continue
    const [redirection = ''] = matched(REDIRECTION) ?? []
    const next = word()
    if (redirection.startsWith('<<')) at = endOfDocument(text, at, next ?? '')
    else if (redirection !== '') continue
    else if (next === undefined) {
      // At its end a line is no second command.
      if (text.slice(at).trim() !== '') isOne = false
      end()
      at++
    } else if (words.length === 0 && KEYWORDS.has(next)) isOne = false
    else words.push(next)
  }
  end()
  for (const inner of within) commands.push(...shellCommands(inner).commands)
  return { commands, isOne: isOne && commands.length === 1 }
}

/** Where a document ends that stands in the text, which is no command: behind the line that has its mark. */
function endOfDocument(text: string, from: number, mark: string): number {
  let line = text.indexOf('\n', from)
  while (line >= 0) {
    const end = text.indexOf('\n', line + 1)
    if (text.slice(line + 1, end < 0 ? undefined : end).trim() === mark) return end < 0 ? text.length : end
    line = end
  }
  return text.length
}
