/** How often a fault is made, or in which rows: `short` in every test run, `whole` in `npm run test:faults`. */
export function howMany<Value = number>({ short, whole }: { short: Value; whole: Value }): Value {
  return process.env.TEST_FAULTS === 'whole' ? whole : short
}
