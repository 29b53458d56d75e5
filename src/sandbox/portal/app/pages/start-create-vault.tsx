import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { useHost } from '../host.ts'
import { useVolatileId } from '../volatile-id.ts'
import { elsewhere } from './backup-center.tsx'

const kinds = [
  {
    title: 'Recovery Services vault',
    text: 'Holds backups of virtual machines, files and databases in virtual machines, and replicates machines.',
    route: { page: 'create', item: 'Microsoft.RecoveryServices' },
  },
  {
    title: 'Backup vault',
    text: 'Holds backups of disks, blobs and managed databases.',
    route: elsewhere('Create Backup vault'),
  },
] as const

/** The choice between the two kinds of vault (portal-facts.md §6). */
export function StartCreateVault() {
  const { navigate } = useHost()
  const [chosen, setChosen] = useState<(typeof kinds)[number]>()
  const heading = useVolatileId('heading')
  const name = useVolatileId('vault-type')
  return (
    <div className="ext-form">
      <div className="ext-form-body">
        <p>Vaults keep recovery points of what you protect. Which kind you need depends on what that is.</p>
        <h3 id={heading}>Vault type</h3>
        <div role="radiogroup" aria-labelledby={heading} className="ext-choices">
          {kinds.map(kind => (
            <label key={kind.title} className={kind === chosen ? 'ext-choice ext-choice-on' : 'ext-choice'}>
              <input
                type="radio"
                name={name}
                aria-label={kind.title}
                checked={kind === chosen}
                onChange={() => setChosen(kind)}
              />
              <span>
                <strong>{kind.title}</strong>
                <small>{kind.text}</small>
              </span>
            </label>
          ))}
        </div>
      </div>
      <div className="ext-footer">
        <Button appearance="primary" disabled={!chosen} onClick={() => chosen && navigate(chosen.route)}>
          Continue
        </Button>
        <Button onClick={() => navigate({ page: 'home' })}>Cancel</Button>
      </div>
    </div>
  )
}
