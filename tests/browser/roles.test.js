// One console, by rights: what each role is offered, and that nothing it is offered is refused (R36).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, settled, visit } from './browser.js';
import { Field } from './field.js';
import { office } from './office.js';
import { people } from './server.js';

const all = office();
const { as } = all;
const api = () => all.server.api;

const programme = ['Сводка', 'Результаты', 'Клиенты', 'Анкеты', 'Ответы', 'Проблемы', 'Проход'];
const control = ['Устройства', 'Почта', 'Пользователи', 'Журнал правок', 'Резервная копия'];
const sections = {
  lead: [...programme, 'Спорные правки', ...control],
  admin: [...programme, 'Спорные правки', ...control],
  manager: [...programme, 'Спорные правки'],
  rep: [...programme, 'Спорные правки'],
  service: ['Сводка', 'Анкеты', 'Ответы', 'Проблемы'],
};

/** Pages that are not for everybody. */
const guarded = {
  clients: 'Клиенты', results: 'Результаты', campaign: 'Проход', conflicts: 'Спорные правки', devices: 'Устройства', mail: 'Почта',
  users: 'Пользователи', audit: 'Журнал правок', backup: 'Резервная копия',
};

/** Every page of the navigation and every tab of each, as one who clicks through everything. */
async function throughEverything(page, look) {
  const addresses = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const address of addresses) {
    await visit(page, address);
    const tabs = await page.locator('[role=tab]').evaluateAll((found) => found.map(({ id }) => id));
    for (const tab of tabs.length > 0 ? tabs : [null]) {
      if (tab) await page.click(`#${tab}`);
      await settled(page);
      await look(`${address} ${tab ?? ''}`);
    }
  }
}

for (const [role, login] of Object.entries(people))
  test(`${role}: the sections that are his, and not one of them answers with a refusal`, () =>
    as(login, async (page, faults) => {
      assert.deepEqual(await page.locator('nav a').allInnerTexts(), sections[role]);
      await throughEverything(page, async (where) => {
        assert.equal(await page.locator('[role=alert] p').count(), 0, where);
        assert.deepEqual(faults, [], where);
      });
      // The rest is not there even for who knows the address.
      for (const [name, label] of Object.entries(guarded)) if (!sections[role].includes(label)) await visit(page, `#/${name}`, '.empty');
    }));

/** What changes something, by where it stands. */
const acts = {
  'clients/CLIENT': ['Сменить статус'],
  'campaign': ['Новый проход'],
  'campaign?tab=pareto': [/^Применить к/],
  'campaign?tab=settings': ['Изменить проход'],
  'users': ['Добавить'],
};
const mayAct = { lead: Object.keys(acts).filter((place) => place !== 'users'), admin: ['users'], manager: [], rep: [] };

for (const role of ['lead', 'admin', 'manager', 'rep'])
  test(`${role}: is offered to change what he may change, and nothing else`, () =>
    as(people[role], async (page) => {
      const client = await ownClient(role);
      for (const [place, names] of Object.entries(acts)) {
        if (place === 'users' && !sections[role].includes('Пользователи')) continue;
        await visit(page, `#/${place.replace('CLIENT', client)}`);
        await settled(page);
        for (const name of names) {
          const button = page.getByRole('button', { name });
          if (mayAct[role].includes(place)) await button.first().waitFor();
          else assert.equal(await button.count(), 0, `${place}: ${name}`);
        }
      }
      if (role !== 'lead') {
        await visit(page, '#/campaign?tab=lists', 'table');
        assert.equal(await page.locator('tbody select').count(), 0);
      }
    }));

/** A client that this role sees. */
async function ownClient(role) {
  if (role !== 'rep') return (await api().get('/v1/clients?limit=1')).items[0].id;
  const me = (await api().get('/v1/people')).items.find(({ name }) => name.startsWith('Иванова'));
  return (await api().get(`/v1/clients?rep=${me.id}&limit=1`)).items[0].id;
}

test('the steps of a problem are those of whose turn it is (R15-R17)', async () => {
  const { items } = await api().get('/v1/cases?status=open&limit=500');
  const open = items.find(({ status }) => status === 'open');
  await as(people.service, async (page) => {
    await visit(page, `#/problems/${open.id}`, '.steps button');
    await page.getByRole('button', { name: 'Принять' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Клиент подтвердил' }).count(), 0);
    await page.getByRole('button', { name: 'Принять' }).click();
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await page.waitForSelector('dialog', { state: 'detached' });
    assert.equal((await api().get(`/v1/records/${open.id}`)).fields.status, 'accepted');
    // A word of the programme that is not service's business is not on the page.
    assert.equal(await page.getByRole('link', { name: 'К клиенту' }).count(), 0);
  });
  for (const role of ['manager', 'admin'])
    await as(people[role], async (page) => {
      await visit(page, `#/problems/${open.id}`, 'section.card');
      assert.equal(await page.locator('.steps button').count(), 0);
    });
});

test('the administrator adds a log-in, changes its role, and shuts it', () =>
  as(people.admin, async (page) => {
    await visit(page, '#/users', 'tbody tr');
    await page.getByRole('button', { name: 'Добавить' }).click();
    await page.getByLabel('Имя для входа').fill('novikov');
    await page.getByLabel('Имя', { exact: true }).fill('Новиков Пётр');
    await page.getByLabel('Пароль').fill('a password of novikov');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    const row = page.locator('tbody tr', { hasText: 'Новиков Пётр' });
    await row.waitFor();
    await row.getByRole('button').click();
    await page.getByLabel('Занятость').selectOption('full');
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await row.getByText('Полный день').waitFor();
    await row.getByRole('button').click();
    await page.getByLabel(/^Роль/).selectOption('service');
    await page.getByLabel('Может входить').uncheck();
    await page.getByRole('button', { name: 'Сохранить', exact: true }).click();
    await row.getByText('закрыт').waitFor();
    const user = (await api().get('/v1/users')).items.find(({ login }) => login === 'novikov');
    assert.ok(user.role === 'service' && !user.active);
  }));

test('the service side sees problems, not how the programme goes (R14, R36)', () =>
  as(people.service, async (page) => {
    await page.getByRole('heading', { name: 'Открытые проблемы' }).waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Охват клиентов' }).count(), 0);
    assert.equal(await page.locator('#norm').count(), 0);
    await visit(page, '#/answers');
    assert.equal(await page.locator('#tab-s3').count(), 0);
  }));

test('a representative sees himself and his own clients (R36)', () =>
  as(people.rep, async (page) => {
    await page.waitForSelector('#norm li.rep');
    assert.equal(await page.locator('#norm li.rep').count(), 1);
  }));

test('a device that is revoked at the console hands over what it has and wipes itself at its next contact', async () => {
  const field = new Field(all.server, people.rep, 'Потерянный ноутбук');
  await field.join();
  const client = (await field.run('clients', '--limit', '1'))[0];
  await field.run('talk', 'add', client.id, '--set', 'kind=call', '--set', 'about=relations', '--set', 'summary=Ещё не отправлено');
  await as(people.lead, async (page) => {
    await visit(page, '#/devices', 'tbody tr');
    const row = page.locator('tr', { hasText: 'Потерянный ноутбук' });
    await row.getByRole('button').click();
    await page.getByRole('button', { name: 'Отозвать и стереть' }).click();
    await page.waitForSelector('dialog', { state: 'detached' });
    await assert.rejects(field.run('sync'));
    const { devices } = await api().get('/v1/devices?state=revoked');
    assert.ok(devices.find(({ name }) => name === 'Потерянный ноутбук').handed_over_at);
    // What it had not sent waits for the lead's word.
    await visit(page, '#/conflicts?tab=parked', '#panel section.card');
    await page.locator('section.card', { hasText: 'Ещё не отправлено' }).waitFor();
  });
  assert.equal((await field.run('clients').catch(() => [])).length, 0);
});

test('what a representative brings from the field is on the page within a second, without a reload', async () => {
  const field = new Field(all.server, people.rep);
  await field.join();
  const client = (await field.run('clients', '--limit', '1'))[0];
  await field.run('talk', 'add', client.id, '--set', 'kind=call', '--set', 'about=relations', '--set', 'summary=Звонок из поля');
  await all.atDoor(async (page) => {
    const greeted = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await logIn(page, people.lead);
    await greeted;
    await visit(page, `#/clients/${client.id}?tab=history`, '#panel time');
    assert.equal(await page.getByText('Звонок из поля').count(), 0);
    await field.run('sync');
    const synced = Date.now();
    await page.getByText('Звонок из поля').first().waitFor();
    assert.ok(Date.now() - synced < 1_000, `${Date.now() - synced} ms`);
  });
});
