import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Debian and others put it; elsewhere Google Chrome is looked for. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser']

/** Starts the browser of the machine. */
export async function startBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place))
  // In containers nobody may make the namespaces of the sandbox. The page is ours.
  const args = ['--no-sandbox', '--disable-dev-shm-usage']
  return chromium.launch(executablePath ? { executablePath, args } : { channel: 'chrome', args })
}
