import { Option, type Command } from 'commander'
import type { SandboxOptions } from '../sandbox/sandbox.ts'
import { driftNames, driftSwitches, eras, type DriftName, type Era } from '../sandbox/portal/traits.ts'
import { UserError } from './user-error.ts'

/** What `run`, `watch` and `sandbox` are told of the sandbox's portal. */
export interface PortalOptions {
  portalEra?: Era
  portalDrift?: DriftName[]
  portalSeed?: string
  portalPace?: 'instant' | 'brisk' | 'real'
}

/** The options that choose the sandbox's portal. */
export function addPortalOptions(command: Command): void {
  command
    .addOption(
      new Option('--portal-era <year>', 'the year of the sandbox’s portal (default: the newest)').choices(eras),
    )
    .option<DriftName[]>(
      '--portal-drift <names>',
      'in what the sandbox’s portal differs from its year (see docs/sandbox.md)',
      readDrifts,
    )
    .option('--portal-seed <number>', 'the seed of the portal’s waits and interruptions (default: that of --seed)')
    .addOption(
      new Option(
        '--portal-pace <pace>',
        'instant: no waits; brisk (default); real: as long as the live portal’s',
      ).choices(['instant', 'brisk', 'real']),
    )
}

/** What a sandbox takes of them. @throws UserError for a seed that is no number. */
export function portalChoice({
  portalEra,
  portalDrift,
  portalSeed,
  portalPace,
}: PortalOptions): Pick<SandboxOptions, 'portalEra' | 'portalDrifts' | 'portalSeed' | 'portalPace'> {
  if (portalSeed !== undefined && !/^\d+$/.test(portalSeed))
    throw new UserError(`--portal-seed takes a whole number, not '${portalSeed}'.`, 'Say for example --portal-seed 7.')
  return {
    portalEra,
    portalDrifts: portalDrift,
    portalSeed: portalSeed === undefined ? undefined : Number(portalSeed),
    portalPace,
  }
}

function readDrifts(names: string): DriftName[] {
  return names.split(',').map(name => {
    const known = driftNames.find(one => one === name.trim())
    if (known === undefined)
      throw new UserError(
        `There is no drift '${name.trim()}'.`,
        `--portal-drift takes one or more of these, with commas:\n${driftNames.map(one => `  ${one}: ${driftSwitches[one].change}`).join('\n')}`,
      )
    return known
  })
}
