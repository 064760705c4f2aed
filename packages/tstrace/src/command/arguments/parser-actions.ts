import type { Action, ActionClass, ActionConstructorOptions, ArgumentParser, Namespace } from 'argparse'

/** What an action does when its argument has been read. */
type Act = (action: Action, given: { parser: ArgumentParser; namespace: Namespace; value: unknown }) => void

/**
 * The actions of argparse that we use, under its names for them. Its own are functions made of text, which Node refuses
 * under `--disallow-code-generation-from-strings`.
 */
export const ACTIONS: ReadonlyMap<string | undefined, ActionClass> = new Map([
  [undefined, actionClass({}, store)],
  ['store', actionClass({}, store)],
  [
    'store_true',
    actionClass({ nargs: 0, const: true }, (action, given) => store(action, { ...given, value: true })),
  ],
  [
    'append',
    actionClass({}, (action, given) =>
      store(action, { ...given, value: [...(given.namespace[action.dest] ?? []), given.value] }),
    ),
  ],
  [
    'help',
    actionClass({ nargs: 0 }, (_, { parser }) => {
      parser.print_help()
      parser.exit()
    }),
  ],
  [
    'version',
    actionClass({ nargs: 0, help: "show program's version number and exit" }, (action, { parser }) => {
      process.stdout.write(`${(action as ActionConstructorOptions).version}\n`)
      parser.exit()
    }),
  ],
])

function store({ dest }: Action, { namespace, value }: Parameters<Act>[1]): void {
  namespace[dest] = value
}

/** A class whose instances are functions with properties, as the parser wants them. */
function actionClass(fixed: Partial<ActionConstructorOptions>, act: Act): ActionClass {
  return function ParserAction(given: ActionConstructorOptions): Action {
    const action = (parser: ArgumentParser, namespace: Namespace, value: unknown): void =>
      act(action as unknown as Action, { parser, namespace, value })
    const unset = { required: false, deprecated: false, nargs: undefined, default: undefined }
    const format_usage = (): string | undefined => given.option_strings[0]
    return Object.assign(action, { ...unset, ...given, ...fixed, format_usage }) as unknown as Action
  } as unknown as ActionClass
}
