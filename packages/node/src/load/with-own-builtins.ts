import { ownBuiltins, type WithOwnBuiltins } from '@tstrace/core/program'

/** Does something at once with the builtins as they were when this process or thread began. */
export const withOwnBuiltins: WithOwnBuiltins = ownBuiltins()
