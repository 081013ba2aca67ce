// A day with the app: news that come by themselves, what is taken back, what a talk brings besides, whom to meet.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { violations } from './browser.js';
import { Phone, unreachable } from './phone.js';
import { people, startServer } from './server.js';

let server, phone, page, client;

before(async () => {
  server = await startServer();
  phone = new Phone(server);
  page = await phone.start();
  await phone.setUp(people.rep);
  await server.api.logIn(people.lead);
  client = await phone.openClient(1);
});

after(async () => {
  await phone?.throwAway();
  await server?.stop();
});

/** The lead writes a person of the client down. */
async function leadAdds(name) {
  const result = await server.api.push(people.lead, { collection: 'contact', scope: client, record: crypto.randomUUID(), ops: [{ op: 'set', path: '', value: { client, name } }] });
  assert.equal(result.status, 'applied', JSON.stringify(result));
}

test('what the lead writes appears by itself, without a tap', async () => {
  await phone.go('client', client);
  await page.locator('main .button.main').first().waitFor();
  await leadAdds('Устюгов Пётр');
  await page.getByRole('link', { name: 'Устюгов Пётр' }).waitFor({ timeout: 20_000 });
  phone.noFaults();
});

test('where no WebSocket comes through, the app asks by itself', async () => {
  await page.addInitScript(() => (globalThis.WebSocket = class { constructor() { setTimeout(() => this.onerror?.(new Event('error')), 10); } close() {} }));
  await page.reload();
  await phone.unlock();
  await phone.go('client', client);
  await page.locator('main .button.main').first().waitFor();
  await leadAdds('Костромин Олег');
  await page.getByRole('link', { name: 'Костромин Олег' }).waitFor({ timeout: 90_000 });
  phone.noFaults();
});

test('an outcome of a call noted by mistake is taken back within five seconds (R9)', async () => {
  await phone.go('calls');
  await page.locator('.list a').first().waitFor();
  const before = (await server.api.get('/v1/campaign/calls')).items.length;
  await page.locator('.list a').first().tap();
  await page.getByRole('button', { name: 'Отказ' }).tap();
  await page.getByText('Записано: Отказ').waitFor();
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Отменить' }).tap();
  await page.waitForFunction(() => location.hash.startsWith('#/call/'));
  await page.getByRole('button', { name: 'Не ответили' }).waitFor();
  await phone.syncNow();
  assert.equal((await server.api.get('/v1/campaign/calls')).items.length, before);
  phone.noFaults();
});

test('it cannot be taken back for ever', async () => {
  await phone.go('calls');
  await page.locator('.list a').first().tap();
  await page.getByRole('button', { name: 'Не ответили' }).tap();
  await page.getByText('Записано: Не ответили').waitFor();
  await page.getByText('Записано: Не ответили').waitFor({ state: 'detached', timeout: 8_000 });
  phone.noFaults();
});

test('a sale, a recommendation and a promise are recorded without a network, and the lead has them (R19, R23, R35)', async () => {
  await server.stop();
  const forms = {
    offer: { service: 'Резервный канал', offer_kind: 'new_line', amount_month: '12 500,50' },
    referral: { company: 'ООО «Сосед»', person_knows: 'yes', person: 'Анна Павлова' },
    interaction: { kind: 'meeting', summary: 'Осмотрели новый цех', promise: 'Прислать расчёт', promise_by: 'us', offer_made: true },
  };
  for (const [collection, fields] of Object.entries(forms)) {
    await phone.go('add', client, collection);
    for (const [name, value] of Object.entries(fields)) {
      const field = page.locator(`[name=${name}]`).first();
      await field.waitFor({ state: 'attached' });
      const type = await field.getAttribute('type');
      if (type === 'radio') await page.locator(`label.choice:has(input[name=${name}][value=${value}])`).tap();
      else if (type === 'checkbox') await page.locator(`label.choice:has(input[name=${name}])`).tap();
      else await field.fill(value);
    }
    assert.deepEqual(await violations(page), [], collection);
    await page.getByRole('button', { name: 'Сохранить' }).tap();
    await page.waitForFunction((hash) => !location.hash.startsWith(hash), '#/add');
  }
  await phone.go('client', client);
  await page.getByText('Дополнительные продажи').tap();
  await page.getByRole('link', { name: /Резервный канал/ }).tap();
  await page.getByRole('button', { name: 'Предложено' }).tap();
  await page.getByText('предложено', { exact: true }).waitFor();
  await phone.go('client', client);
  await page.locator('summary', { hasText: 'Обещания' }).tap();
  await page.getByRole('button', { name: /Выполнено.*Прислать расчёт/ }).waitFor();
  await server.start();
  await phone.syncNow();
  const { records } = await server.api.get(`/v1/clients/${client}`);
  const offer = records.offer.find((one) => one.fields.service === 'Резервный канал').fields;
  assert.deepEqual([offer.kind, offer.status, offer.amount_month], ['new_line', 'offered', 1_250_050]);
  assert.equal(records.referral.find((one) => one.fields.company === 'ООО «Сосед»').fields.status, 'named');
  const talk = records.interaction.find((one) => one.fields.summary === 'Осмотрели новый цех').fields;
  assert.equal(talk.offer_made, true);
  assert.equal(Object.values(talk.promises)[0].text, 'Прислать расчёт');
  phone.noFaults(unreachable);
});

test('clients are narrowed down to the key ones and to those with problems (R17, R20, R32)', async () => {
  await phone.go('clients');
  const rows = page.locator('.list a');
  await rows.first().waitFor();
  const all = await rows.count();
  await page.getByRole('button', { name: 'С проблемами' }).tap();
  await page.waitForFunction((before) => document.querySelectorAll('.list a').length < before, all);
  const shown = new Set(await rows.evaluateAll((links) => links.map((one) => one.getAttribute('href').split('/').pop())));
  const cases = (await server.api.get('/v1/cases?limit=500')).items.filter((one) => one.open);
  for (const id of shown) assert.ok(cases.some((one) => one.client.id === id), 'it has an open case');
  await page.getByRole('button', { name: 'Ключевые' }).tap();
  await page.waitForFunction(() => [...document.querySelectorAll('.list .line')].every((line) => /ключевой|особо важный/.test(line.textContent)));
  await page.getByRole('button', { name: 'Все', exact: true }).tap();
  phone.noFaults();
});

test('whom it is time to meet is counted on Today and listed (R20)', async () => {
  await phone.go('today');
  const row = page.getByRole('link', { name: /Пора встретиться/ });
  await row.locator('.number').waitFor();
  const count = Number(await row.locator('.number').innerText());
  await row.tap();
  await page.getByRole('heading', { name: 'Пора встретиться' }).waitFor();
  const shown = page.getByText(/просрочено на/);
  const expected = Math.min(count, 60);
  if (expected > 0) await shown.nth(expected - 1).waitFor();
  assert.equal(await shown.count(), expected);
  assert.deepEqual(await violations(page), []);
  phone.noFaults();
});

test('an edit the server does not take says why and what it was, and goes through when the reason is gone', async () => {
  const admin = server.api.as();
  await admin.logIn('admin');
  const { items } = await admin.get('/v1/users');
  const rep = items.find((one) => one.login === people.rep);
  await phone.go('edit', client);
  const website = page.locator('[name=website]');
  await website.fill('https://parked.example');
  await website.blur();
  await admin.send('POST', `/v1/users/${rep.id}`, { role: 'manager' });
  await phone.syncNow();
  await page.getByRole('link', { name: /правка не принята/ }).tap();
  await page.getByText('https://parked.example').waitFor();
  await page.getByRole('link', { name: 'Открыть и исправить' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await admin.send('POST', `/v1/users/${rep.id}`, { role: 'rep' });
  await page.getByRole('button', { name: 'Отправить снова' }).tap();
  await page.getByText('Все правки приняты').waitFor();
  await phone.syncNow();
  await page.getByText('Всё принято в офисе').first().waitFor();
  const card = await server.api.get(`/v1/clients/${client}`);
  assert.equal(card.fields.website, 'https://parked.example');
  phone.noFaults();
});

test('a long text that two people rewrote is put together by hand, with the differing words marked', async () => {
  const part = (await server.api.get(`/v1/clients/${client}`)).records.dossier_part.find((one) => one.fields.part === 'general').id;
  const other = new Phone(server);
  try {
    await other.start();
    await other.setUp(people.lead);
    const rewrite = async (who, text) => {
      await who.go('edit', part);
      const field = who.page.locator('[name=market]');
      await field.waitFor();
      await field.fill(text);
      await field.blur();
    };
    // Both write over the same text, which both have seen.
    await other.go('edit', part);
    await phone.go('edit', part);
    await phone.context.setOffline(true);
    await rewrite(phone, 'Рынок растёт на севере');
    await rewrite(other, 'Рынок растёт на юге');
    await other.syncNow();
    await phone.context.setOffline(false);
    await phone.syncNow();
  } finally {
    await other.throwAway();
  }
  await phone.go('conflicts');
  const conflict = page.locator('[data-conflict]').first();
  await conflict.locator('mark', { hasText: 'севере' }).waitFor();
  await conflict.locator('mark', { hasText: 'юге' }).waitFor();
  await conflict.getByRole('button', { name: 'Объединить' }).tap();
  await page.fill('[name=merged]', 'Рынок растёт на севере и на юге');
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Сохранить' }).tap();
  await page.getByText('Расхождений нет').waitFor();
  await phone.syncNow();
  const { records } = await server.api.get(`/v1/clients/${client}`);
  assert.equal(records.dossier_part.find((one) => one.id === part).fields.market, 'Рынок растёт на севере и на юге');
  phone.noFaults(unreachable);
});
