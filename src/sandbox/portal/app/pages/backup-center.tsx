import { listAllItems, listVaults } from '../blades/backup.ts'
import { useHost } from '../host.ts'
import type { Command } from './command-bar.tsx'
import { CommandBar } from './command-bar.tsx'
import { useLoaded } from './loaded.ts'
import { vaultStart } from './resource-list.tsx'
import { SummaryTiles } from './summary-tiles.tsx'

/** The Overview of Backup center, which was there until it became Resiliency (portal-facts.md §6, §14). */
export function BackupCenter() {
  const host = useHost()
  const { navigate } = host
  const [{ vaults, items }, reload] = useBackupCounts()
  const commands: Command[] = [
    { name: 'Backup', icon: 'add', onPress: () => navigate({ page: 'start-configure-backup' }) },
    { name: 'Policy', icon: 'add', onPress: () => navigate(elsewhere('Start: Create Policy')) },
    { name: host.settings.traits.vaultCommand, icon: 'add', onPress: () => navigate(vaultStart(host)) },
    { name: 'Restore', icon: 'backup', onPress: () => navigate(elsewhere('Start: Restore')) },
    { name: 'Refresh', icon: 'refresh', onPress: reload },
    { name: 'Feedback', icon: 'feedback' },
  ]
  return (
    <div className="ext-overview">
      <CommandBar kind="menubar" commands={commands} />
      <ul aria-label="Filters" className="ext-pills">
        {['Datasource subscription == All', 'Datasource type == Azure Virtual machines', 'Vault location == All'].map(
          pill => (
            <li key={pill}>
              <button type="button">{pill}</button>
            </li>
          ),
        )}
      </ul>
      <SummaryTiles
        tiles={[
          { title: 'Jobs (last 24 hours)', figures: { Failed: 0, 'In progress': 0, Completed: 0 } },
          { title: 'Backup instances', figures: { 'Protection configured': items, 'Protection error': 0 } },
          { title: 'Vaults', figures: { 'Recovery Services vaults': vaults, 'Backup vaults': 0 } },
        ]}
      />
    </div>
  )
}

/** How many vaults there are, and how many machines they protect. */
export function useBackupCounts(): [counts: { vaults: number; items: number }, reload: () => void] {
  const { resourceManager, delays } = useHost()
  const [counts, reload] = useLoaded('vaults', async signal => {
    await delays.wait('list', signal)
    const [vaults, items] = await Promise.all([listVaults(resourceManager), listAllItems(resourceManager)])
    return { vaults: vaults.length, items: items.length }
  })
  return [counts.type === 'loaded' ? counts.value : { vaults: 0, items: 0 }, reload]
}

export const elsewhere = (title: string) =>
  ({ page: 'unknown', hash: `view/Elsewhere/${encodeURIComponent(title)}` }) as const
