import { resolve } from 'node:path'
import { shellCommands } from './shell-commands.ts'
import { type Place, programFile, shebangOf, textOf } from './started-program.ts'

/** What passes on to another program whatever stands behind its own arguments. */
const LAUNCHERS: ReadonlySet<string> = new Set([
  ...[
    'env',
    'nice',
    'nohup',
    'timeout',
    'setsid',
    'sudo',
    'doas',
    'setpriv',
    'unshare',
    'chroot',
    'stdbuf',
    'xargs',
  ],
  ...['ionice', 'time', 'exec', 'command', 'gosu', 'su-exec', 'runuser', 'dbus-run-session', 'xvfb-run'],
])

/** Those of them that run it as another user, without the variables, or where the folder of the run is not. */
const CUTTING: ReadonlySet<string> = new Set([
  ...['sudo', 'doas', 'setpriv', 'unshare', 'chroot', 'gosu', 'su-exec', 'runuser', 'su'],
])

const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'zsh', 'ksh', 'ash'])

/** Options with which Node runs no script. */
const NO_SCRIPT =
  /^(-v|--version|-h|--help|-c|--check|-i|--interactive|--v8-options|--completion-bash|--prof-process|--(run|build-|experimental-sea).*)$/

const CODE = /^(-e|-p|-pe|--eval|--print)$/

/** Options whose value is the next argument. */
const VALUED =
  /^(-r|-C|--(require|import|loader|experimental-loader|conditions|env-file|env-file-if-exists|input-type|title|inspect-port|icu-data-dir|redirect-warnings|trace-event-categories|test-name-pattern|test-reporter|test-reporter-destination|watch-path))$/

/** How deep shells are followed into one another. */
const DEEPEST = 5

/** What Node is to run, by whatever starts it. */
export interface NodeScripts {
  /** As they are called there. */
  readonly scripts: readonly string[]
  /** Whether there is one that runs in any case, if its program starts at all. */
  readonly isCertain: boolean
}

const NONE: NodeScripts = { scripts: [], isCertain: false }

/**
 * What a command has Node run, as far as that can be known before it runs: by Node itself, by a program that its arguments are
 * passed on to, by a script that says at its top who reads it, by a shell. Where a shell has more than one command it is not known
 * which of them run: then it is what could not be traced if it ran.
 *
 * @param words the program and its arguments
 */
export function nodeScripts(words: readonly string[], place: Place): NodeScripts {
  const text = shellText(words, place)
  if (text !== undefined) return scriptsOfShell(text, place)
  const script = scriptOf(words, place)
  return script === undefined ? NONE : { scripts: [script], isCertain: true }
}

/** As `nodeScripts`, of a text for a shell. */
export function scriptsOfShell(text: string, place: Place): NodeScripts {
  const { commands, isOne } = shellCommands(text)
  const [only = []] = commands
  if (isOne && place.depth < DEEPEST)
    return nodeScripts(only.slice(commandStart(only)), { ...place, depth: place.depth + 1 })
  return { scripts: lostIn(commands, place), isCertain: false }
}

/** The scripts of commands that nothing would come of. */
function lostIn(commands: readonly (readonly string[])[], given: Place): string[] {
  let { folder, isOther: isLost } = given
  return commands.flatMap((command): readonly string[] => {
    const [first, second = ''] = command
    if (first === 'cd') folder = resolve(folder, second)
    if (first === 'unset' || first === 'export') isLost ||= command.some(isVariable)
    const words = command.slice(commandStart(command))
    const isOther = isLost || isCut(command)
    const place = { ...given, folder, isOther, depth: given.depth + 1 }
    const text = place.depth < DEEPEST ? shellText(words, place) : undefined
    if (text !== undefined) return lostIn(shellCommands(text).commands, place)
    const script = isOther ? scriptOf(words, place) : undefined
    return script === undefined ? [] : [script]
  })
}

/** Where a command begins behind the variables that are set for it. */
function commandStart(words: readonly string[]): number {
  const start = words.findIndex((word) => !/^\w+=/.test(word))
  return start < 0 ? words.length : start
}

/** Whether a command takes away what its processes need to be traced. */
function isCut(words: readonly string[]): boolean {
  const [program = '', ...args] = words.slice(commandStart(words))
  const name = baseName(program)
  const cuts = (word: string): boolean =>
    isVariable(word) || (name === 'env' && /^(-|-\w*i\w*|--ignore-environment)$/.test(word))
  const isForbidden = args.some((word) => /^--(experimental-)?permission$/.test(word))
  return (
    CUTTING.has(name) ||
    words.some(cuts) ||
    (isForbidden && !args.some((word) => /^--allow-fs-write/.test(word)))
  )
}

/** Whether a word names or sets a variable that is needed, without what was in it. */
function isVariable(word: string): boolean {
  return (
    /^(--unset=)?(NODE_OPTIONS|TSTRACE_FOLDER)(=|$)/.test(word) &&
    !/\$\{?(NODE_OPTIONS|TSTRACE_FOLDER)/.test(word)
  )
}

/** What a command gives a shell to run. */
function shellText(words: readonly string[], place: Place): string | undefined {
  const [program = '', ...args] = words
  const name = baseName(program)
  const isShell = SHELLS.has(name)
  const code = args.findIndex((word) => /^-[a-z]*c$/.test(word))
  if (isShell || name === 'su') {
    if (code >= 0) return args[code + 1]
    const file = args.find((word) => !word.startsWith('-'))
    return isShell && file !== undefined ? textOf(resolve(place.folder, file)) : undefined
  }
  if (isNode(program) || LAUNCHERS.has(name)) return undefined
  const file = programFile(program, place)
  return file !== undefined && shebangOf(file).some((word) => SHELLS.has(baseName(word)))
    ? textOf(file)
    : undefined
}

function scriptOf(words: readonly string[], place: Place): string | undefined {
  const [program = '', ...args] = words
  if (isNode(program)) return scriptIn(args)
  if (LAUNCHERS.has(baseName(program))) {
    // Which may also be the name of a user.
    const at = args.findIndex((word, i) => isNode(word) && !isNode(args[i + 1] ?? ''))
    return at < 0 ? undefined : scriptIn(args.slice(at + 1))
  }
  const file = programFile(program, place)
  return file !== undefined && shebangOf(file).some(isNode) ? program : undefined
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
