import type { ReactNode } from 'react'
import { useHost } from '../host.ts'
import { fluentKit } from './fluent-kit.tsx'
import { fxKit } from './fx-kit.tsx'
import type { Generation } from './generation.ts'
import { generationOf } from './generation.ts'
import { KitProvider } from './kit-context.ts'
import type { Kit } from './kit.ts'

/** Gives what is in it the controls of the portal's forms (portal-facts.md §5.1, §17.12). */
export function FormKit({ children }: { children: ReactNode }) {
  const { settings } = useHost()
  return <KitProvider value={kitOf(generationOf(settings.traits))}>{children}</KitProvider>
}

export const kitOf = (generation: Generation): Kit => (generation === 'older' ? fxKit : fluentKit)
