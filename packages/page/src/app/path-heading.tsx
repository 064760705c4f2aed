import { shown } from './format.ts'
import { OVERVIEW } from './route.ts'

/** Where one is: the name of a source in its folder, and the way back to all of them. */
export function PathHeading({ path }: { readonly path: string }) {
  const parts = path.split('/')
  return (
    <h1>
      <a href={OVERVIEW}>Sources</a>
      <span aria-hidden="true"> / </span>
      <bdi>
        <span class="quiet">
          {shown(parts.slice(0, -1).join('/'))}
          {parts.length > 1 ? '/' : ''}
        </span>
        {shown(parts.at(-1) ?? '')}
      </bdi>
    </h1>
  )
}
