import { Spinner } from '@fluentui/react-components'
import type { PropertiesBlade, Scope } from '../blades/declaration.ts'
import { useHost } from '../host.ts'
import { CellContent } from './cell.tsx'
import { useResource } from './found-resource.ts'
import { NotFound } from './not-found.tsx'

/** Label and value, one below the other, some with a link that opens a pane (portal-facts.md §6). */
export function Properties({ id, blade }: { id: string; blade: PropertiesBlade }) {
  const host = useHost()
  const [facts, reload] = useResource(id, resource => blade.read(resource, scope))
  const scope: Scope = { id, host, reload }
  if (facts.type === 'failed') return <NotFound id={id} message={facts.error.message} />
  if (facts.type === 'loading') return <Spinner className="ext-spinner ext-page" label="Loading..." />
  if (!facts.value) return <NotFound id={id} />
  return (
    <div className="ext-page">
      <dl className="ext-properties">
        {facts.value.map(({ label, value, change }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <CellContent cell={value} /> {change && <CellContent cell={change} />}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
