import { useState } from 'react'
import { useHost } from '../host.ts'
import { FormKit } from '../wizard/form-kit.tsx'
import { useKit } from '../wizard/kit-context.ts'
import { elsewhere } from './backup-center.tsx'

const places = ['Azure', 'Azure Stack', 'On-premises'].map(text => ({ key: text, text }))
const machines = 'Virtual machine'
const kinds = [machines, 'Azure file share', 'SQL Server in Azure VM', 'SAP HANA in Azure VM'].map(text => ({
  key: text,
  text,
}))

/** Getting started > Backup of a vault: what is to be protected (learn.microsoft.com, "Back up Azure VMs in a Recovery Services vault"). */
export function BackupGoal({ id }: { id: string }) {
  return (
    <FormKit>
      <Goal id={id} />
    </FormKit>
  )
}

function Goal({ id }: { id: string }) {
  const { navigate } = useHost()
  const { PickerField, Button } = useKit()
  const [place, setPlace] = useState('Azure')
  const [kind, setKind] = useState(machines)
  const isKnown = place === 'Azure' && kind === machines
  return (
    <div className="ext-form">
      <div className="ext-form-body">
        <h3 className="ext-section">Backup goal</h3>
        <PickerField
          label="Where is your workload running?"
          options={places}
          selected={place}
          placeholder=""
          loading={false}
          onPick={setPlace}
        />
        <PickerField
          label="What do you want to backup?"
          options={kinds}
          selected={kind}
          placeholder=""
          loading={false}
          onPick={setKind}
        />
        <h3 className="ext-section">Step: Configure Backup</h3>
        <div>
          <Button
            text="Backup"
            primary
            onPress={() => navigate(isKnown ? { page: 'configure-backup', vault: id } : elsewhere('Configure backup'))}
          />
        </div>
      </div>
    </div>
  )
}
