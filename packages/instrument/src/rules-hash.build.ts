import { hashOfFiles } from './hash-of-files.ts'

/** Differs where another text may be made of a source, or its counters may stand for something else. */
export const RULES_HASH: string = hashOfFiles(new URL('.', import.meta.url))
