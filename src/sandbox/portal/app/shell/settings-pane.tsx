import { useHost } from '../host.ts'

/** A stub: what would be set here is fixed in the sandbox. */
export function SettingsPane() {
  const { era, pace, seed, tenantName } = useHost().settings
  return (
    <dl className="fxs-pane-text fxs-pairs">
      <dt>Directory</dt>
      <dd>{tenantName}</dd>
      <dt>Language</dt>
      <dd>English</dd>
      <dt>Theme</dt>
      <dd>Auto</dd>
      <dt>Portal of the year</dt>
      <dd>{era}</dd>
      <dt>Pace</dt>
      <dd>{pace}</dd>
      <dt>Seed</dt>
      <dd>{seed}</dd>
    </dl>
  )
}
