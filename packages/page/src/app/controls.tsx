interface FilterProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A field that filters a list as one types. */
export function Filter({ label, onChange, value }: FilterProps) {
  return (
    <div class="filter">
      <label>
        <span class="hidden">{label}</span>
        <input
          type="search"
          data-filter
          placeholder={label}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
          // Browsers empty such a field then, and do not always say so.
          onKeyDown={({ key }) => key === 'Escape' && onChange('')}
          spellcheck={false}
          autocomplete="off"
        />
      </label>
      <kbd>/</kbd>
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly options: readonly (readonly [value: Value, words: string])[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** One of a few. */
export function Choice<Value extends string>({ label, onChange, options, value }: ChoiceProps<Value>) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {options.map(([option, words]) => (
        <button type="button" key={option} aria-pressed={option === value} onClick={() => onChange(option)}>
          {words}
        </button>
      ))}
    </div>
  )
}

interface HeadingProps<Column extends string> {
  readonly columns: readonly (readonly [column: Column, words: string])[]
  readonly by: Column
  readonly isDown: boolean
  readonly onSort: (order: { readonly by: Column; readonly isDown: boolean }) => void
  /** Columns of texts, which are sorted upwards first. */
  readonly texts: readonly Column[]
}

/** The head of a list that can be sorted. */
export function Heading<Column extends string>({ by, columns, isDown, onSort, texts }: HeadingProps<Column>) {
  return (
    <div role="rowgroup" class="head">
      <div role="row" class="row">
        {columns.map(([column, words]) => (
          <div
            role="columnheader"
            key={column}
            class={`col-${column}`}
            aria-sort={column === by ? (isDown ? 'descending' : 'ascending') : 'none'}
          >
            <button
              type="button"
              onClick={() =>
                onSort({ by: column, isDown: column === by ? !isDown : !texts.includes(column) })
              }
            >
              {words}
              <span aria-hidden="true">{column === by ? (isDown ? ' ↓' : ' ↑') : ''}</span>
            </button>
          </div>
        ))}
      </div>
    </div>
  )
}
