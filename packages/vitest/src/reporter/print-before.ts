import { isForPeople, type Reporter } from '../vitest-versions.ts'

/**
 * Has reporters print failures and the tests' own summary behind something else, so that they are what one sees last. The
 * time that it takes is no part of the duration that they give.
 *
 * @param print does so, and is done when its promise is there
 */
export function printBefore(reporters: readonly Reporter[], print: () => Promise<void>): void {
  for (const reporter of reporters.filter(isForPeople)) {
    const { onFinished, onTestRunEnd } = reporter
    // Vitest 3 prints in the first, later ones in the second.
    if (onFinished) reporter.onFinished = behind(reporter, print, onFinished)
    else if (onTestRunEnd) reporter.onTestRunEnd = behind(reporter, print, onTestRunEnd)
  }
}

function behind<End extends (...args: never[]) => unknown>(
  reporter: Reporter,
  print: () => Promise<void>,
  end: End,
): (...args: Parameters<End>) => Promise<unknown> {
  return async (...args) => {
    const before = performance.now()
    await print()
    if (typeof reporter.start === 'number') reporter.start += performance.now() - before
    return end.apply(reporter, args)
  }
}
