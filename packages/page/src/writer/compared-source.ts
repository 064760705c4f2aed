import { alignedLines, type CountedText } from '@tstrace/questions/diff'
import type { ComparedFunction, ComparedLine, ComparedSourceData } from '../comparison-data.ts'
import {
  type ComparisonMaterial,
  type DifferentLine,
  pairOf,
  type Side,
  type SourcePair,
} from './comparison-material.ts'

/** Says of a function of one recording where it is among those with calls; -1 for one without. */
export type FunctionPlace = (text: CountedText, index: number, side: Side) => number

export function comparedSource(
  material: ComparisonMaterial,
  place: number,
  functionPlace: FunctionPlace,
): ComparedSourceData {
  const { comparison } = material
  const source = material.sources[place] as SourcePair
  const texts = pairOf((side) => {
    const text = source[side] && comparison[side].text(source[side])
    return text === undefined ? null : text.replace(/^\uFEFF/, '')
  })
  const [before, after] = texts
  const isWhole = (!source.before || before !== null) && (!source.after || after !== null)
  return {
    texts: before === after ? [null, after] : texts,
    runs: isWhole ? alignedLines(before ?? '', after ?? '') : [],
    counts: pairOf((side) => {
      const { hash, path } = source[side] ?? { path: '', hash: '' }
      return source[side] ? [...comparison[side].results.lineCounts(path, hash)] : []
    }),
    missing: pairOf((side) =>
      source[side] ? comparison[side].results.missingLines(source[side].path, source[side].hash) : [],
    ),
    differences: source.lines.map((line) => lineOf(line, source, material)),
    functions: pairOf((side) => (source[side] ? functionsOf(source[side], side, functionPlace) : [])),
  }
}

function lineOf(line: DifferentLine, source: SourcePair, { placeOf }: ComparisonMaterial): ComparedLine {
  const lines = pairOf((side) => (line[side]?.owner.text === source[side] ? (line[side]?.unit.line ?? 0) : 0))
  const other = line[lines[1] > 0 ? 'before' : 'after']
  const isHere = other === undefined || (lines[0] > 0 && lines[1] > 0)
  if (isHere) return { lines, counts: line.counts }
  const signed = other === line.after ? other.unit.line : -other.unit.line
  return { lines, counts: line.counts, elsewhere: [placeOf(other.owner.text), signed] }
}

function functionsOf(text: CountedText, side: Side, placeOf: FunctionPlace): ComparedFunction[] {
  return text.functions.map(({ end, line, name }, index) => [
    name,
    line,
    end.line,
    text.callsOf(index),
    placeOf(text, index, side),
  ])
}
