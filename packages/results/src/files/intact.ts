/** Name of a file that a temporary folder has from its beginning. Who cannot make a file there gives it another name. */
export const INTACT = 'intact'

/** How that begins; what the operating system said stands behind: `ENOSPC`. */
export const REFUSED = 'refused-'
