import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TstraceOptions } from '@tstrace/core'
import { BUILD, type TracedRun, transformHash } from '@tstrace/core/adapter'
import { ownMappings, type RawMap, withHiddenInsertions } from '@tstrace/instrument/maps'
import { componentKind, isBelow, withoutMark } from '@tstrace/instrument/source-file'
import { readSource } from '@tstrace/results/files'
import { cacheFolders, decideOnCaching } from '../vitest-module-cache.ts'
import type { ContainerResult, Vitest } from '../vitest-versions.ts'
import { PrintedFiles } from './beside-coverage.ts'
import type { Transform } from './inject-transform.ts'
import { IstanbulMaps } from './istanbul-maps.ts'
import { type ModulePlace, modulePlace } from './module-place.ts'
import { NotedModules } from './noted-modules.ts'

/** Nobody asks about the file that tstrace itself puts beside the tests. */
const OWN_FOLDER = fileURLToPath(new URL('.', import.meta.url))

/** The transform of a run: instruments the modules that are traced. */
export function moduleTransform(run: TracedRun, options: TstraceOptions, vitest: Vitest): Transform {
  const istanbul = new IstanbulMaps(vitest)
  const files = new PrintedFiles(vitest.vite)
  const isCovered = vitest.config.coverage?.enabled === true
  const name = markerName(options, isCovered)
  const noted = new NotedModules(cacheFolders(vitest), name)
  decideOnCaching(vitest, (id, text) => !isTracedIn(run, id) || !noted.has(id, text))
  const note = (path: string, id: string): void => {
    if (run.hasToComeAgain(path)) noted.add(id)
  }
  return {
    name,
    run(code, id, isPrinted) {
      const place = tracedPlace(id)
      if (!place) return undefined
      const { isAsked, path } = place
      if (run.isCountedBehind(path)) {
        if (isAsked && !isScriptOf(path, id)) return undefined
        istanbul.expect(id)
        return 'behind'
      }
      if (isAsked && !isTextOf(path, code)) return undefined
      // Before it is loaded nobody knows what is asked for, and so what is to be said of the file.
      if (isAsked) noted.add(id)
      const isSupposed = isPrinted ?? files.isSupposed(path)
      const made = run.instrument(path, code, files.compiler(isSupposed))
      note(path, id)
      if (!made) return undefined
      // Vite reads the names in a map as relative to the module.
      const map = { ...made.map, sources: [basename(path)] }
      if (!isCovered) return { code: made.code, map, sign: made.id }
      istanbul.expect(id)
      return {
        code: made.code,
        map: isSupposed ? map : hiding(map, code, made.code),
        sign: made.id,
        printed: {
          isSupposed,
          isSo: (result) => files.look(path, made.code, istanbul.takeGiven(id) ?? result),
        },
      }
    },
    leaves: (id) => istanbul.expect(id),
    runBehind(result, id) {
      const place = modulePlace(id)
      // A plugin may make something else of a file for a query of its own.
      if (!place || (place.isAsked && !isScriptOf(place.path, id))) return result
      const { code } = result
      const map = mapOf(result)
      const made = run.instrumentCompiled(place.path, { code, map: istanbul.takeMap(id, code) ?? map })
      note(place.path, id)
      if (!made) return result
      // What leads nowhere still does.
      const moved = map ? withHiddenInsertions(map, made.map.mappings, made.code) : result.map
      return { ...result, code: made.code, map: moved }
    },
  }
}

/** Whether there may be something to say of a module in Vitest's cache; gives the verdict on its file. */
function isTracedIn(run: TracedRun, id: string): boolean {
  const place = tracedPlace(id)
  if (!place) return false
  const { isAsked, path } = place
  return (isAsked && !isScriptOf(path, id)) || run.judgeCached(path)
}

/** Undefined for what nobody asks about. */
function tracedPlace(id: string): ModulePlace | undefined {
  const place = modulePlace(id)
  return place && !isBelow(OWN_FOLDER, place.path) ? place : undefined
}

/** Vue makes a module of its own of a script that is not plain JavaScript or TypeScript. */
function isScriptOf(path: string, id: string): boolean {
  return componentKind(path) === 'vue' && /[?&]vue&type=script&(?!src\b)/.test(id)
}

/**
 * The map of a text that nobody compiles, for coverage: its providers look up what we put in as they do all else, and each place by
 * the map that Vite makes of a text that has none.
 */
function hiding(map: RawMap, before: string, after: string): RawMap {
  const own = { ...map, mappings: ownMappings(before) }
  return withHiddenInsertions(own, map.mappings, after)
}

function mapOf({ map }: ContainerResult): RawMap | undefined {
  const parsed = (typeof map === 'string' && map !== '' ? JSON.parse(map) : map) as Partial<RawMap> | null
  return parsed?.mappings ? (parsed as RawMap) : undefined
}

/** Whether a text is that of a file. */
function isTextOf(path: string, text: string): boolean {
  try {
    return withoutMark(readSource(path)) === withoutMark(text)
  } catch {
    return false
  }
}

/** Everything that changes what the transform makes of a file stands in the name. */
function markerName(options: TstraceOptions, isCovered: boolean): string {
  return `tstrace@${BUILD.version}:${transformHash(options)}${isCovered ? ':covered' : ''}`
}
