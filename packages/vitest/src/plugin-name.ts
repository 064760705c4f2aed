/** Name of the plugin in the user's configuration; the transform has a longer one of its own. */
export const PLUGIN_NAME = 'tstrace'
