/** A region of public Azure, as `GET /subscriptions/{s}/locations` knows it. */
export interface Region {
  name: string
  displayName: string
  /** What stands in brackets in front of the name: `(US) West US`. */
  prefix: string
  geography: string
  geographyGroup: string
  latitude: string
  longitude: string
  physicalLocation: string
  paired: string
  recommended: boolean
  zones: boolean
}

/** `West US` and `westus` are the same region. */
export function normalizeLocation(location: string) {
  return location.toLowerCase().replaceAll(/\s/g, '')
}

/** One region in the shape that `az account list-locations` prints. */
export function describeRegion(region: Region, subscription: string) {
  const root = `/subscriptions/${subscription}/locations/`
  return {
    id: root + region.name,
    name: region.name,
    type: 'Region',
    displayName: region.displayName,
    regionalDisplayName: `(${region.prefix}) ${region.displayName}`,
    metadata: {
      regionType: 'Physical',
      regionCategory: region.recommended ? 'Recommended' : 'Other',
      geography: region.geography,
      geographyGroup: region.geographyGroup,
      longitude: region.longitude,
      latitude: region.latitude,
      physicalLocation: region.physicalLocation,
      pairedRegion: region.paired ? [{ name: region.paired, id: root + region.paired }] : [],
    },
    ...(region.zones ? { availabilityZoneMappings: describeZones(region.name) } : {}),
  }
}

/** An Azure Extended Zone: listed only when a request asks for extended locations. */
export function describeExtendedZone(zone: ExtendedZone, subscription: string) {
  return {
    id: `/subscriptions/${subscription}/locations/${zone.name}`,
    name: zone.name,
    type: 'EdgeZone',
    displayName: zone.displayName,
    regionalDisplayName: `(${zone.prefix}) ${zone.displayName}`,
    metadata: {
      regionType: 'Physical',
      regionCategory: 'Extended',
      geography: zone.geography,
      geographyGroup: zone.geographyGroup,
      longitude: zone.longitude,
      latitude: zone.latitude,
      physicalLocation: zone.displayName,
      homeLocation: zone.home,
    },
  }
}

function describeZones(region: string) {
  return ['1', '2', '3'].map(zone => ({ logicalZone: zone, physicalZone: `${region}-az${zone}` }))
}

export interface ExtendedZone {
  name: string
  displayName: string
  prefix: string
  geography: string
  geographyGroup: string
  latitude: string
  longitude: string
  home: string
}

export const extendedZones: readonly ExtendedZone[] = [
  {
    name: 'losangeles',
    displayName: 'Los Angeles',
    prefix: 'US',
    geography: 'United States',
    geographyGroup: 'US',
    latitude: '34.0522',
    longitude: '-118.2437',
    home: 'westus',
  },
  {
    name: 'perth',
    displayName: 'Perth',
    prefix: 'Asia Pacific',
    geography: 'Australia',
    geographyGroup: 'Asia Pacific',
    latitude: '-31.9523',
    longitude: '115.8613',
    home: 'australiaeast',
  },
]

/** Name | display name | prefix | geography | group | latitude | longitude | place | paired region | R(ecommended) Z(ones) */
const table = `
eastus|East US|US|United States|US|37.3719|-79.8164|Virginia|westus|RZ
southcentralus|South Central US|US|United States|US|29.4167|-98.5|Texas|northcentralus|RZ
westus2|West US 2|US|United States|US|47.233|-119.852|Washington|westcentralus|RZ
westus3|West US 3|US|United States|US|33.448376|-112.074036|Phoenix|eastus|RZ
australiaeast|Australia East|Asia Pacific|Australia|Asia Pacific|-33.86|151.2094|New South Wales|australiasoutheast|RZ
southeastasia|Southeast Asia|Asia Pacific|Asia Pacific|Asia Pacific|1.283|103.833|Singapore|eastasia|RZ
northeurope|North Europe|Europe|Europe|Europe|53.3478|-6.2597|Ireland|westeurope|RZ
swedencentral|Sweden Central|Europe|Sweden|Europe|60.67488|17.14127|Gävle|swedensouth|RZ
uksouth|UK South|Europe|United Kingdom|UK|50.941|-0.799|London|ukwest|RZ
westeurope|West Europe|Europe|Europe|Europe|52.3667|4.9|Netherlands|northeurope|RZ
centralus|Central US|US|United States|US|41.5908|-93.6208|Iowa|eastus2|RZ
southafricanorth|South Africa North|Africa|South Africa|Africa|-25.73134|28.21837|Johannesburg|southafricawest|RZ
centralindia|Central India|Asia Pacific|India|Asia Pacific|18.5822|73.9197|Pune|southindia|RZ
eastasia|East Asia|Asia Pacific|Asia Pacific|Asia Pacific|22.267|114.188|Hong Kong|southeastasia|RZ
indonesiacentral|Indonesia Central|Asia Pacific|Indonesia|Asia Pacific|-6.2088|106.8456|Jakarta||RZ
japaneast|Japan East|Asia Pacific|Japan|Asia Pacific|35.68|139.77|Tokyo, Saitama|japanwest|RZ
koreacentral|Korea Central|Asia Pacific|Korea|Asia Pacific|37.5665|126.978|Seoul|koreasouth|RZ
newzealandnorth|New Zealand North|Asia Pacific|New Zealand|Asia Pacific|-36.84853|174.76349|Auckland||RZ
canadacentral|Canada Central|Canada|Canada|Canada|43.653|-79.383|Toronto|canadaeast|RZ
francecentral|France Central|Europe|France|Europe|46.3772|2.373|Paris|francesouth|RZ
germanywestcentral|Germany West Central|Europe|Germany|Europe|50.110924|8.682127|Frankfurt|germanynorth|RZ
italynorth|Italy North|Europe|Italy|Europe|45.46888|9.18109|Milan||RZ
norwayeast|Norway East|Europe|Norway|Europe|59.913868|10.752245|Norway|norwaywest|RZ
polandcentral|Poland Central|Europe|Poland|Europe|52.23334|21.01666|Warsaw||RZ
spaincentral|Spain Central|Europe|Spain|Europe|40.4259|3.4209|Madrid||RZ
switzerlandnorth|Switzerland North|Europe|Switzerland|Europe|47.451542|8.564572|Zurich|switzerlandwest|RZ
mexicocentral|Mexico Central|Mexico|Mexico|Mexico|20.588818|-100.389888|Querétaro State||RZ
uaenorth|UAE North|Middle East|UAE|Middle East|25.266666|55.316666|Dubai|uaecentral|RZ
brazilsouth|Brazil South|South America|Brazil|South America|-23.55|-46.633|Sao Paulo State|southcentralus|RZ
israelcentral|Israel Central|Middle East|Israel|Middle East|31.2655698|33.4506633|Israel||RZ
qatarcentral|Qatar Central|Middle East|Qatar|Middle East|25.551462|51.439327|Doha||RZ
eastus2|East US 2|US|United States|US|36.6681|-78.3889|Virginia|centralus|RZ
northcentralus|North Central US|US|United States|US|41.8819|-87.6278|Illinois|southcentralus|
westus|West US|US|United States|US|37.783|-122.417|California|eastus|Z
japanwest|Japan West|Asia Pacific|Japan|Asia Pacific|34.6939|135.5022|Osaka|japaneast|Z
jioindiawest|Jio India West|Asia Pacific|India|Asia Pacific|22.470701|70.05773|Jamnagar|jioindiacentral|
westcentralus|West Central US|US|United States|US|40.89|-110.234|Wyoming|westus2|
southafricawest|South Africa West|Africa|South Africa|Africa|-34.075691|18.843266|Cape Town|southafricanorth|
australiacentral|Australia Central|Asia Pacific|Australia|Asia Pacific|-35.3075|149.1244|Canberra|australiacentral2|
australiasoutheast|Australia Southeast|Asia Pacific|Australia|Asia Pacific|-37.8136|144.9631|Victoria|australiaeast|
koreasouth|Korea South|Asia Pacific|Korea|Asia Pacific|35.1796|129.0756|Busan|koreacentral|
southindia|South India|Asia Pacific|India|Asia Pacific|12.9822|80.1636|Chennai|centralindia|
westindia|West India|Asia Pacific|India|Asia Pacific|19.088|72.868|Mumbai|southindia|
canadaeast|Canada East|Canada|Canada|Canada|46.817|-71.217|Quebec|canadacentral|
germanynorth|Germany North|Europe|Germany|Europe|53.073635|8.806422|Berlin|germanywestcentral|
norwaywest|Norway West|Europe|Norway|Europe|58.969975|5.733107|Norway|norwayeast|
switzerlandwest|Switzerland West|Europe|Switzerland|Europe|46.204391|6.143158|Geneva|switzerlandnorth|
ukwest|UK West|Europe|United Kingdom|UK|53.427|-3.084|Cardiff|uksouth|
uaecentral|UAE Central|Middle East|UAE|Middle East|24.466667|54.366669|Abu Dhabi|uaenorth|
brazilsoutheast|Brazil Southeast|South America|Brazil|South America|-22.90278|-43.2075|Rio|brazilsouth|
`

/** Public regions, in the order in which Azure lists them: recommended ones first. */
export const regions: readonly Region[] = table.trim().split('\n').map(readRegion)

/** Names of all regions. */
export const regionNames: readonly string[] = regions.map(({ name }) => name)

/** `westus` -> `West US`, as provider descriptions spell it. */
export function displayNameOf(name: string) {
  return regions.find(region => region.name === name)?.displayName ?? name
}

function readRegion(line: string): Region {
  const [
    name = '',
    displayName = '',
    prefix = '',
    geography = '',
    geographyGroup = '',
    latitude = '',
    longitude = '',
    physicalLocation = '',
    paired = '',
    flags = '',
  ] = line.split('|')
  return {
    name,
    displayName,
    prefix,
    geography,
    geographyGroup,
    latitude,
    longitude,
    physicalLocation,
    paired,
    recommended: flags.includes('R'),
    zones: flags.includes('Z'),
  }
}
