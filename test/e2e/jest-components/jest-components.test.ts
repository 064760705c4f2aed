import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type JestProject, jestProject } from '../jest-project.ts'
import { COMPONENTS } from './where.ts'

/** What Vitest shows of a component is counted by hand. */
const OF_VITEST = new URL('../components/', import.meta.url)
const FIXTURE = new URL('./fixtures/', import.meta.url)
const PRESETS = { presets: [['@babel/preset-env', { targets: { node: 'current' } }]] }
const BABEL = ['babel-jest', PRESETS]

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
    2:   <button @click="up">{{ double }}</button>
    2:   <p v-if="n > 1">many</p>
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

/** The template of a component, in its text or in its listing. */
function templateOf(path: string): string {
  const text = readFileSync(new URL(path, OF_VITEST), 'utf8')
  return text.slice(text.search(/^ *<template>/m), text.search(/^ *<style/m)).trimEnd()
}

const LIST = `<script setup>
import { computed, ref } from 'vue'
const props = defineProps({ items: Array, title: String })
const count = ref(0)
const twice = computed(() => 2 * count.value)
const label = computed(() => 'many')
const increase = (by) => { count.value += by }
const never = () => { count.value = 0 }
</script>

`

const LIST_TEST = `const { createApp, nextTick } = require('vue')
const List = require('../src/List.vue').default
test('vue', async () => {
  const target = document.createElement('div')
  createApp(List, { items: ['a', 'four', 'c'] }).mount(target)
  for (let i = 0; i < 4; i++) {
    target.querySelector('button').click()
    await nextTick()
  }
  expect(target.innerHTML).toContain('many: 8')
})
`

/** A run of a component with the template of the one for Vitest. */
async function runList(comments: boolean): Promise<{ readonly listing: string; readonly stderr: string }> {
  const traced = project(true)
  traced.write('src/List.vue', `${LIST}${templateOf('fixtures/src/Counter.vue')}\n`)
  traced.write('test/a.test.js', LIST_TEST)
  traced.write('babel.config.cjs', `module.exports = ${JSON.stringify({ ...PRESETS, comments })}`)
  const { status, stderr } = await traced.jest(['--selectProjects', 'vue', '--coverage=false'])
  expect(status).toBe(0)
  return { listing: traced.read('coverage/tstrace/src/List.cover').replace(/ +$/gm, ''), stderr }
}

test('a template has the numbers that Vitest gives', async () => {
  const { listing, stderr } = await runList(true)
  expect(listing).toContain(templateOf('listings/Counter.cover'))
  expect(stderr).not.toContain('tstrace:')
})

test('a template that became code without comments is blank, and that is said', async () => {
  const { listing, stderr } = await runList(false)
  const template = templateOf('fixtures/src/Counter.vue').replace(/^(?=.)/gm, '       ')
  expect(listing).toContain(`    4: const increase = (by) => { count.value += by }\n`)
  expect(listing).toContain(template)
  expect(stderr).toMatch(/^tstrace: Templates of Vue components are not counted where .*$/m)
})
