import type { Plugin } from 'rolldown'
import { bundleAlone, bundlePackage } from '../../release/bundle-package.ts'
import { compiledFile } from '../../release/compiled-entries.ts'
import { ADDON } from './src/load/parser-addon.ts'

const guest = bundleAlone('src/start.ts', 'dist/guest.cjs', ['oxc-parser', 'oxc-transform'])
const parser = bundleAlone('src/load/bundled-parser.ts', 'dist/parser.cjs')
const rawTrees = bundleAlone('src/load/raw-trees.ts', 'dist/raw-trees.cjs')

/** The addon of the parser comes from the installed one, to whoever evaluates the rest. */
const addonElsewhere: Plugin = {
  name: 'addon-elsewhere',
  resolveId: (id) => (id === '../bindings.js' ? { id: ADDON, external: true } : undefined),
}

export default [
  bundlePackage({ 'module-hooks': 'src/load/module-hooks.ts' }),
  // What is required in front of a program shares nothing with it.
  bundleAlone('src/preload.ts', 'dist/preload.cjs'),
  // What tests start it from shares nothing with them.
  bundleAlone('src/starts.ts', 'dist/starts.cjs'),
  bundleAlone('src/native.ts', 'dist/native.cjs', ['oxc-parser', 'oxc-transform']),
  { ...guest, plugins: [guest.plugins, compiledFile()] },
  {
    ...parser,
    // Whoever evaluates it says from where it requires its addon.
    transform: { define: { 'import.meta.url': '""' } },
    plugins: [parser.plugins, compiledFile()],
  },
  { ...rawTrees, plugins: [addonElsewhere, rawTrees.plugins, compiledFile()] },
]
