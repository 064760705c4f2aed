import type { ComponentChildren } from 'preact'
import { OVERVIEW } from './route.ts'

/** Leads to what is shown first. */
export function Mark() {
  return (
    <a class="mark" href={OVERVIEW} aria-label="tstrace: overview">
      <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
        <rect class="h3" x="1" y="2" width="9" height="3" rx="1" />
        <rect class="h6" x="1" y="7.5" width="16" height="3" rx="1" />
        <rect class="h8" x="1" y="13" width="12" height="3" rx="1" />
      </svg>
      tstrace
    </a>
  )
}

interface ViewLinkProps {
  readonly href: string
  readonly isHere: boolean
  readonly children: ComponentChildren
}

export function ViewLink({ children, href, isHere }: ViewLinkProps) {
  return (
    <a href={href} aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  )
}
