/*
 * `npm run release:publish -- v0.2.0`, run by the workflow for the tag: packs and publishes what was prepared. Words
 * behind the tag are handed to `npm publish`, as `--dry-run`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDated } from './date-changelog.ts'
import { npm } from './npm.ts'
import { packPackages, repositoryOf } from './pack-packages.ts'
import { sharedVersion } from './set-version.ts'
import { manifestAt } from './workspaces.ts'

function publish(root: string, [tag, ...words]: readonly string[]): void {
  const version = sharedVersion(root)
  if (tag !== `v${version}`) throw new Error(`The tag ${tag ?? '(none)'} is not that of version ${version}.`)
  if (!isDated(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version))
    throw new Error(`CHANGELOG.md has no date for ${version}. Run \`npm run release -- ${version}\` first.`)
  if (repositoryOf(manifestAt(root)) === undefined)
    throw new Error(
      '"repository" in package.json is empty: npm proves where a package comes from by it. Write the address of the repository there, as "https://github.com/owner/name".',
    )
  // What is no release yet must not become what people get who ask for none.
  const channel = version.includes('-') ? ['--tag=next'] : []
  for (const { archive, name } of packPackages(root)) {
    npm(root, ['publish', archive, ...channel, ...words])
    console.log(`${name}@${version}`)
  }
}

try {
  publish(process.cwd(), process.argv.slice(2))
} catch (error) {
  console.error(`release: ${(error as Error).message}`)
  process.exitCode = 1
}
