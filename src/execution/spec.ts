import { createHash, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { certificateOrigins, type CloudDefinition } from '../cloud/definition.ts'
import type { Plan } from '../plan/plan.ts'
import { ordersVariable } from './orders.ts'
import type { Browser } from './portal/browser.ts'

/** What decides how Playwright runs the specs. */
export interface SpecSettings {
  output: string
  plans: readonly Plan[]
  cloud: CloudDefinition
  browser: Browser | undefined
  headed: boolean
  workers: number
  trace: Trace
  /** The browser window in CSS pixels. */
  window: { width: number; height: number }
  /** Playwright's own reporters that were asked for beside ours. */
  reporters: readonly string[]
}

/** Of which articles Playwright’s trace is kept: recording one takes about a seventh of a run’s work. */
export type Trace = 'on' | 'retain-on-failure' | 'off'

/** The folder of the generated specs, under a run's output folder. */
export const specFolder = 'specs'

/** Playwright's configuration among them, by which a folder is known to be a run's. */
const configFile = 'playwright.config.mjs'

/** Whether an output folder was made by a run: the first thing that one writes is Playwright's configuration. */
export function isRunFolder(output: string): boolean {
  return existsSync(join(output, specFolder, configFile)) || existsSync(join(output, 'result.json'))
}

/** Chromium's viewport in CSS pixels: below 1280 the portal folds its tools away (`portal-facts.md` §11). */
export const viewport = { width: 1600, height: 1200 }

/**
 * Writes one tiny spec per article variant and surface, and Playwright's configuration. The specs import Verbatim by
 * absolute address, so that there is one instance of it and of Playwright, and wait for their plans: Playwright can start
 * before all values are known. No secret is written: the cloud's definition reaches the workers through their environment.
 *
 * @returns the path of the configuration.
 */
export function writeSpecs(settings: SpecSettings): string {
  const { output, plans } = settings
  const folder = join(output, specFolder)
  // A folder may be used again: an earlier run's specs would run along, and its plans be taken for this one's. Somebody's own
  // `specs` stays.
  if (existsSync(join(folder, configFile))) rmSync(folder, { recursive: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(output, '.gitignore'), '*\n')
  const carryOut = JSON.stringify(moduleAddress('carry-out'))
  for (const plan of plans) {
    const { article, surface, variant } = plan
    const fixtures = surface === 'portal' ? '{ page }' : ''
    const lines = [
      `// ${oneLine(article.title)}: ${oneLine(article.path)} on the ${surface} surface.`,
      `import { carryOut, test } from ${carryOut}`,
      '',
      `test(${JSON.stringify([article.title, ...variant].join(', '))}, { tag: '@${surface}' }, (${fixtures || '{}'}) =>`,
      `  carryOut(new URL(${JSON.stringify(`./${plan.id}.plan.json`)}, import.meta.url)${fixtures === '' ? '' : ', page'}))`,
      '',
    ]
    writeFileSync(join(folder, specFile(plan)), lines.join('\n'))
  }
  const config = join(folder, configFile)
  const text = JSON.stringify(playwrightConfig(settings), null, 2).replaceAll(JSON.stringify(passphrase), passphrase)
  writeFileSync(config, `export default ${text}\n`)
  if (settings.cloud.certificateAuthority) writeFileSync(authorityFile(output), settings.cloud.certificateAuthority)
  return config
}

/** The cloud's certificate authority, for what takes one only as a file: a browser's client certificates. */
export function authorityFile(output: string): string {
  return join(output, specFolder, 'authority.pem')
}

/** Stands where a certificate's passphrase is read from the orders in the environment: no secret is written. */
const passphrase = `JSON.parse(process.env.${ordersVariable} ?? '{}').cloud?.person?.clientCertificate?.passphrase`

/** Writes the plans beside their specs, and lets the specs go on. */
export function writePlans(output: string, plans: readonly Plan[]): void {
  const folder = join(output, specFolder)
  for (const plan of plans) writeFileSync(join(folder, `${plan.id}.plan.json`), JSON.stringify(plan))
  writeFileSync(join(folder, plansReady), '')
}

/** The file beside the plans that is there when all are. */
export const plansReady = 'plans-ready'

/** The address of a built module of Verbatim, for the specs: beside this one in `dist/`. */
export function moduleAddress(name: string): string {
  const built = new URL(`./${name}.js`, import.meta.url)
  if (existsSync(built)) return built.href
  return new URL(`../../dist/${name}.js`, import.meta.url).href
}

/** Playwright takes specs by name, in the order of `localeCompare`: what others need goes first, and what needs others comes last. */
function specFile({ id, neededFirst, steps }: Plan): string {
  if (neededFirst) return `__${id}.spec.mjs`
  return steps.some(({ needed }) => needed) ? `zz_${id}.spec.mjs` : `${id}.spec.mjs`
}

/** Whether a spec is that of a plan. */
export function isSpecOf(spec: string, id: string): boolean {
  return basename(spec).replace(/^(?:_|zz)_/, '') === `${id}.spec.mjs`
}

/** Titles go into comments. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function playwrightConfig({ output, cloud, browser, headed, workers, trace, window, reporters }: SpecSettings) {
  const dist = new URL('.', moduleAddress('carry-out'))
  const { person } = cloud
  const storageState = person && 'storageState' in person ? { storageState: person.storageState } : {}
  return {
    testDir: '.',
    outputDir: join(output, 'playwright'),
    testMatch: '*.spec.mjs',
    fullyParallel: true,
    workers,
    retries: 0,
    forbidOnly: false,
    build: { external: [join(fileURLToPath(dist), '**')] },
    reporter: [[fileURLToPath(moduleAddress('engine-reporter'))], ...reporters.map(name => [name])],
    use: {
      ...(browser?.channel ? { channel: browser.channel } : {}),
      headless: !headed,
      viewport: window,
      locale: 'en-US',
      trace,
      acceptDownloads: true,
      contextOptions: { reducedMotion: 'reduce' },
      launchOptions: launchOptions(cloud, browser),
      ...storageState,
      ...clientCertificates(cloud),
    },
  }
}

/** How a browser is started for a cloud. */
export function launchOptions(cloud: CloudDefinition, browser: Browser | undefined) {
  return {
    ...(browser?.executablePath ? { executablePath: browser.executablePath } : {}),
    args: [...quiet, ...trust(cloud)],
  }
}

/** The certificate with which a person signs in, at each origin where Entra may ask for it. */
function clientCertificates(cloud: CloudDefinition) {
  const { person } = cloud
  if (!person || !('clientCertificate' in person)) return {}
  const { certificate, key, pfx, passphrase: secret } = person.clientCertificate
  const files = pfx === undefined ? { certPath: certificate, keyPath: key } : { pfxPath: pfx }
  return {
    clientCertificates: certificateOrigins(cloud).map(origin => ({
      origin,
      ...files,
      ...(secret === undefined ? {} : { passphrase }),
    })),
  }
}

/** Chromium's own traffic is nobody's business here, and looks like a broken network where there is none. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Chromium takes no certificate authority as an option, but the hash of a key that may stand in a chain. */
function trust({ certificateAuthority }: CloudDefinition): string[] {
  if (!certificateAuthority) return []
  const key = new X509Certificate(certificateAuthority).publicKey.export({ type: 'spki', format: 'der' })
  return [`--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`]
}
