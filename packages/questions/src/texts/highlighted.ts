import type { ScreenColors } from '@tstrace/results/screen'
import jsTokens from 'js-tokens'

type Paint = keyof ScreenColors

/** Words that a program is built of, those of TypeScript included. */
const KEYWORDS: ReadonlySet<string> = new Set(
  `abstract as async await break case catch class const continue debugger declare default delete do else enum export extends
  finally for from function get if implements import in instanceof interface is keyof let namespace new of override private
  protected public readonly return satisfies set static super switch this throw try type typeof using var void while with
  yield`.split(/\s+/),
)

const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity'])

/** Of what kind of token; what is not here stays as it is. */
const PAINTS: Readonly<Record<string, Paint>> = {
  StringLiteral: 'green',
  NoSubstitutionTemplate: 'green',
  TemplateHead: 'green',
  TemplateMiddle: 'green',
  TemplateTail: 'green',
  JSXString: 'green',
  RegularExpressionLiteral: 'magenta',
  NumericLiteral: 'magenta',
  SingleLineComment: 'dim',
  MultiLineComment: 'dim',
  HashbangComment: 'dim',
  JSXIdentifier: 'cyan',
}

/** A program in colours, each of which ends where its line does. */
export function highlighted(text: string, colors: ScreenColors, isJsx: boolean): string {
  const tokens = isJsx ? jsTokens(text, { jsx: true }) : jsTokens(text)
  let painted = ''
  for (const { type, value } of tokens) {
    const paint = type === 'IdentifierName' ? paintOfWord(value) : PAINTS[type]
    painted += paint ? value.split('\n').map(colors[paint]).join('\n') : value
  }
  return painted
}

function paintOfWord(word: string): Paint | undefined {
  if (KEYWORDS.has(word)) return 'cyan'
  return CONSTANTS.has(word) ? 'magenta' : undefined
}
