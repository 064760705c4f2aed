import {
  code,
  type Draw,
  deeper,
  list,
  name,
  ownName,
  type Place,
  pick,
  type Rule,
  type Tokens,
} from './draw.ts'
import { classTokens, expression, functionTokens, inBrackets, logged, operand } from './expressions.ts'

/** A list of statements. */
function statements(draw: Draw, place: Place): Tokens {
  return list(draw, () => statement(draw, place), { most: place.depth > 0 ? 4 : 1, by: '' })
}

function statement(draw: Draw, place: Place): Tokens {
  if (place.depth <= 0) return code(logged(draw, place), ';')
  const all = [
    ...common,
    ...(place.returns ? returning : []),
    ...(place.loop ? jumping : []),
    ...(place.async ? waiting : []),
    ...(place.sloppy ? loose : []),
  ]
  return pick(draw, all)(draw, deeper(place))
}

/** The statement behind `if (…)` and the like. */
const branch: Rule = (draw, place) => (draw(2) === 0 ? block(draw, place) : code(logged(draw, place), ';'))
const block: Rule = (draw, place) => code('{', statements(draw, place), '}')
const looped = (place: Place): Place => ({ ...place, loop: true })

const common: readonly Rule[] = [
  (draw, place) => code(logged(draw, place), ';'),
  (draw, place) => code(logged(draw, place), ';'),
  (draw, place) => code('0 ,', expression(draw, place), ';'),
  (draw, place) => code('var', name(draw), '=', expression(draw, place), ';'),
  (draw, place) => code(pick(draw, ['let', 'const']), ownName(draw), '=', expression(draw, place), ';'),
  (draw, place) => code('var { a =', expression(draw, place), '} = { } ;'),
  (draw, place) => code('if', inBrackets(draw, place), branch(draw, place)),
  (draw, place) => code('if', inBrackets(draw, place), branch(draw, place), 'else', branch(draw, place)),
  (draw, place) =>
    code('if', inBrackets(draw, place), '; else if', inBrackets(draw, place), branch(draw, place)),
  (draw, place) =>
    code('for ( const a of [', expression(draw, place), ', 1 ] )', branch(draw, looped(place))),
  (draw, place) => code('for ( var b in { k :', expression(draw, place), '} )', branch(draw, looped(place))),
  (draw, place) => code('for ( let a = 0 ; fuel ( ) && a < 2 ; a ++ )', branch(draw, looped(place))),
  (draw, place) =>
    code('while ( fuel ( ) &&', expression(draw, place), ') {', statements(draw, looped(place)), 'break }'),
  (draw, place) =>
    code('do', branch(draw, looped(place)), 'while ( fuel ( ) && !', operand(draw, place), ') ;'),
  (draw, place) =>
    code(
      'switch',
      inBrackets(draw, place),
      '{ case',
      operand(draw, place),
      ':',
      statements(draw, place),
      'default :',
      statements(draw, place),
      '}',
    ),
  (draw, place) =>
    code('try', block(draw, place), 'catch ( e ) { log ( "c" , e ) ;', statements(draw, place), '}'),
  (draw, place) => code('try', block(draw, place), 'finally', block(draw, place)),
  (draw, place) => code('throw', operand(draw, place), ';'),
  (draw, place) => code('label :', block(draw, place)),
  (draw, place) => functionTokens(draw, place, [place.sloppy ? name(draw) : ownName(draw)]),
  (draw, place) => code(name(draw), '=', functionTokens(draw, place), ';'),
  (draw, place) => classTokens(draw, place, [ownName(draw)]),
  (draw, place) => block(draw, place),
]

const returning: readonly Rule[] = [
  (draw, place) => code('return', operand(draw, place), ';'),
  () => ['return', ';'],
]

const jumping: readonly Rule[] = [() => ['break', ';'], () => ['continue', ';']]

const waiting: readonly Rule[] = [
  (draw, place) =>
    code('for await ( const a of [', expression(draw, place), '] )', branch(draw, looped(place))),
  (draw, place) =>
    code('for await ( const { a =', expression(draw, place), '} of [ { } ] )', branch(draw, looped(place))),
]

const loose: readonly Rule[] = [
  (draw) => code('if (', pick(draw, ['0', '1']), ')', plainFunction(draw), 'else', plainFunction(draw)),
  plainFunction,
  (draw) => code('{', plainFunction(draw), '}'),
  (draw) => code('label :', plainFunction(draw)),
  (draw) => ['log', '(', 'typeof', name(draw), ')', ';'],
  () => ['log', '(', 'typeof', 'arguments', '[', '0', ']', ')', ';'],
]

function plainFunction(draw: Draw): Tokens {
  return [
    'function',
    pick(draw, ['a', 'b', 'c']),
    '(',
    pick(draw, ['', 'a']),
    ')',
    '{',
    'return',
    pick(draw, ['1', '"x"', '[2]']),
    '}',
  ]
}

/** What a program ends with: it calls what it has declared, so that something runs. */
const ending = code(
  'for ( const f of [ a , b , c ] ) try { log ( typeof f , f ?. ( 1 ) ?. x ) } catch ( e ) { log ( e ) }',
)

/** A whole module, or a script that is not strict. */
export function program(draw: Draw, kind: 'module' | 'script'): Tokens {
  const place: Place = {
    async: kind === 'module',
    generator: false,
    returns: false,
    loop: false,
    statements,
    sloppy: kind === 'script',
    depth: 5,
  }
  const names = ['var', 'a', ',', 'b', ',', 'c', ';']
  return kind === 'script'
    ? code(
        '( function (',
        pick(draw, ['a', 'a,b', '']),
        ') {',
        statements(draw, { ...place, returns: true }),
        ending,
        '} ) ( 1 ) ;',
      )
    : code(names, statements(draw, place), statements(draw, place), ending)
}
