import type { FunctionSite, Place } from '@tstrace/results'

/** Says of a function whether a place is in it; of some in source order, the last one is the innermost. */
export function isAround(place: Place): (one: FunctionSite) => boolean {
  return (one) => !comesAfter(one, place) && comesAfter(one.end, place)
}

export function comesAfter(place: Place, other: Place): boolean {
  return place.line > other.line || (place.line === other.line && place.column > other.column)
}
