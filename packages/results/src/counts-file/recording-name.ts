/** Name of the counts file in every output folder that has what its reports are about, and the texts of the sources. */
export const RECORDING = 'recording.counts'
