import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { dateChangelog, isDated } from '../../release/date-changelog.ts'
import { repositoryOf } from '../../release/pack-packages.ts'
import { sharedVersion } from '../../release/set-version.ts'
import { allWorkspaces, publishedPackages } from '../../release/workspaces.ts'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

const REPOSITORY = 'https://github.com/owner/name'
const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** A small house like this one: two packages, one of which needs the other, and an example. */
const house: Readonly<Record<string, string>> = {
  'package.json': json({
    name: 'house',
    private: true,
    repository: REPOSITORY,
    workspaces: ['packages/*', 'examples/*'],
    scripts: { build: 'node build.mjs' },
  }),
  'build.mjs':
    "import { mkdirSync, writeFileSync } from 'node:fs'\nmkdirSync('packages/core/dist', { recursive: true })\nwriteFileSync('packages/core/dist/index.js', '')\n",
  'CHANGELOG.md':
    '# Changelog\n\n## 0.2.0 (unreleased)\n\nNew: a roof.\n\n## 0.1.0 (2026-11-01)\n\nThe walls.\n',
  'packages/core/package.json': json({ name: '@house/core', version: '0.1.0', files: ['dist'] }),
  'packages/core/README.md': '# core\n',
  'packages/core/src/index.ts': '',
  'packages/a-door/package.json': json({
    name: 'a-door',
    version: '0.1.0',
    dependencies: { '@house/core': '0.1.0' },
  }),
  'examples/room/package.json': json({ name: 'room', private: true, devDependencies: { 'a-door': '0.1.0' } }),
}

async function command(name: 'prepare' | 'publish', tree: string, words: string[]): Promise<Outcome> {
  // Nothing is asked of a registry.
  const env = { npm_config_offline: 'true', npm_config_update_notifier: 'false' }
  return await runCommand(process.execPath, [join(root, `release/${name}.ts`), ...words], { cwd: tree, env })
}

const read = (tree: string, path: string): string => readFileSync(join(tree, path), 'utf8')

function packedManifest(tree: string, archive: string): Record<string, unknown> {
  const args = ['-xOzf', join(tree, 'release/packed', archive), 'package/package.json']
  return JSON.parse(execFileSync('tar', args, { encoding: 'utf8' }))
}

describe('one command prepares a release', () => {
  test('versions, changelog, lock file and archives', async () => {
    const tree = temporaryTree(house)
    const { output, status } = await command('prepare', tree, ['0.2.0'])
    expect(status, output).toBe(0)
    expect(output).toMatch(
      /house-core-0\.2\.0\.tgz: 3 files, 1 kB\n {2}README\.md\n {2}dist\/index\.js\n {2}package\.json\n/,
    )
    expect(output).toContain('push the tag v0.2.0')
    expect(sharedVersion(tree)).toBe('0.2.0')
    expect(read(tree, 'CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## 0\.2\.0 \(\d{4}-\d\d-\d\d\)\n\nNew: a roof\.\n\n## 0\.1\.0 \(2026/,
    )
    expect(read(tree, 'examples/room/package.json')).toContain('"a-door": "0.2.0"')
    const lock = JSON.parse(read(tree, 'package-lock.json'))
    expect(lock.packages['packages/a-door']).toMatchObject({
      version: '0.2.0',
      dependencies: { '@house/core': '0.2.0' },
    })
    expect(packedManifest(tree, 'house-core-0.2.0.tgz')).toMatchObject({
      version: '0.2.0',
      repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory: 'packages/core' },
      homepage: `${REPOSITORY}#readme`,
      bugs: `${REPOSITORY}/issues`,
      publishConfig: { access: 'public', provenance: true },
    })
    // What is committed says nothing of that.
    expect(read(tree, 'packages/core/package.json')).not.toContain('github')
  })

  test.each([
    ['no version', [], {}, 'Which version?'],
    ['what is no version', ['v0.2'], {}, '"v0.2" is no version'],
    ['an older version', ['0.0.9'], {}, '0.0.9 is older than 0.1.0'],
    [
      'nothing unreleased',
      ['0.2.0'],
      { 'CHANGELOG.md': '# Changelog\n' },
      'has 0 headings as "## 0.2.0 (unreleased)"',
    ],
    [
      'packages of several versions',
      ['0.2.0'],
      { 'packages/core/package.json': json({ name: '@house/core', version: '0.1.1' }) },
      'Packages have several versions: 0.1.1, 0.1.0.',
    ],
  ])('%s is refused, and nothing is changed', async (_what, words, files, message) => {
    const tree = temporaryTree({ ...house, ...(files as Record<string, string>) })
    const { output, status } = await command('prepare', tree, words)
    expect(output).toContain(`release: `)
    expect(output).toContain(message)
    expect(status).toBe(1)
    expect(read(tree, 'CHANGELOG.md')).not.toContain('## 0.2.0 (2')
    expect(read(tree, 'packages/a-door/package.json')).toContain('"version": "0.1.0"')
  })

  test('a package that fails its check is not packed', async () => {
    const failing = json({ name: '@house/core', version: '0.1.0', scripts: { lint: 'node -e "throw 1"' } })
    const tree = temporaryTree({ ...house, 'packages/core/package.json': failing })
    const { output, status } = await command('prepare', tree, ['0.2.0'])
    expect(output).toMatch(/release: npm run --silent lint in \S+packages\/core failed:/)
    expect(status).toBe(1)
    expect(existsSync(join(tree, 'release/packed/house-core-0.2.0.tgz'))).toBe(false)
  })
})

describe('publishing', () => {
  const prepared = {
    ...house,
    'CHANGELOG.md': '# Changelog\n\n## 0.1.0 (2026-11-01)\n\nThe walls.\n',
    'packages/core/dist/index.js': '',
  }

  test('goes through all packages, those that others need first', async () => {
    const { output, status } = await command('publish', temporaryTree(prepared), ['v0.1.0', '--dry-run'])
    expect({ output, status }).toEqual({ output: '@house/core@0.1.0\na-door@0.1.0\n', status: 0 })
  })

  test.each([
    ['another tag', { tag: 'v0.2.0' }, 'The tag v0.2.0 is not that of version 0.1.0'],
    [
      'a version without a date',
      { 'CHANGELOG.md': house['CHANGELOG.md']?.replace('2026-11-01', 'unreleased') },
      'has no date for 0.1.0',
    ],
    [
      'a repository that nobody has filled in',
      { 'package.json': house['package.json']?.replace(REPOSITORY, '') },
      '"repository" in package.json is empty',
    ],
    [
      'a repository that is no address',
      { 'package.json': house['package.json']?.replace(REPOSITORY, 'owner/name') },
      '"repository" in package.json is "owner/name"; it has to be as',
    ],
  ])(
    'is refused for %s',
    async (_what, { tag = 'v0.1.0', ...files }: Record<string, string | undefined>, message) => {
      const tree = temporaryTree({ ...prepared, ...(files as Record<string, string>) })
      const { output, status } = await command('publish', tree, [tag, '--dry-run'])
      expect(output).toContain(message)
      expect(status).toBe(1)
    },
  )
})

test('this house can be released: one version, one unreleased heading, a repository or none', () => {
  const version = sharedVersion(root)
  const own = new Set(publishedPackages(root).map(({ manifest }) => manifest.name))
  for (const { manifest } of allWorkspaces(root))
    for (const [name, wanted] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
      if (own.has(name))
        expect(`${manifest.name}: ${name} ${wanted}`).toBe(`${manifest.name}: ${name} ${version}`)
  const changelog = read(root, 'CHANGELOG.md')
  if (!isDated(changelog, version))
    expect(dateChangelog(changelog, '9.9.9', '2030-01-01')).toContain('## 9.9.9 (2030')
  expect(() => repositoryOf(JSON.parse(read(root, 'package.json')))).not.toThrow()
})
