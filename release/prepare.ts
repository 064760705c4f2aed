/*
 * `npm run release -- 0.2.0`: the next version in every manifest, in the lock file and in the changelog; all packages
 * built, checked and packed. Nothing is committed, and nothing leaves the machine.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dateChangelog } from './date-changelog.ts'
import { npm } from './npm.ts'
import { packPackages, repositoryOf } from './pack-packages.ts'
import { setVersion } from './set-version.ts'
import { manifestAt } from './workspaces.ts'

function prepare(root: string, version: string | undefined): void {
  if (version === undefined) throw new Error('Which version? As in `npm run release -- 0.2.0`.')
  const repository = repositoryOf(manifestAt(root))
  const path = join(root, 'CHANGELOG.md')
  const changelog = dateChangelog(readFileSync(path, 'utf8'), version, new Date().toISOString().slice(0, 10))
  setVersion(root, version)
  writeFileSync(path, changelog)
  npm(root, [
    'install',
    '--package-lock-only',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ])
  npm(root, ['run', '--silent', 'build'])
  for (const { archive, bytes, files } of packPackages(root)) {
    console.log(`${archive.slice(root.length + 1)}: ${files.length} files, ${Math.ceil(bytes / 1024)} kB`)
    for (const file of files) console.log(`  ${file}`)
  }
  console.log(
    `\nVersion ${version} is prepared. Read the changes, then commit them and push the tag v${version}.`,
  )
  if (repository === undefined)
    console.log('Before it can be published, "repository" in package.json has to say where the sources are.')
}

try {
  prepare(process.cwd(), process.argv[2])
} catch (error) {
  console.error(`release: ${(error as Error).message}`)
  process.exitCode = 1
}
