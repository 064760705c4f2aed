/** By this name `raw-trees` requires what the parser loads its addon with. */
export const ADDON = 'parser-addon'
