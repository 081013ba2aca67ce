// Takes the screenshots that the documentation shows: node pictures.js FOLDER (through ./run --pictures).
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { logIn, openPage, startBrowser } from './browser.js';
import { Phone } from './phone.js';
import { people, startServer } from './server.js';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const server = await startServer();
const browser = await startBrowser(server.caFile);

async function picture(name, options, prepare = async () => {}) {
  const { page, close } = await openPage(browser, server.address, options);
  await logIn(page, people.lead);
  await prepare(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await close();
}

const showAnswers = (page) => page.evaluate(() => document.getElementById('answers').scrollIntoView({ behavior: 'instant' }));

await picture('console-overview', {});
await picture('console-answers', { theme: 'dark' }, showAnswers);
await picture('console-phone', { width: 390, height: 844 });

await browser.close();

// The phone app: a day, a client, a question and its sections, in both themes.
for (const theme of ['light', 'dark']) {
  const phone = new Phone(server, { theme });
  const page = await phone.start();
  const shoot = async (name) => {
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `app-${name}${theme === 'dark' ? '-dark' : ''}.png`), scale: 'css' });
  };
  await phone.setUp(people.rep);
  await phone.go('today');
  await page.waitForSelector('.norm');
  await shoot('today');
  await phone.go('clients');
  await page.locator('.list a').nth(2).tap();
  await page.waitForSelector('main .button.main');
  await shoot('client');
  const client = (await page.evaluate(() => location.hash)).split('/')[2];
  await phone.go('brief', client);
  await shoot('brief');
  await phone.go('client', client);
  await page.locator('main .button.main').tap();
  await page.waitForSelector('footer');
  const questionnaire = (await page.evaluate(() => location.hash)).split('/')[2];
  for (const [name, place] of [['question', 's3:k_wins'], ['scale', 's5:nps'], ['choices', 's4:serv']]) {
    await phone.go('fill', questionnaire, encodeURIComponent(place));
    await page.waitForSelector('.question.alone');
    await shoot(name);
  }
  await page.getByRole('button', { name: 'Разделы' }).tap();
  await shoot('sections');
  await page.keyboard.press('Escape');
  await phone.go('problems');
  await page.waitForSelector('.list a');
  await shoot('problems');
  await phone.go('sync');
  await shoot('sync');
  await phone.throwAway();
}

await server.stop();
