import { Button, Spinner } from '@fluentui/react-components'
import { CheckmarkCircleFilled, ErrorCircleFilled } from '@fluentui/react-icons'
import { useEffect, useState } from 'react'
import type { Task } from '../host.ts'
import { useHost } from '../host.ts'
import type { Deployment, DeploymentOperation, ErrorDetail, Subscription } from '../resource-manager.ts'
import { groupOf, nameOf, subscriptionOf } from '../resource-manager.ts'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import type { Loaded } from './loaded.ts'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'
import { RouteLink } from './route-link.tsx'

interface Progress {
  deployment: Deployment
  /** Its display name. */
  subscription: string
  operations: DeploymentOperation[]
}

/** A deployment on its way, done or failed (portal-facts.md §7). */
export function DeploymentDetails({ id, item }: { id: string; item: string }) {
  const { carryOut, askPane } = useHost()
  const [progress, reload] = useProgress(id)
  if (progress.type === 'failed') return <NotFound id={id} message={progress.error.message} />
  const running = progress.type === 'loaded' && !isOver(progress.value.deployment)
  const name = nameOf(id)
  const remove = async () => {
    const text = `Delete '${name}' from the history? What it created stays.`
    const question = { type: 'confirm', title: 'Delete deployment', text, accept: 'Yes', decline: 'No' } as const
    if (await askPane(question)) await carryOut({ change: { method: 'DELETE', id }, texts: textsOf('delete', name) })
  }
  const cancel = async () => {
    await carryOut({ change: { method: 'POST', id: `${id}/cancel` }, texts: textsOf('cancel', name) })
    reload()
  }
  const commands: Command[] = [
    { name: 'Delete', icon: 'delete', disabled: running, onPress: () => void remove() },
    { name: 'Cancel', icon: 'cancel', disabled: !running, onPress: () => void cancel() },
    { name: 'Redeploy', icon: 'run' },
    { name: 'Download', icon: 'download' },
    { name: 'Refresh', icon: 'refresh', onPress: reload },
  ]
  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={commands} />
      {progress.type === 'loading' && <Spinner className="ext-spinner" label="Loading..." />}
      {progress.type === 'loaded' && item === 'overview' && <Overview {...progress.value} />}
      {progress.type === 'loaded' && item !== 'overview' && <Raw {...progress.value} item={item} />}
    </div>
  )
}

function textsOf(what: 'delete' | 'cancel', name: string): Task['texts'] {
  const [doing, done] = what === 'delete' ? ['Deleting', 'Deleted'] : ['Canceling', 'Canceled']
  return {
    running: { title: `${doing} deployment`, description: `${doing} deployment '${name}'...` },
    done: { title: `${done} deployment`, description: `${done} deployment '${name}'.` },
    failed: { title: `Failed to ${what} deployment`, description: `Deployment '${name}' is as it was.` },
  }
}

/** Reads again until the deployment is over, and shows what was read before meanwhile. */
function useProgress(id: string): [Loaded<Progress>, reload: () => void] {
  const { resourceManager, delays } = useHost()
  const [progress, setProgress] = useState<Loaded<Progress>>({ type: 'loading' })
  const [turn, setTurn] = useState(0)

  useEffect(() => {
    const stop = new AbortController()
    const naming = resourceManager.get<Subscription>(`/subscriptions/${subscriptionOf(id)}`)
    naming.catch(() => undefined)
    const follow = async (): Promise<void> => {
      const deployment = await resourceManager.get<Deployment>(id)
      const [{ displayName }, operations] = await Promise.all([naming, resourceManager.operations(id)])
      const value = { deployment, subscription: displayName, operations }
      stop.signal.throwIfAborted()
      setProgress({ type: 'loaded', value })
      if (isOver(deployment)) return
      await delays.wait('poll', stop.signal)
      return follow()
    }
    follow().catch((error: unknown) => {
      if (!stop.signal.aborted) setProgress({ type: 'failed', error: error as Error })
    })
    return () => stop.abort()
  }, [id, turn, resourceManager, delays])

  return [progress, () => setTurn(count => count + 1)]
}

const isOver = ({ properties }: Deployment) => /^(Succeeded|Failed|Canceled)$/.test(properties.provisioningState)

function Overview({ deployment, subscription, operations }: Progress) {
  const { navigate } = useHost()
  const { id, name, properties } = deployment
  const [resource] = properties.outputResources ?? []
  const done = properties.provisioningState === 'Succeeded'
  return (
    <>
      <Heading state={properties.provisioningState} />
      {properties.error && <Failure error={properties.error} />}
      <dl className="ext-deployment">
        <dt>Deployment name</dt>
        <dd>{name}</dd>
        <dt>Start time</dt>
        <dd>{properties.timestamp ? new Date(properties.timestamp).toLocaleString('en-US') : ''}</dd>
        <dt>Subscription</dt>
        <dd>
          <RouteLink route={{ page: 'resource', id: `/subscriptions/${subscriptionOf(id)}`, item: 'overview' }}>
            {subscription}
          </RouteLink>
        </dd>
        <dt>Correlation ID</dt>
        <dd>{properties.correlationId ?? ''}</dd>
        <dt>Resource group</dt>
        <dd>
          <RouteLink route={{ page: 'resource', id: id.replace(/\/providers\/.*$/i, ''), item: 'overview' }}>
            {groupOf(id)}
          </RouteLink>
        </dd>
      </dl>
      <h3>Deployment details</h3>
      <OperationTable operations={operations} />
      {done && (
        <>
          <h3>Next steps</h3>
          {resource && (
            <Button
              appearance="primary"
              onClick={() => navigate({ page: 'resource', id: resource.id, item: 'overview' })}
            >
              Go to resource
            </Button>
          )}
        </>
      )}
    </>
  )
}

function Heading({ state }: { state: string }) {
  if (state === 'Succeeded') {
    return (
      <div className="ext-verdict">
        <CheckmarkCircleFilled className="fxs-status-success" aria-hidden="true" />
        <h2>Your deployment is complete</h2>
      </div>
    )
  }
  if (state === 'Failed' || state === 'Canceled') {
    return (
      <div className="ext-verdict">
        <ErrorCircleFilled className="fxs-status-error" aria-hidden="true" />
        <h2>{state === 'Failed' ? 'Your deployment failed' : 'Your deployment was canceled'}</h2>
      </div>
    )
  }
  return (
    <div className="ext-verdict">
      <span className="ext-verdict-dots" aria-hidden="true">
        ...
      </span>
      <h2>Deployment is in progress</h2>
    </div>
  )
}

function Failure({ error }: { error: ErrorDetail }) {
  return (
    <div role="alert" className="fxc-infoBox-container fxc-infoBox-error">
      <span>
        {error.message} (Code: {error.code})
        {(error.details ?? []).map(detail => (
          <span key={detail.code}>
            <br />
            {detail.code}: {detail.message}
          </span>
        ))}
      </span>
    </div>
  )
}

function OperationTable({ operations }: { operations: DeploymentOperation[] }) {
  const { openPane } = useHost()
  const rows = operations.filter(({ properties }) => properties.targetResource)
  return (
    <table className="ext-grid" role="grid" aria-label="Deployment details">
      <thead>
        <tr>
          {['Resource', 'Type', 'Status', 'Operation details'].map(column => (
            <th role="columnheader" key={column}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, properties }) => (
          <tr key={id}>
            <td role="gridcell">
              <RouteLink route={{ page: 'resource', id: properties.targetResource?.id ?? '', item: 'overview' }}>
                {nameOf(properties.targetResource?.id ?? '')}
              </RouteLink>
            </td>
            <td role="gridcell">{properties.targetResource?.resourceType}</td>
            <td role="gridcell">{describeStatus(properties)}</td>
            <td role="gridcell">
              <button
                type="button"
                className="fxs-link"
                onClick={() => openPane({ type: 'stub', title: 'Operation details' })}
              >
                Operation details
              </button>
            </td>
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td role="gridcell" colSpan={4}>
              No results.
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

function describeStatus({ provisioningState, statusCode }: DeploymentOperation['properties']) {
  if (provisioningState === 'Succeeded') return 'OK'
  if (provisioningState === 'Failed') return statusCode ?? 'Failed'
  return 'Created'
}

/** Inputs, outputs or template as Resource Manager keeps them. */
function Raw({ deployment, item }: Progress & { item: string }) {
  const { resourceManager } = useHost()
  const [template] = useLoaded(`${deployment.id} ${item}`, async () =>
    item === 'template' ? resourceManager.template(deployment.id) : undefined,
  )
  const { parameters = {}, outputs = {} } = deployment.properties
  const value = { inputs: parameters, outputs, template: template.type === 'loaded' ? template.value : 'Loading...' }[
    item
  ]
  return <pre className="ext-code">{JSON.stringify(value ?? null, null, 2)}</pre>
}
