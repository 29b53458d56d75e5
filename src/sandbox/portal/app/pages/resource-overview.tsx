import { Spinner } from '@fluentui/react-components'
import { WarningFilled } from '@fluentui/react-icons'
import type { OverviewBlade, Scope } from '../blades/declaration.ts'
import { useHost } from '../host.ts'
import { CommandBar } from './command-bar.tsx'
import { Essentials } from './essentials.tsx'
import { useResource } from './found-resource.ts'
import { NotFound } from './not-found.tsx'

/** The first page of a resource, as its type declares it. */
export function ResourceOverview({ id, blade }: { id: string; blade: OverviewBlade }) {
  const host = useHost()
  const [overview, reload] = useResource(id, resource => blade.read(resource, scope))
  const scope: Scope = { id, host, reload }

  if (overview.type === 'failed') return <NotFound id={id} message={overview.error.message} />
  if (overview.type === 'loaded' && !overview.value) return <NotFound id={id} />
  const details = overview.type === 'loaded' ? overview.value : undefined
  return (
    <div className="ext-overview">
      <CommandBar
        kind="toolbar"
        commands={details?.commands ?? [{ name: 'Refresh', icon: 'refresh', onPress: reload }]}
      />
      {!details && <Spinner className="ext-spinner" label="Loading..." />}
      {details?.warning && (
        <div className="fxc-infoBox-container fxc-infoBox-warning" role="status">
          <WarningFilled aria-hidden="true" />
          <span>{details.warning}</span>
        </div>
      )}
      {details && <Essentials facts={details.facts} />}
    </div>
  )
}
