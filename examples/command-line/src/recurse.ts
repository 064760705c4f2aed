export function recurse(level: number): void {
  console.log(`recurse(${level})`)
  if (level) {
    recurse(level - 1)
  }
}

export function notCalled(): void {
  console.log('This function is never called.')
}
