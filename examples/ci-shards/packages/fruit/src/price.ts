export function total(cents: readonly number[]): number {
  let sum = 0
  for (const price of cents) {
    sum += price
  }
  return discounted(sum)
}

export function discounted(sum: number): number {
  if (sum > 1000) {
    return sum * 0.9
  }
  return sum
}

export function refund(): never {
  throw new Error('We give nothing back.')
}
