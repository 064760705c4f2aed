import { hashOfFiles } from '@tstrace/instrument/build'

/** Differs where what is made of a file between Jest and the user's transformer may be something else. */
export const OWN_HASH: string = hashOfFiles(new URL('..', import.meta.url))
