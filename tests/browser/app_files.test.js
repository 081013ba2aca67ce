// What leaves a phone as a file, and what comes to it as one: unsent work for a server that cannot be reached, photos, and
// a storage that takes nothing any more.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { violations } from './browser.js';
import { Phone, unreachable } from './phone.js';
import { picture } from './picture.js';
import { people, startServer } from './server.js';

let server, phone, page;
let client, questionnaire;

before(async () => {
  server = await startServer();
  phone = new Phone(server);
  page = await phone.start();
  await phone.setUp(people.rep);
  await phone.installed();
  await server.api.logIn(people.lead);
});

after(async () => {
  await phone?.throwAway();
  await server?.stop();
});

const unsent = () => page.waitForFunction(() => /не отправлен/.test(document.querySelector('header .pill')?.innerText ?? ''));
const allSent = () => page.getByText('Всё принято в офисе').first().waitFor();

async function edit(field, value) {
  await phone.go('edit', client);
  const input = page.locator(`[name=${field}]`);
  await input.waitFor();
  await input.fill(value);
  await input.blur();
  await phone.go('clients');
  await unsent();
}

/** Taps what saves the work, and gives what the phone hands out. */
async function savedWork() {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Сохранить работу в файл' }).first().tap()]);
  assert.match(download.suggestedFilename(), /^anketa-ivanova-.*\.bundle$/);
  return download.path();
}

/** By the server's own program; gives the file of its answer. */
async function takenInAtTheOffice(file) {
  const answer = join(server.data, '..', 'answer.bundle');
  execFileSync(process.env.ANKETA_SERVER_PROGRAM, ['bundle', 'import', file, '--answer', answer, '--data', server.data], { stdio: 'pipe' });
  return answer;
}

test('without a network the work goes to the office in a file, one tap away, and the answer comes back in one', async () => {
  client = await phone.openClient(2);
  await server.stop();
  await edit('remarks', 'Передано на флешке');
  await phone.go('today');
  // A browser that was not asked by an installed app may clear it: that is said, with the way out.
  await page.getByText('Браузер может удалить данные').waitFor();
  const file = await savedWork();
  await page.getByText('В файле 1 правка').waitFor();
  assert.equal(readFileSync(file).includes('флешке'), false);
  const answer = await takenInAtTheOffice(file);
  await phone.go('sync');
  await page.setInputFiles('input[name=answer]', answer);
  await page.getByText('Принята 1 правка').waitFor();
  await allSent();
  assert.deepEqual(await violations(page), []);
  phone.noFaults(unreachable);
});

test('an answer that is none is refused, and nothing changes', async () => {
  await edit('website', 'https://file.example');
  const rubbish = join(server.data, '..', 'rubbish');
  writeFileSync(rubbish, 'nothing of the kind');
  await phone.go('sync');
  await page.setInputFiles('input[name=answer]', rubbish);
  await page.locator('[role=alert] .notice', { hasText: 'Файл обмена повреждён' }).waitFor();
  await page.getByText('На телефоне 1 правка').waitFor();
  phone.noFaults(unreachable);
});

test('a photo is on the phone, encrypted and small enough, before anything else: killed at once, it is there', async () => {
  await phone.go('client', client);
  questionnaire = await phone.begin();
  await page.getByRole('button', { name: 'Заметка или фото' }).tap();
  await page.fill('[name=note]', 'Снимок формы');
  await page.locator('[name=note]').blur();
  const camera = page.locator('dialog input[capture]');
  await camera.setInputFiles({ name: 'форма.png', mimeType: 'image/png', buffer: picture() });
  await page.locator('dialog li', { hasText: 'на телефоне' }).waitFor();
  await phone.kill();
  page = await phone.start();
  await phone.unlock();
  await page.waitForSelector('footer');
  assert.equal((await phone.place())[1], questionnaire, 'it opens where it was');
  await page.getByRole('button', { name: 'Заметка или фото' }).tap();
  const row = page.locator('dialog li', { hasText: 'форма' });
  await row.getByText('на телефоне').waitFor();
  await page.locator('dialog').getByText('Снимок формы').waitFor();
  const size = Number((await row.innerText()).match(/([\d,]+) МБ/)[1].replace(',', '.'));
  assert.ok(size < 2, `${size} MB of 7`);
  await row.locator('img').waitFor();
  assert.deepEqual(await violations(page), []);
  // The file of unsent work carries no photos: said where it is saved, before anybody relies on it.
  await phone.go('sync');
  await page.getByText('1 фото в файл не входит').waitFor();
  assert.deepEqual(await violations(page), []);
  phone.noFaults(unreachable);
});

test('back in the office photos follow the sync, and who has the right fetches them', async () => {
  await server.start();
  await phone.syncNow();
  await allSent();
  const own = await page.evaluate(() => document.querySelector('header .pill')?.innerText);
  assert.doesNotMatch(own ?? '', /не отправлен/);
  const lead = new Phone(server);
  try {
    const other = await lead.start();
    await lead.setUp(people.lead);
    await lead.go('fill', questionnaire);
    await other.getByRole('button', { name: 'Заметка или фото' }).or(other.getByText('Фото и файлы')).first().waitFor();
    if (await other.getByRole('button', { name: 'Заметка или фото' }).count()) await other.getByRole('button', { name: 'Заметка или фото' }).tap();
    const row = other.locator('li', { hasText: 'форма' });
    await row.getByText('в офисе').waitFor();
    await row.getByRole('button').tap();
    await row.locator('img').waitFor();
    await row.getByRole('button').tap();
    const [download] = await Promise.all([other.waitForEvent('download'), other.getByRole('button', { name: 'Передать' }).tap()]);
    const bytes = readFileSync(await download.path());
    const card = await server.api.get(`/v1/clients/${client}`);
    assert.equal(card.records.attachment[0].fields.sha256, createHash('sha256').update(bytes).digest('hex'));
  } finally {
    assert.deepEqual(lead.faults, []);
    await lead.throwAway();
  }
  phone.noFaults(unreachable);
});

test('a business card is photographed at the contact', async () => {
  await phone.go('client', client);
  await page.locator('main .who').first().tap();
  await page.locator('input[capture]').setInputFiles({ name: 'card.png', mimeType: 'image/png', buffer: picture(300, 200) });
  await page.locator('li', { hasText: 'card.png' }).getByText('на телефоне').waitFor();
  phone.noFaults();
});

test('a storage that takes no more refuses what has no room and says so, gives the work out, and works again with room', async () => {
  await phone.syncNow();
  await edit('website', 'https://before.example');
  const session = await phone.context.newCDPSession(page);
  const quota = (quotaSize) => session.send('Storage.overrideQuotaForOrigin', { origin: server.address, ...(quotaSize === undefined ? {} : { quotaSize }) });
  await quota(1);
  await phone.go('client', client);
  // Larger than what Chromium has set aside for the files already.
  const large = { name: 'договор.pdf', mimeType: 'application/pdf', buffer: randomBytes(22_000_000) };
  const choose = () => page.locator('main input[multiple]').setInputFiles(large);
  await choose();
  const notice = page.locator('[role=alert] .notice', { hasText: 'кончилось место' });
  await notice.getByRole('button', { name: 'Сохранить работу в файл' }).waitFor();
  assert.equal(await page.locator('li', { hasText: 'договор' }).count(), 0);
  assert.deepEqual(await violations(page), []);
  const file = await savedWork();
  assert.ok(readFileSync(file).length > 300);
  await phone.go('today');
  await page.getByText('Место почти кончилось').waitFor();
  await quota();
  await phone.go('client', client);
  await choose();
  await page.locator('li', { hasText: 'договор' }).getByText('на телефоне').waitFor();
  await phone.syncNow();
  await allSent();
  const card = await server.api.get(`/v1/clients/${client}`);
  assert.equal(card.fields.website, 'https://before.example');
  assert.ok(card.records.attachment.some((one) => one.fields.name === 'договор.pdf'));
  phone.noFaults();
});
