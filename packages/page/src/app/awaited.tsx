/** Stands where something is going to be shown; or why it is not. */
export function Awaited({ error }: { readonly error: string | undefined }) {
  if (error !== undefined) return <p class="notice">{error}</p>
  return (
    <p class="notice" aria-busy="true">
      …
    </p>
  )
}
