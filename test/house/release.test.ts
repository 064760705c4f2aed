import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { billOfMaterials } from '../../release/bill-of-materials.ts'
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

interface Named {
  readonly name: string
  readonly group?: string
}

/** Name and version of what is in a list of CycloneDX. */
const componentsOf = (bill: { components: { name: string; version: string }[] }): string[] =>
  bill.components.map(({ name, version }) => `${name}@${version}`).sort()

describe('the list of what is installed', () => {
  const entry = (version: string, needs: string[] = []) => ({
    version,
    license: 'MIT',
    dependencies: Object.fromEntries(needs.map((name) => [name, '*'])),
  })
  const locked = (packages: object): string => json({ name: 'house', lockfileVersion: 3, packages })

  test('has what the packages need, of what the lock file says, and nothing else', () => {
    const tree = temporaryTree({
      ...house,
      'package-lock.json': locked({
        '': { name: 'house', workspaces: ['packages/*'], devDependencies: { tool: '1' } },
        'packages/core': { name: '@house/core', ...entry('0.1.0', ['brick']) },
        'packages/a-door': {
          name: 'a-door',
          ...entry('0.1.0', ['@house/core', 'lock', 'clay']),
          devDependencies: { tool: '1' },
          peerDependencies: { wall: '1' },
        },
        'packages/a-door/node_modules/clay': entry('2.0.0'),
        'node_modules/@house/core': { resolved: 'packages/core', link: true },
        'node_modules/a-door': { resolved: 'packages/a-door', link: true },
        'node_modules/brick': {
          ...entry('1.1.0', ['clay', 'mold']),
          integrity: `sha512-${'A'.repeat(86)}==`,
        },
        'node_modules/brick/node_modules/mold': { ...entry('3.0.0', ['clay']), dev: true },
        'node_modules/clay': entry('1.0.0'),
        'node_modules/lock': { ...entry('1.2.3'), devOptional: true },
        'node_modules/tool': { ...entry('1.0.0', ['oil']), dev: true },
        'node_modules/oil': { ...entry('1.0.0'), dev: true },
        'node_modules/wall': { ...entry('1.0.0'), peer: true },
      }),
    })
    const bill = JSON.parse(billOfMaterials(tree))
    expect(componentsOf(bill)).toEqual([
      '@house/core@0.1.0',
      'a-door@0.1.0',
      'brick@1.1.0',
      'clay@1.0.0',
      'clay@2.0.0',
      'lock@1.2.3',
      'mold@3.0.0',
    ])
    const brick = bill.components.find(({ name }: { name: string }) => name === 'brick')
    expect(brick).toMatchObject({ licenses: [{ license: { id: 'MIT' } }], hashes: [{ alg: 'SHA-512' }] })
  })

  test('of this house has every dependency of its packages', () => {
    const listed = JSON.parse(billOfMaterials(root)).components.map(({ name, group }: Named) =>
      group ? `${group}/${name}` : name,
    )
    const needed = publishedPackages(root).flatMap(({ manifest }) => [
      manifest.name,
      ...Object.keys(manifest.dependencies ?? {}),
    ])
    expect(needed.filter((name) => !listed.includes(name))).toEqual([])
    expect(listed).not.toContain('vitest')
    expect(listed).not.toContain('@biomejs/biome')
  })
})

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
    // The package that brings the others brings the list of all.
    const args = ['-xOzf', join(tree, 'release/packed/a-door-0.2.0.tgz'), 'package/sbom.cdx.json']
    const bill = JSON.parse(execFileSync('tar', args, { encoding: 'utf8' }))
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'house', version: '0.2.0' } },
    })
    expect(componentsOf(bill)).toEqual(['@house/core@0.2.0', 'a-door@0.2.0'])
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
    'package-lock.json': json({
      lockfileVersion: 3,
      packages: {
        'packages/core': { name: '@house/core', version: '0.1.0' },
        'packages/a-door': { name: 'a-door', version: '0.1.0', dependencies: { '@house/core': '0.1.0' } },
      },
    }),
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
