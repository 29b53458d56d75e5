import { useState } from 'react'
import { listVaults } from '../blades/backup.ts'
import { useHost } from '../host.ts'
import { groupOf } from '../resource-manager.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import { elsewhere } from './backup-center.tsx'
import { useLoaded } from './loaded.ts'

const machines = 'Azure Virtual machines'
const sources = [machines, 'Azure Disks', 'Azure Files (Azure Storage)', 'SQL in Azure VM', 'SAP HANA in Azure VM'].map(
  text => ({ key: text, text }),
)

/** What is to be protected, and in which vault (portal-facts.md §6.1). */
export function StartConfigureBackup() {
  return (
    <FormKit>
      <Start />
    </FormKit>
  )
}

function Start() {
  const { resourceManager, delays, navigate } = useHost()
  const { PickerField, Button } = useKit()
  const [source, setSource] = useState(machines)
  const [chosen, setChosen] = useState<string>()
  const [vaults] = useLoaded('vaults', async signal => {
    await delays.wait('form', signal)
    return listVaults(resourceManager)
  })
  const options = (vaults.type === 'loaded' ? vaults.value : []).map(({ id, name }) => ({
    key: id,
    text: name,
    group: groupOf(id),
  }))
  const vault = options.find(({ key }) => key === chosen)
  return (
    <div className="ext-form">
      <div className="ext-form-body">
        <p>Choose what you want to back up, and the vault that will keep the recovery points.</p>
        <PickerField
          label="Datasource type"
          required
          options={sources}
          selected={source}
          placeholder=""
          loading={false}
          onPick={setSource}
        />
        <PickerField
          label="Vault"
          required
          options={options}
          selected={vault?.key}
          placeholder="Select a vault"
          loading={vaults.type === 'loading'}
          onPick={setChosen}
        />
        {vault && <p>Resource group of the vault: {vault.group}</p>}
      </div>
      <div className="ext-footer">
        <Button
          text="Continue"
          primary
          disabled={!vault}
          onPress={() =>
            vault &&
            navigate(
              source === machines ? { page: 'configure-backup', vault: vault.key } : elsewhere('Configure backup'),
            )
          }
        />
        <Button text="Cancel" onPress={() => navigate({ page: 'home' })} />
      </div>
    </div>
  )
}
