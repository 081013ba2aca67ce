// Takes a picture of every page of the console, to be looked at:
//   node every.js FOLDER [--phone] [--dark] [--english] [--as ROLE] [--whole] [WORDS ...]    (through ./run console --every-page)
// Only pages whose address has one of the words; --whole: as long as the page is, not as high as the window.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { logIn, openPage, startBrowser, visit } from './browser.js';
import { everyPage, opened } from './everypage.js';
import { people, startServer } from './server.js';

const [folder, ...rest] = process.argv.slice(2);
const has = (name) => rest.includes(name);
const role = has('--as') ? rest[rest.indexOf('--as') + 1] : 'lead';
const wanted = rest.filter((word) => !word.startsWith('--') && word !== role);
const phone = has('--phone');
mkdirSync(folder, { recursive: true });

const server = await startServer();
const browser = await startBrowser(server.caFile);
await server.api.logIn(people.lead);
const { page } = await openPage(browser, server.address, {
  width: phone ? 390 : 1440,
  height: phone ? 844 : 900,
  touch: phone,
  theme: has('--dark') ? 'dark' : 'light',
  language: has('--english') ? 'en' : 'ru',
});

const shoot = async (name) => {
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name.replaceAll(/[0-9a-f-]{36}/g, 'one').replaceAll(/[^a-zа-яё0-9_]+/gi, '-')}.png`), fullPage: has('--whole'), scale: 'css' });
};
const isWanted = (name) => wanted.length === 0 || wanted.some((word) => name.includes(word));

if (isWanted('login')) await shoot('login');
await logIn(page, people[role]);
for (const address of await everyPage(server.api)) {
  if (!isWanted(address)) continue;
  await visit(page, `#/${address}`);
  await shoot(address);
}
for (const { name, at, open, shows } of role === 'lead' ? opened : []) {
  if (!isWanted(name)) continue;
  await visit(page, `#/${at}`);
  await open(page);
  await page.waitForSelector(shows);
  await shoot(`open ${name}`);
  await page.keyboard.press('Escape');
  await page.waitForSelector(shows, { state: 'detached' });
}

await browser.close();
await server.stop();
