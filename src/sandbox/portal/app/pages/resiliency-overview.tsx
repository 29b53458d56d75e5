import { useHost } from '../host.ts'
import { elsewhere, useBackupCounts } from './backup-center.tsx'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { SummaryTiles } from './summary-tiles.tsx'

/** The Overview of Resiliency: vaults are made under Manage > Vaults, not here (portal-facts.md §6). */
export function ResiliencyOverview() {
  const { navigate, settings } = useHost()
  const [{ vaults, items }, reload] = useBackupCounts()
  const commands: Command[] = [
    {
      name: settings.traits.protectCommand,
      icon: 'add',
      onPress: () => navigate({ page: 'start-configure-backup' }),
    },
    { name: 'Recover', icon: 'backup', onPress: () => navigate(elsewhere('Recover')) },
    { name: 'Refresh', icon: 'refresh', onPress: reload },
    { name: 'Feedback', icon: 'feedback' },
  ]
  return (
    <div className="ext-overview">
      <CommandBar kind="toolbar" commands={commands} />
      <h3>Plan, prepare and protect your resources</h3>
      <SummaryTiles
        tiles={[
          { title: 'Protected items', figures: { 'With backup': items, 'With replication': 0 } },
          { title: 'Protectable resources', figures: { Unprotected: 0 } },
          { title: 'Vaults', figures: { 'In all subscriptions': vaults } },
          { title: 'Security level', figures: { Excellent: 0, Fair: 0, Poor: 0 } },
        ]}
      />
    </div>
  )
}
