// Takes the screenshots that the documentation shows: node pictures.js FOLDER (through ./run --pictures).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { logIn, openPage, startBrowser, visit } from './browser.js';
import { drawnClient } from './office.js';
import { Phone } from './phone.js';
import { walk } from './screens.js';
import { people, startServer } from './server.js';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await startBrowser(server.caFile);
await server.api.logIn(people.lead);

async function picture(name, options, prepare = async () => {}) {
  const { page, close } = await openPage(browser, server.address, options);
  await logIn(page, people.lead);
  await prepare(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await close();
}

const drawn = (await drawnClient(server.api)).client.id;
await picture('console-overview', {});
await picture('console-campaign', {}, (page) => visit(page, '#/campaign?tab=lists'));
await picture('console-decision', {}, (page) => visit(page, `#/clients/${drawn}?tab=decision`));

await browser.close();

// The phone app: what the README shows.
const shown = ['today', 'client', 'question-scale'];
const phone = new Phone(server);
const page = await phone.start();
await walk(phone, async (name) => {
  if (!shown.includes(name)) return;
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `app-${name}.png`), scale: 'css' });
});
await phone.throwAway();

await server.stop();
