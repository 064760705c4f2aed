import { describe, expect, test } from 'vitest'
import { componentParts } from '../../src/components/component-parts.ts'

/** The texts of the parts, and what their functions are called. */
function partsOf(text: string, kind: 'vue' | 'svelte') {
  const { markup, scripts } = componentParts(text, kind)
  const textOf = ({ end, start }: { start: number; end: number }): string => text.slice(start, end)
  return {
    scripts: scripts.map((one) => [textOf(one), one.isOfInstance, one.language]),
    markup: markup.map((one) => (one.name === undefined ? textOf(one) : `${one.name}: ${textOf(one)}`)),
  }
}

describe('Vue', () => {
  test('scripts, and what is evaluated in the template', () => {
    const text = `<!-- <script>no()</script> -->
<script lang="ts">a</script>
<script setup lang="tsx">b</script>
<script src="./x.ts"></script>
<template>
  <p id="x" v-if="a > b" :class="c" @click.prevent="d()" #row="{ e }" v-else .f="g">{{ h }}</p>
  <template v-for="i in j"><br/></template>
  <!-- {{ no }} -->
  {{ k }}
</template>
<style>a { color: v-bind(no) }</style>
<docs>{{ no }} <script>no</script></docs>
`
    expect(partsOf(text, 'vue')).toEqual({
      scripts: [
        ['a', false, 'ts'],
        ['b', true, 'tsx'],
      ],
      markup: [
        ...['v-if="a > b', ':class="c', '@click.prevent: @click.prevent="d()', '#row="{ e }', 'v-else'],
        ...['.f="g', ' h ', 'v-for="i in j', ' k '],
      ],
    })
  })

  test('a template in another language is nothing that can be read', () => {
    expect(partsOf('<template lang="pug">\np {{ a }}\n</template>', 'vue').markup).toEqual([])
  })

  test.each(['<template', '<template>{{ a', '<template><p :a="', '<script>', '<', '<template><p :a', '<!--'])(
    'what has no end: %s',
    (text) => expect(() => componentParts(text, 'vue')).not.toThrow(),
  )
})

describe('Svelte', () => {
  test('scripts, and what stands in braces', () => {
    const text = `<script module>a</script>
<script lang="ts">b</script>
{#snippet row(x)}<li class="a {x ? "}" : '{'}">{x.replace(/[}'"]/g, \`\${'}'}\`)}</li>{/snippet}
{#if c}<p {...d} on:click={e} onclick={() => { f() }} bind:value title="g">{@html '<script>'}</p>{:else if h}{/if}
<!-- {no} -->
{i /* } */}
<style>a { color: red }</style>
`
    expect(partsOf(text, 'svelte')).toEqual({
      scripts: [
        ['a', false, 'js'],
        ['b', true, 'ts'],
      ],
      markup: [
        ...[
          'row: #snippet row(x)',
          `class="a {x ? "}" : '{'}`,
          `x.replace(/[}'"]/g, \`\${'}'}\`)`,
          '#if c',
          '{...d',
        ],
        ...['on:click: on:click={e', 'onclick: onclick={() => { f() }', 'bind:value', "@html '<script>'"],
        ...[':else if h', 'i /* } */'],
      ],
    })
  })

  test('a script of the module by its older name', () => {
    expect(partsOf('<script context="module" lang="typescript">a</script>', 'svelte').scripts).toEqual([
      ['a', false, 'ts'],
    ])
  })

  test.each(['{', '{`${', "{'", '{/* ', '<p a={', '<p {', '<script>', '{a / b', '<p a="{'])(
    'what has no end: %s',
    (text) => expect(() => componentParts(text, 'svelte')).not.toThrow(),
  )
})
