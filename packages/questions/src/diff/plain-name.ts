/** A function's name without the lines in it, which change when anything above it does. */
export function plainName(name: string): string {
  return name.replaceAll(/(?<=<(?:anonymous|class)):\d+(?=>)|(?::\d+)+(?=\.|$)/g, '')
}
