import type { Node } from 'oxc-parser'

/*
 * Functions that run elsewhere: what they are given to sends their text to a browser, or makes a worker of it, where nothing of
 * ours is. They keep their text, and count nothing.
 */

/** Methods of Playwright and Puppeteer that send the text of a function. */
const SENDERS = 'evaluate(?:Handle|All|OnNewDocument)?|addInitScript|waitForFunction'
/** Those of them that are given a selector in front. */
const SELECTING = String.raw`\$\$?eval`
/** WebdriverIO's and Selenium's, whose names others use, too. */
const EXECUTING = 'execute(?:Async)?(?:Script)?'

/** What few texts have, and is found sooner than calls are. */
const MAY_SEND = /evaluate|addInitScript|waitForFunction|\$eval|\.execute/

const SENDER = new RegExp(`^(?:${SENDERS}|${SELECTING})$`)
const EXECUTOR = new RegExp(`^${EXECUTING}$`)

const NAME = String.raw`([A-Za-z_$][\w$]*)\s*[,)]`
const GIVEN_BY_NAME = new RegExp(
  String.raw`(?:\.(?:${SENDERS})|\b(?:browser|driver)\.${EXECUTING})\(\s*${NAME}|\.${SELECTING}\([^()]*?,\s*${NAME}`,
  'g',
)

/** Whether the functions that a call is given are sent elsewhere as text, or `String` makes a text of them. */
export function sendsFunctions(callee: Node): boolean {
  if (callee.type === 'Identifier') return callee.name === 'String'
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier')
    return false
  const { name } = callee.property
  if (SENDER.test(name)) return true
  const { object } = callee
  return object.type === 'Identifier' && /^(?:browser|driver)$/.test(object.name) && EXECUTOR.test(name)
}

/** Names by which a text gives functions to what sends them. */
export function namesSent(source: string): ReadonlySet<string> {
  const names = new Set<string>()
  if (!MAY_SEND.test(source)) return names
  for (const [, first, second] of source.matchAll(GIVEN_BY_NAME)) names.add(first ?? second ?? '')
  return names
}

/** What `toString` is called of, if that is what a callee is. */
export function toldAsText(callee: Node): Node | undefined {
  if (callee.type !== 'MemberExpression' || callee.computed) return undefined
  const { name } = callee.property as { readonly name?: string }
  return name === 'toString' ? callee.object : undefined
}
