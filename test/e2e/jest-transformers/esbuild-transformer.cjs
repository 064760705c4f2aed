const { transformSync } = require('esbuild')

module.exports = {
  process(text, path) {
    const loader = /\.[jt]sx$/.test(path) ? 'tsx' : 'ts'
    const supported = { 'dynamic-import': false }
    const options = { supported, loader, format: 'cjs', target: 'es2022', sourcemap: true, sourcefile: path }
    const { code, map } = transformSync(text, options)
    return { code, map }
  },
}
