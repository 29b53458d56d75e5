import { Spinner } from '@fluentui/react-components'
import { useState } from 'react'
import type { BackupPolicy } from '../blades/backup.ts'
import { itemIdOf, listAllItems, putItem } from '../blades/backup.ts'
import { protectionOf } from '../blades/declarations/backup-item.ts'
import type { PaneAnswer } from '../host.ts'
import { useHost } from '../host.ts'
import type { Resource } from '../resource-manager.ts'
import { groupOf, subscriptionOf } from '../resource-manager.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import { Table } from './list-blade.tsx'
import { useLoaded } from './loaded.ts'
import { NotFound } from './not-found.tsx'

const subTypes = [
  { key: 'V1', text: 'Standard' },
  { key: 'V2', text: 'Enhanced' },
]

const schedules: Readonly<Record<string, string>> = {
  V1: 'Backs up once a day. Instant recovery snapshots are kept for 2 days.',
  V2: 'Backs up several times a day, also machines of trusted launch. Instant recovery snapshots are kept for 2 days.',
}

/** A policy, and the machines that get it (portal-facts.md §6.1). */
export function ConfigureBackup({ vault }: { vault: string }) {
  return (
    <FormKit>
      <Configure vault={vault} />
    </FormKit>
  )
}

function Configure({ vault }: { vault: string }) {
  const host = useHost()
  const { resourceManager, delays, navigate, askPane, setDirty } = host
  const { RadioField, PickerField, LinkButton, Button } = useKit()
  const [read] = useLoaded(vault, async signal => {
    await delays.wait('form', signal)
    const [found, policies] = await Promise.all([
      resourceManager.get<Resource>(vault),
      resourceManager.list<BackupPolicy>(`${vault}/backupPolicies`),
    ])
    return { found, policies }
  })
  const [subType, setSubType] = useState(host.settings.traits.policies === 'Standard' ? 'V1' : 'V2')
  const [picked, setPicked] = useState<string>()
  const [machines, setMachines] = useState<PaneAnswer>({})
  const [busy, setBusy] = useState(false)
  if (read.type === 'failed') return <NotFound id={vault} message={read.error.message} />
  if (read.type === 'loading') return <Spinner className="ext-spinner ext-page" label="Loading..." />

  const { found, policies } = read.value
  const options = policies
    .filter(({ properties }) => properties.backupManagementType === 'AzureIaasVM')
    .filter(({ properties }) => (properties.policyType ?? 'V1') === subType)
    .map(({ id, name }) => ({ key: id, text: name }))
  const policy = options.find(({ key }) => key === picked) ?? options[0]
  const chosen = Object.keys(machines)

  const add = async () => {
    const items = await listAllItems(resourceManager)
    const answer = await askPane({
      type: 'machines',
      subscription: subscriptionOf(vault),
      location: found.location,
      chosen,
      taken: items.flatMap(({ properties }) => properties.sourceResourceId ?? []),
    })
    if (!answer) return
    setDirty(true)
    setMachines(answer)
  }
  const remove = (id: string) => {
    const { [id]: _gone, ...others } = machines
    setMachines(others)
  }
  const enable = async () => {
    if (!policy) return
    setBusy(true)
    const words = { doing: 'Enabling backup', done: 'Backup enabled' }
    const results = await Promise.all(
      chosen.map(id => putItem(host, itemIdOf(vault, id), protectionOf(id, policy.key), words)),
    )
    setBusy(false)
    if (!results.every(Boolean)) return
    setDirty(false)
    navigate({ page: 'resource', id: vault, item: 'backup-items' })
  }

  return (
    <div className="ext-form">
      <div className="ext-form-body">
        <h3 className="ext-section">Policy</h3>
        <RadioField label="Policy sub type" options={subTypes} selected={subType} onPick={setSubType} />
        <PickerField
          label="Backup policy"
          required
          options={options}
          selected={policy?.key}
          placeholder="Select a policy"
          loading={false}
          onPick={setPicked}
        />
        <p>{schedules[subType]}</p>
        <h3 className="ext-section">Virtual machines</h3>
        <Table
          title="Virtual machines"
          columns={['Name', 'Resource Group']}
          empty="No virtual machines selected"
          rows={chosen.map(id => ({
            key: id,
            cells: [machines[id] ?? '', groupOf(id)],
            actions: [{ text: 'Remove', press: () => remove(id) }],
          }))}
        />
        <p>
          <LinkButton text="Add" onPress={() => void add()} />
        </p>
      </div>
      <div className="ext-footer">
        <Button
          text="Enable backup"
          primary
          disabled={!policy || chosen.length === 0 || busy}
          onPress={() => void enable()}
        />
        <Button text="Cancel" onPress={() => navigate({ page: 'resource', id: vault, item: 'overview' })} />
      </div>
    </div>
  )
}
