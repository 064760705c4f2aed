/** Name of the counts file in every output folder that has what its reports are about, and the texts of the sources. */
export const RECORDING = 'recording.counts'

/** Folder beside it with recordings of earlier runs that say more of some test files. */
export const KEPT_RECORDINGS = 'evidence'
