import type { ImageReference } from '@azure/arm-compute'
import { checkReferences, serviceFailure } from '../lifecycle.ts'
import { normalizeLocation, regionNames } from '../../location.ts'
import { resourceNotFound } from '../../failures.ts'
import type { ResourceType, Surroundings } from '../../provider.ts'
import type { ArmAnswer, ArmRequest, JsonObject } from '../../request.ts'
import { textAt } from '../../request.ts'
import type { Route } from '../../route.ts'
import { machineVersions, namespace } from './namespace.ts'

const type = `${namespace}/locations/publishers`

/** Images that articles use, in every region the same: publisher, offer and SKUs. The real list has thousands. */
const table = `
almalinux almalinux-x86_64 8-gen2 9-gen1 9-gen2
Canonical 0001-com-ubuntu-server-focal 20_04-lts 20_04-lts-arm64 20_04-lts-gen2
Canonical 0001-com-ubuntu-server-jammy 22_04-lts 22_04-lts-arm64 22_04-lts-gen2
Canonical ubuntu-24_04-lts cvm minimal minimal-arm64 minimal-gen1 server server-arm64 server-gen1 ubuntu-pro ubuntu-pro-arm64 ubuntu-pro-gen1
Canonical UbuntuServer 14.04.5-LTS 16.04-LTS 16_04-lts-gen2 18.04-LTS 18_04-lts-arm64 18_04-lts-gen2
Debian debian-11 11 11-backports-gen2 11-gen2
Debian debian-12 12 12-arm64 12-backports-gen2 12-gen2
Debian debian-13 13 13-arm64 13-gen2
MicrosoftWindowsDesktop windows-10 win10-22h2-ent win10-22h2-ent-g2 win10-22h2-pro win10-22h2-pro-g2
MicrosoftWindowsDesktop windows-11 win11-23h2-ent win11-23h2-pro win11-24h2-ent win11-24h2-pro win11-25h2-ent win11-25h2-pro
MicrosoftWindowsServer WindowsServer 2016-Datacenter 2016-datacenter-gensecond 2019-Datacenter 2019-datacenter-core-g2 2019-datacenter-gensecond 2022-datacenter 2022-datacenter-azure-edition 2022-datacenter-azure-edition-core 2022-datacenter-azure-edition-hotpatch 2022-datacenter-core 2022-datacenter-core-g2 2022-datacenter-g2 2025-datacenter 2025-datacenter-azure-edition 2025-datacenter-azure-edition-core 2025-datacenter-core 2025-datacenter-core-g2 2025-datacenter-g2
Oracle Oracle-Linux ol8-lvm-gen2 ol9-lvm ol9-lvm-gen2
RedHat RHEL 7-LVM 8-lvm 8-lvm-gen2 8_10 810-gen2 9-lvm 9-lvm-gen2 9_4 94_gen2 9_5 95_gen2
SUSE sles-15-sp6 gen1 gen2
`

interface Image {
  publisher: string
  offer: string
  skus: readonly string[]
}

const images: readonly Image[] = table
  .trim()
  .split('\n')
  .map(line => {
    const [publisher = '', offer = '', ...skus] = line.split(' ')
    return { publisher, offer, skus }
  })

/** Of each image one version is left: `latest` is that one. */
const version = '1.0.20260101'

/**
 * Checks what a machine is made from: an image of one's own must be there, one of a publisher must be named in full. Only of
 * offers that are listed it is known which SKUs they have, so others are taken as they are. Throws an ArmFailure.
 */
export function checkImage(reference: JsonObject, { id, estate }: Pick<Surroundings, 'id' | 'estate'>): void {
  if (Object.keys(reference).length === 0) return
  const own = textAt(reference, 'id')
  if (own !== undefined) return checkReferences(id, { imageReference: { id: own } }, estate)
  if (['communityGalleryImageId', 'sharedGalleryImageId'].some(key => reference[key] !== undefined)) return
  const parts = (['publisher', 'offer', 'sku', 'version'] as const).map(key => [key, textAt(reference, key)] as const)
  const missing = parts.find(([, value]) => value === undefined || value === '')
  if (missing)
    throw serviceFailure(
      400,
      'InvalidParameter',
      `Required parameter 'imageReference.${missing[0]}' is missing (null).`,
      `imageReference.${missing[0]}`,
    )
  const [publisher = '', offer = '', sku = '', asked = ''] = parts.map(([, value]) => value ?? '')
  const known = images.find(one => same(one.publisher, publisher) && same(one.offer, offer))
  if (!known || (known.skus.some(one => same(one, sku)) && isVersion(asked))) return
  throw serviceFailure(
    404,
    'PlatformImageNotFound',
    `The platform image '${publisher}:${offer}:${sku}:${asked}' is not available. Verify that all fields in the storage profile are correct. For more details about storage profile information, please refer to https://aka.ms/storageprofile`,
    'imageReference',
  )
}

/** The exact version that a machine gets, as it shows it. */
export function exactVersion(reference: JsonObject): Partial<ImageReference> {
  const asked = textAt(reference, 'version')
  return asked === undefined ? {} : { exactVersion: asked.toLowerCase() === 'latest' ? version : asked }
}

const isVersion = (text: string) => text.toLowerCase() === 'latest' || /^\d+(?:\.\d+){1,3}$/.test(text)

const publishers = `/subscriptions/:subscription/providers/${type.replace('locations', 'locations/:location')}`
const offers = `${publishers}/:publisher/artifacttypes/vmimage/offers`
const common = { type, apiVersions: machineVersions, method: 'GET', action: `${type}/read` } as const

const routes: readonly Route[] = [
  {
    ...common,
    path: publishers,
    answer: request => listed(request, [...new Set(images.map(({ publisher }) => publisher))]),
  },
  {
    ...common,
    path: offers,
    answer: request =>
      listed(
        request,
        ofPublisher(request).map(({ offer }) => offer),
      ),
  },
  {
    ...common,
    path: `${offers}/:offer/skus`,
    answer: request => listed(request, skusOf(request)),
  },
  {
    ...common,
    path: `${offers}/:offer/skus/:sku/versions`,
    answer: request => listed(request, hasSku(request) ? [version] : []),
  },
  {
    ...common,
    path: `${offers}/:offer/skus/:sku/versions/:version`,
    answer(request) {
      const asked = request.parameters['version'] ?? ''
      if (!hasSku(request) || (asked !== version && asked.toLowerCase() !== 'latest'))
        throw resourceNotFound(`${type}/versions`, asked, '')
      const windows = /windows/i.test(request.parameters['publisher'] ?? '')
      const properties = {
        hyperVGeneration: /(?:gen2|-g2|gensecond)$/i.test(request.parameters['sku'] ?? '') ? 'V2' : 'V1',
        osDiskImage: { operatingSystem: windows ? 'Windows' : 'Linux' },
        dataDiskImages: [],
      }
      return { status: 200, body: { ...describe(request, version), properties } }
    },
  },
]

/** What publishers offer to make machines from. */
export const publishedImages: ResourceType = {
  name: 'locations/publishers',
  apiVersions: machineVersions,
  regions: regionNames,
  routes,
}

function ofPublisher({ parameters }: ArmRequest) {
  return images.filter(({ publisher }) => same(publisher, parameters['publisher'] ?? ''))
}

function skusOf(request: ArmRequest) {
  return ofPublisher(request).find(({ offer }) => same(offer, request.parameters['offer'] ?? ''))?.skus ?? []
}

const hasSku = (request: ArmRequest) => skusOf(request).some(one => same(one, request.parameters['sku'] ?? ''))

function listed(request: ArmRequest, names: readonly string[]): ArmAnswer {
  return { status: 200, body: names.map(name => describe(request, name)) }
}

function describe({ path, parameters }: ArmRequest, name: string): JsonObject {
  const id = path.toLowerCase().endsWith(`/${name.toLowerCase()}`) ? path : `${path}/${name}`
  return { location: normalizeLocation(parameters['location'] ?? ''), name, id }
}

function same(one: string, other: string) {
  return one.toLowerCase() === other.toLowerCase()
}
