interface TotalProps {
  readonly name: string
  readonly value: string
  readonly title?: string
  readonly class?: string
}

/** A number of all together, with its name. */
export function Total({ class: kind = '', name, title, value }: TotalProps) {
  return (
    <div class={kind}>
      <dt>{name}</dt>
      <dd title={title}>{value}</dd>
    </div>
  )
}
