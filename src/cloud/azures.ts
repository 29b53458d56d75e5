/** Where one Azure is. */
export interface AzureHosts {
  portal: string
  /** Where the browser may go. */
  portalHosts: string[]
  entra: string
  resourceManager: string
  audience: string
}

/**
 * The Azures that there are. Hosts of the portals: learn.microsoft.com/azure/azure-portal/azure-portal-safelist-urls, of which
 * only those are taken that a page or a frame of the portal itself comes from; of Entra and Resource Manager: the national
 * clouds' lists of endpoints; `certauth`: Entra's guide to certificate-based authentication.
 */
export const azures: Readonly<Record<string, AzureHosts>> = {
  azure: {
    portal: 'https://portal.azure.com',
    portalHosts: [
      'portal.azure.com',
      '*.portal.azure.com',
      '*.portal.azure.net',
      '*.ext.azure.com',
      'login.microsoftonline.com',
      'login.live.com',
      'login.windows.net',
      'certauth.login.microsoftonline.com',
      '*.certauth.login.microsoftonline.com',
    ],
    entra: 'https://login.microsoftonline.com',
    resourceManager: 'https://management.azure.com',
    audience: 'https://management.azure.com',
  },
  'azure-us-government': {
    portal: 'https://portal.azure.us',
    portalHosts: [
      'portal.azure.us',
      '*.portal.azure.us',
      '*.azureportal.usgovcloudapi.net',
      '*.ext.azure.us',
      'login.microsoftonline.us',
      'certauth.login.microsoftonline.us',
      '*.certauth.login.microsoftonline.us',
    ],
    entra: 'https://login.microsoftonline.us',
    resourceManager: 'https://management.usgovcloudapi.net',
    audience: 'https://management.usgovcloudapi.net',
  },
  'azure-china': {
    portal: 'https://portal.azure.cn',
    portalHosts: [
      'portal.azure.cn',
      '*.portal.azure.cn',
      '*.azureportal.chinacloudapi.cn',
      '*.ext.azure.cn',
      'login.chinacloudapi.cn',
      'login.partner.microsoftonline.cn',
      'certauth.login.partner.microsoftonline.cn',
      '*.certauth.login.partner.microsoftonline.cn',
      'login.live.com',
    ],
    entra: 'https://login.chinacloudapi.cn',
    resourceManager: 'https://management.chinacloudapi.cn',
    audience: 'https://management.chinacloudapi.cn',
  },
}
