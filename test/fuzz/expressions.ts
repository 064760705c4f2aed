import { code, type Draw, deeper, list, name, type Place, pick, type Rule, type Tokens } from './draw.ts'

const LEAVES = [
  '1',
  '.5',
  '"s"',
  '`t`',
  '/r/g',
  'null',
  'true',
  '0',
  '{}',
  '[]',
  'a',
  'b',
  'c',
  '2n',
  'undefined',
]

/** An assignment expression; what could be taken for a block or a declaration stands in brackets. */
export function expression(draw: Draw, place: Place): Tokens {
  if (place.depth <= 0) return leaf(draw)
  return pick(draw, place.async || place.generator ? suspending : expressions)(draw, deeper(place))
}

function leaf(draw: Draw): Tokens {
  const token = pick(draw, LEAVES)
  return token === '{}' ? ['(', '{', '}', ')'] : [token]
}

export const inBrackets: Rule = (draw, place) => code('(', expression(draw, place), ')')
export const logged: Rule = (draw, place) => code('log (', expression(draw, place), ')')
/** Something that a word may stand in front of without a blank. */
export const operand: Rule = (draw, place) =>
  pick<Rule>(draw, [
    inBrackets,
    leaf,
    logged,
    (draw, place) =>
      code(
        '[',
        list(draw, () => expression(draw, place), { most: 2 }),
        ']',
      ),
    (draw, place) => code('` ${', expression(draw, place), '} `'),
    (draw) => ['"', pick(draw, ['x', 'y']), '"'],
  ])(draw, deeper(place))

const wordOperator: Rule = (draw, place) =>
  code(
    '(',
    operand(draw, place),
    pick(draw, ['in', 'instanceof']),
    pick(draw, ['Object', '[1]', '({a:1})']),
    ')',
  )

const expressions: readonly Rule[] = [
  leaf,
  logged,
  inBrackets,
  operand,
  (draw, place) =>
    code(
      '(',
      operand(draw, place),
      pick(draw, ['&&', '||', '??', ',', '+', '-', '<', '==']),
      operand(draw, place),
      ')',
    ),
  (draw, place) =>
    code('(', operand(draw, place), '?', expression(draw, place), ':', expression(draw, place), ')'),
  wordOperator,
  (draw, place) => code('(', pick(draw, ['typeof', 'void', '!', '-']), operand(draw, place), ')'),
  (draw, place) => code('delete (', operand(draw, place), ') . x'),
  (draw, place) => code('(', name(draw), pick(draw, ['=', '??=', '||=']), expression(draw, place), ')'),
  (draw, place) => code('[ ... [', expression(draw, place), '] ]'),
  (draw, place) =>
    code(
      '( {',
      list(draw, () => property(draw, place), { most: 3 }),
      '} )',
    ),
  (draw, place) => arrow(draw, place),
  (draw, place) => code('(', arrow(draw, place), ') (', expression(draw, place), ')'),
  (draw, place) => code(name(draw), '?. (', expression(draw, place), ')'),
  (draw, place) => code('new (', classTokens(draw, place), ')', pick(draw, ['', '()']), '. x'),
  (draw, place) => code('(', functionTokens(draw, place), ') (', expression(draw, place), ')'),
  (draw, place) => code('log ( [ ...', generated(draw, place), '] . length )'),
]

const suspending: readonly Rule[] = [
  ...expressions,
  ...Array.from(
    { length: 6 },
    (): Rule => (draw, place) => {
      const awaits = place.async && (!place.generator || draw(2) === 0)
      if (awaits) return code('( await', operand(draw, place), ')')
      const delegate = draw(4) === 0
      if (delegate) return code('( yield * [', expression(draw, place), '] )')
      return draw(5) === 0 ? ['(', 'yield', ')'] : code('( yield', operand(draw, place), ')')
    },
  ),
]

function generated(draw: Draw, place: Place): Tokens {
  const inner = within(place, { async: false, generator: true })
  return code('( function * ( )', body(draw, inner), ') ( )')
}

function property(draw: Draw, place: Place): Tokens {
  const key = pick(draw, ['x', '"y"', '1'])
  switch (draw(5)) {
    case 0:
      return code('[', expression(draw, place), '] :', expression(draw, place))
    case 1:
      return code('get', key, '( )', body(draw, within(place, {})))
    case 2:
      return code(
        pick(draw, [['async'], ['*'], ['async', '*'], []]),
        key,
        '(',
        parameters(draw, place),
        ') { }',
      )
    default:
      return code(key, ':', expression(draw, place))
  }
}

/** A place in a function of its own. */
function within(
  place: Place,
  { async = false, generator = false }: { async?: boolean; generator?: boolean },
): Place {
  return { ...place, async, generator, returns: true, loop: false, depth: place.depth - 1 }
}

function arrow(draw: Draw, place: Place): Tokens {
  const async = draw(3) === 0
  const inner = within(place, { async })
  const head = draw(2) === 0 ? [name(draw)] : code('(', parameters(draw, place), ')')
  const inside = draw(2) === 0 ? body(draw, inner) : expression(draw, inner)
  return code('(', async ? ['async'] : [], head, '=>', inside, ')')
}

function parameters(draw: Draw, place: Place): Tokens {
  const plain: Place = { ...place, async: false, generator: false, depth: Math.min(place.depth, 1) }
  const own = ['a', 'b', 'c'].slice(0, draw(4))
  return own.flatMap((parameter, index) =>
    code(
      index > 0 ? [','] : [],
      pick<Tokens>(draw, [
        [parameter],
        [parameter],
        code(parameter, '=', expression(draw, plain)),
        ['[', parameter, ']', '=', '[', ']'],
      ]),
    ),
  )
}

export function functionTokens(draw: Draw, place: Place, called: Tokens = []): Tokens {
  const [async, generator] = [draw(3) === 0, draw(3) === 0]
  return code(
    async ? ['async'] : [],
    'function',
    generator ? ['*'] : [],
    called,
    '(',
    parameters(draw, place),
    ')',
    body(draw, within(place, { async, generator })),
  )
}

export function classTokens(draw: Draw, place: Place, called: Tokens = []): Tokens {
  const plain = { ...within(place, {}), returns: false }
  const derived = draw(3) === 0
  const members: Rule[] = [
    (draw) => code('x =', expression(draw, plain), ';'),
    (draw) => code('static', pick(draw, ['y', '#z']), '=', expression(draw, plain), ';'),
    (draw) => code('static {', plain.statements(draw, plain), '}'),
    (draw) => code('[', expression(draw, plain), '] =', expression(draw, plain), ';'),
    (draw) => code('get g ( )', body(draw, within(place, {}))),
    (draw) =>
      code(
        'async * m (',
        parameters(draw, place),
        ')',
        body(draw, within(place, { async: true, generator: true })),
      ),
  ]
  return code(
    'class',
    called,
    derived ? code('extends ( class { x =', expression(draw, plain), '} )') : [],
    '{',
    pick(draw, members)(draw, plain),
    draw(2) === 0
      ? code('constructor ( ) {', derived ? ['super', '(', ')', ';'] : [], logged(draw, plain), '}')
      : [],
    '}',
  )
}

function body(draw: Draw, place: Place): Tokens {
  return code('{ fuel ( ) ;', place.statements(draw, place), '}')
}
