/** How often a fault is made: `short` in every test run, `whole` in `npm run test:faults`. */
export function howMany({ short, whole }: { short: number; whole: number }): number {
  return process.env.TEST_FAULTS === 'whole' ? whole : short
}
