import type { SourceCounts, SourceVersion } from '@tstrace/results'
import { packSiteTable } from '@tstrace/results/internal'
import type { CountedTable, SourceData } from '../page-data.ts'
import type { PageMaterial } from './page-material.ts'

export function sourceData(material: PageMaterial, { hash, path }: SourceVersion): SourceData {
  const source = material.source(path, hash)
  return {
    ...('text' in source ? { text: source.text } : { textMissing: source.missing }),
    tables: material.tablesOf({ hash, path }).map((counted) => tableOf(material, counted)),
  }
}

function tableOf({ numberOf, results }: PageMaterial, source: SourceCounts): CountedTable {
  const contexts = results.recorded.ofSource(source)?.pack(numberOf)
  return {
    sites: packSiteTable(source.sites),
    counters: source.sites.counters,
    counted: [{ counts: [...source.counts], ...(contexts && { contexts }) }],
  }
}
