import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { defineConfig } from 'rolldown'
import { bundleLicenses, licensesFile } from '../../release/bundle-licenses.ts'
import { bundlePackage, fromSources } from '../../release/bundle-package.ts'
import { packed } from './src/writer/chunk.ts'

const PAGE = 'page.html'

/** In their order: what is narrow or printed comes last. */
const STYLES = [
  'colours',
  'frame',
  'controls',
  'overview',
  'rows',
  'source',
  'panel',
  'calls',
  'tests',
  'comparison',
  'help',
  'narrow',
  'print',
]

/** The page without what is recorded: the application in one file, which may run nothing else and load nothing at all. */
function applicationPage(script: string, licenses: string): string {
  const style = STYLES.map((name) =>
    readFileSync(new URL(`src/app/style/${name}.css`, import.meta.url), 'utf8'),
  )
    .join('')
    .replaceAll(/\s+/g, ' ')
  const [scriptHash, styleHash] = [script, style].map(
    (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  for (const [text, end] of [
    [script, '</script'],
    [script, '<!--'],
    [style, '</style'],
  ] as const)
    if (text.toLowerCase().includes(end))
      throw new Error(`The application has "${end}" in it, which would end it.`)
  const policy = [
    `default-src 'none'`,
    `script-src ${scriptHash}`,
    `style-src ${styleHash}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>tstrace</title>
<style>${style}</style>
</head>
<body>
<div id="app"><noscript>This page shows what tstrace has counted, and needs JavaScript for it. The same counts are in the listings beside it.</noscript></div>
<!--overview--><script type="application/octet-stream" id="licenses">${packed(JSON.stringify(licenses))}</script>
<script>${script}</script>
<!--chunks--></body>
</html>
`
}

const application = defineConfig({
  input: 'src/app/main.tsx',
  platform: 'browser',
  // Of questions and results only what a browser needs: nothing of them does anything by being there. What is left of
  // Node is looked for below.
  external: [/^node:/],
  treeshake: { moduleSideEffects: false },
  plugins: [
    fromSources(),
    bundleLicenses(),
    {
      name: 'application-page',
      generateBundle(_, bundle) {
        const chunk = bundle[PAGE]
        const licenses = bundle[licensesFile(PAGE)]
        if (chunk?.type !== 'chunk' || licenses?.type !== 'asset')
          throw new Error('The application was not bundled.')
        if (chunk.imports.length > 0) throw new Error(`No browser has ${chunk.imports.join(', ')}.`)
        chunk.code = applicationPage(chunk.code.trim(), String(licenses.source))
      },
    },
  ],
  output: { file: `dist/${PAGE}`, format: 'iife', minify: true },
})

/** What writes pages, and beside it what it writes them with. */
export default [bundlePackage(), application]
