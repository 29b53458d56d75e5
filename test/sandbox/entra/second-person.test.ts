import { decodeJwt } from 'jose'
import { totp } from '../../../src/sandbox/entra/totp.ts'
import { browserOptions } from '../browser.ts'
import { expect, test } from '../sandbox-fixture.ts'

test.use({ ignoreHTTPSErrors: true, launchOptions: browserOptions() })

test('the second person signs in to the portal with a code, and may do there what the first may', async ({
  sandbox: { definition },
  page,
}) => {
  const [first, second] = definition.people
  expect(first).toEqual(definition.person)
  const token = page.waitForRequest(
    request => request.url().startsWith(definition.resourceManager) && request.headers()['authorization'] !== undefined,
  )
  await page.goto(definition.portal)
  await page.locator('input[name=loginfmt]').fill(second?.userName ?? '')
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=passwd]').fill(second?.password ?? '')
  await page.locator('#idSIButton9').click()
  await page.locator('input[name=otc]').fill(totp(second?.totpSecret ?? ''))
  await page.locator('#idSubmit_SAOTCC_Continue').click()
  await page.locator('#idBtn_Back').click()
  const request = await token
  expect((await request.response())?.status()).toBe(200)
  const claims = decodeJwt((request.headers()['authorization'] ?? '').replace('Bearer ', ''))
  expect(claims).toMatchObject({ upn: second?.userName, amr: ['pwd', 'mfa'] })
})
