/** A listing without the marks that only `branches` puts into it. */
export function unmarkedListing(listing: string): string {
  return listing.replace(/^([ \d]{5})!/gm, (_, count: string) => count + (count.trim() === '' ? ' ' : ':'))
}
