/** What passes on to another program whatever stands behind its own arguments. */
const LAUNCHERS: ReadonlySet<string> = new Set([
  ...['env', 'nice', 'nohup', 'timeout', 'setsid', 'sudo', 'doas', 'setpriv', 'unshare', 'chroot', 'stdbuf'],
  ...['ionice', 'time', 'exec', 'command', 'gosu', 'su-exec', 'runuser', 'dbus-run-session', 'xvfb-run'],
])

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash'])

/** Options with which Node runs no script. */
const NO_SCRIPT =
  /^(-v|--version|-h|--help|-c|--check|-i|--interactive|--v8-options|--completion-bash|--prof-process|--(run|build-|experimental-sea).*)$/

const CODE = /^(-e|-p|-pe|--eval|--print)$/

/** Options whose value is the next argument. */
const VALUED =
  /^(-r|-C|--(require|import|loader|experimental-loader|conditions|env-file|env-file-if-exists|input-type|title|inspect-port|icu-data-dir|redirect-warnings|trace-event-categories|test-name-pattern|test-reporter|test-reporter-destination|watch-path))$/

/**
 * What a command has Node run, as far as that can be known before it runs: Node itself, one that a program passes its
 * arguments on to, and a shell with one such command.
 *
 * @param words the program and its arguments
 * @returns the script as it is called there; undefined where no Node is started, or one that loads nothing
 */
export function nodeScript(words: readonly string[]): string | undefined {
  const [program = '', ...args] = words
  const name = baseName(program)
  if (isNode(program)) return scriptIn(args)
  if (SHELLS.has(name) && args[0] === '-c') return scriptOfShell(args[1] ?? '')
  if (!LAUNCHERS.has(name)) return undefined
  // Which may also be the name of a user.
  const at = args.findIndex((word, i) => isNode(word) && !isNode(args[i + 1] ?? ''))
  return at < 0 ? undefined : scriptIn(args.slice(at + 1))
}

/** As `nodeScript`, of a text for a shell. */
export function scriptOfShell(text: string): string | undefined {
  const words = simpleCommand(text)
  return words && nodeScript(words)
}

function scriptIn(args: readonly string[]): string | undefined {
  for (let at = 0; at < args.length; at++) {
    const word = args[at] as string
    if (NO_SCRIPT.test(word) || word === '-') return undefined
    if (CODE.test(word)) return /\b(require|import)\b/.test(args[at + 1] ?? '') ? word : undefined
    if (word === '--test') return word
    if (word === '--') return args[at + 1]
    if (!word.startsWith('-')) return word
    if (VALUED.test(word)) at++
  }
  return undefined
}

function isNode(word: string): boolean {
  return word === process.execPath || /^node(js)?$/.test(baseName(word))
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '')
}

/** A word, or a part of one in quotation marks, of which a shell makes nothing else. */
const PART = /[\w./:=,@%+~-]+|'[^']*'|"[^"\\$`]*"/y

/** The words of a text for a shell, without variables in front; undefined where it is more than one command. */
function simpleCommand(text: string): readonly string[] | undefined {
  const words: string[] = []
  let at = 0
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n') at++
    if (at === text.length) break
    let word: string | undefined
    for (PART.lastIndex = at; ; at = PART.lastIndex) {
      const [part] = PART.exec(text) ?? []
      if (part === undefined) break
      word = (word ?? '') + (/^['"]/.test(part) ? part.slice(1, -1) : part)
    }
    if (word === undefined) return undefined
    words.push(word)
  }
  const start = words.findIndex((word) => !/^\w+=/.test(word))
  return start < 0 ? undefined : words.slice(start)
}
