import type { ReactElement } from 'react'
import type { BladeDeclaration } from '../blades/declaration.ts'
import { DeclaredList } from './list-blade.tsx'
import { Properties } from './properties-blade.tsx'
import { ResourceOverview } from './resource-overview.tsx'

/** The page that a declaration describes. */
export function DeclaredBlade({ id, blade }: { id: string; blade: BladeDeclaration }): ReactElement {
  const render = kinds[blade.kind] as (id: string, blade: BladeDeclaration) => ReactElement
  return render(id, blade)
}

const kinds: {
  [Kind in BladeDeclaration['kind']]: (id: string, blade: Extract<BladeDeclaration, { kind: Kind }>) => ReactElement
} = {
  overview: (id, blade) => <ResourceOverview id={id} blade={blade} />,
  list: (id, blade) => <DeclaredList id={id} blade={blade} />,
  properties: (id, blade) => <Properties id={id} blade={blade} />,
  page: (id, { content: Content }) => <Content id={id} />,
}
