import { expect, test } from 'vitest'
import { type JestProject, jestProject } from '../jest-project.ts'
import { COMPONENTS } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const BABEL = ['babel-jest', { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }]

/** Two projects, because Svelte's components have to be modules of the engine. */
function project(isTraced: boolean): JestProject {
  const shared = { testEnvironment: 'jsdom', moduleFileExtensions: ['js', 'mjs', 'vue', 'svelte', 'json'] }
  return jestProject(COMPONENTS.jest[0], FIXTURE, {
    reporters: ['default', ...(isTraced ? ['tstrace/jest'] : [])],
    ...{ collectCoverage: true, coverageProvider: 'v8', coverageReporters: ['json'] },
    projects: [
      {
        ...shared,
        displayName: 'vue',
        testMatch: ['**/a.test.js'],
        testEnvironmentOptions: { customExportConditions: ['node'] },
        transform: { '\\.vue$': '@vue/vue3-jest', '\\.js$': BABEL },
      },
      {
        ...shared,
        displayName: 'svelte',
        testMatch: ['**/b.test.mjs'],
        testEnvironmentOptions: { customExportConditions: ['browser'] },
        extensionsToTreatAsEsm: ['.svelte'],
        transform: { '\\.svelte$': 'svelte-jester' },
      },
    ],
  })
}

function coverageOf({ folder, read }: JestProject): unknown {
  return JSON.parse(read('coverage/coverage-final.json').replaceAll(folder, ''))
}

test('components are counted behind vue-jest and svelte-jester, and their coverage stays', async () => {
  const modules = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }
  const plain = project(false)
  expect((await plain.jest([], { env: modules })).status).toBe(0)
  const traced = project(true)
  const { status, stderr } = await traced.jest([], { env: { ...modules, TSTRACE: '--trackcalls' } })
  expect(stderr).not.toContain('tstrace:')
  expect(status).toBe(0)
  expect(coverageOf(traced)).toEqual(coverageOf(plain))
  // Of its template vue-jest says nothing.
  expect(traced.read('coverage/tstrace/src/Counter.cover')).toBe(`       <script setup>
    1: import { computed, ref } from 'vue'
    1: const props = defineProps({ start: Number })
    1: const n = ref(props.start)
    2: const double = computed(() => n.value * 2)
    1: function up() {
    1:   n.value++
    1:   if (n.value > 5) {
>>>>>>     n.value = 0
         }
       }
       </script>
       
       <template>
         <button @click="up">{{ double }}</button>
         <p v-if="n > 1">many</p>
       </template>
`)
  expect(traced.read('coverage/tstrace/src/Hello.cover')).toBe(`       <script>
    1:   let { name } = $props()
    1:   let n = $state(0)
    1:   function up() {
    1:     n += 1
    1:     if (n > 5) {
>>>>>>       n = 0
           }
         }
       </script>
       
    2: <button onclick={up}>{name} {n}</button>
`)
  const calls = traced.read('coverage/tstrace/calls.txt')
  expect(calls).toContain('test.a.test.test("vue") -> src.Counter.up\n')
  expect(calls).toContain('test.b.test.test("svelte") -> src.Hello.up\n')
})
