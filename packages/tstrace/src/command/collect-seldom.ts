/** Later versions may not know the setting any more, and would say so. */
const LATEST_V8 = 14

/**
 * For a process that answers one question and ends: what is read for it stays until then, and each of V8's looks for what can
 * be thrown away stops it. The room for what is new doubles from 1 MB after each; with this it is large after the first.
 */
export function collectSeldom(): void {
  if (Number.parseInt(process.versions.v8, 10) <= LATEST_V8)
    process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=32')
}
