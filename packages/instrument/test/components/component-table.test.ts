import { expect, test } from 'vitest'
import { componentSource, componentTable } from '../../src/components/component-table.ts'

const TEXT = `<script>
export const one = () => 1
</script>
<script setup>
import { ref } from 'vue'
const n = ref(one())
function one() {}
</script>
<template>
  <p
    :a="n"
    :b="[
      n,
    ]"
  >text</p>
</template>
`

test('two scripts are one table: what begins in the second is counted by a function of its own', () => {
  const { instance, sites } = componentSource(TEXT, 'src/A.vue')
  const names = sites.functions.map(({ line, name }) => `${line} ${name}`)
  expect(names).toEqual(['1 <module>', '2 one', '4 setup', '7 one:7'])
  const [module, , setup] = sites.functions
  expect(setup).toBe(instance)
  const owner = new Map(sites.lines.map(({ counters, line }) => [line, counters]))
  expect(owner.get(5)).toEqual([module?.counter])
  expect(owner.get(7)).toEqual([setup?.counter])
  expect(owner.get(6)).not.toEqual([module?.counter])
})

test('of a component that nobody has loaded each line with code counts', () => {
  const lines = componentTable(TEXT, 'src/A.vue')?.sites.lines.map(({ line, rule }) => `${line} ${rule}`)
  expect(lines).toEqual([
    ...[
      '2 statement',
      '2 arrow body',
      '5 definition',
      '6 statement',
      '7 definition',
      '11 template',
      '12 template',
    ],
    '13 template',
  ])
  expect(componentTable('<template>\n  <hr>\n</template>\n', 'src/A.vue')).toBeUndefined()
})

test('comments, ends and other ways of blocks are no code', () => {
  const text = [
    ...[
      '{#if a}',
      '{a}',
      '{:else}',
      '<b',
      '  onclick={() => {',
      '    // not yet',
      '    /* nor',
      '    now */',
    ],
    ...["    go('//x')", '  }}', '/>', '{/if}', '{:else if b}', '{/* none */}'],
  ].join('\n')
  const lines = componentTable(text, 'A.svelte')?.sites.lines.map(({ line }) => line)
  expect(lines).toEqual([1, 2, 5, 9, 13])
})

test('what the compiler of Vue takes away from its place counts with the instance, wherever it stands', () => {
  const macros = ['defineSlots<{ a: 1 }>()', 'const { a = 1 } = defineProps<{ a: 1 }>()', 'defineOptions({})']
  const { instance, sites } = componentSource(
    `<script setup lang="ts">\ngo()\n${macros.join('\n')}\ngo()\n</script>`,
    'A.vue',
  )
  const isOfInstance = sites.lines.map(({ counters: [counter] }) => counter === instance?.counter)
  expect(isOfInstance).toEqual([true, true, true, true, false])
})

test('what cannot be parsed says where it is in the component', () => {
  expect(() => componentTable('<script>\nlet = = 1\n</script>\n', 'src/A.vue')).toThrow(
    'Cannot parse src/A.vue:2:',
  )
})

test("a script of Svelte's instance has the name of the component", () => {
  expect(componentSource('<script>let a = 1</script>', 'src/my-list.svelte').instance?.name).toBe('my_list')
})

test('functions that the compiler of Vue copies are known by the properties that they become', () => {
  const text = `<script setup lang="ts">
const { a: b = () => 1 } = defineProps<{ a: () => number }>()
const other = withDefaults(defineProps<P>(), ({ list: () => [], 'no-more'() {} } as D))
defineEmits({ sent(payload) {} })
const model = defineModel({ default: () => 1, get(value) {} }), named = defineModel('size', { default: () => 1 })
defineExpose({ kept() {} })
defineOptions({ methods: { go() {} } })
const not = made({ list: () => [] })
</script>`
  const { copied, gone } = componentSource(text, 'A.vue')
  expect([...copied].map(([{ line }, path]) => `${line} ${path}`)).toEqual([
    ...['2 a', '3 list', '3 no-more', '4 sent', '5 modelValue.default', '5 size.default', '7 methods.go'],
  ])
  expect(gone.map(({ start }) => text.slice(0, start).split('\n').length)).toEqual([2, 3, 4, 7])
})
