/** Name of a file that a temporary folder has from its beginning. Who cannot make a file there removes it instead. */
export const INTACT = 'intact'
