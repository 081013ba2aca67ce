// What leaves the console: lists as files, sheets on paper, attachments.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { visit } from './browser.js';
import { Field } from './field.js';
import { office, richClient } from './office.js';
import { people } from './server.js';

const all = office();
const { as } = all;
const api = () => all.server.api;

/** Files of a zip by name, as far as a test looks into them. */
function unzip(bytes) {
  const files = new Map();
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 46, 'latin1')) {
    const size = bytes.readUInt32LE(at + 20);
    const name = bytes.toString('utf8', at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    const local = bytes.readUInt32LE(at + 42);
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(begin, begin + size);
    files.set(name, bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed).toString() : packed.toString());
  }
  return files;
}

/** Takes the list of the page as a file of that kind. */
async function exported(page, kind) {
  await page.getByRole('button', { name: 'Выгрузить' }).click();
  const waiting = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: kind }).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

test('a list is exported as it is filtered: a workbook with charts, CSV, and JSON', () =>
  as(people.lead, async (page) => {
    await visit(page, '#/clients?coverage=paused', 'tbody tr th a');
    const { items, total } = await api().get('/v1/clients?coverage=paused&limit=500');
    const workbook = await exported(page, /Книга Excel/);
    assert.equal(workbook.name, 'anketa-clients.xlsx');
    const files = unzip(workbook.content);
    const words = files.get('xl/sharedStrings.xml');
    for (const { name } of items) assert.ok(words.includes(name.replaceAll('&', '&amp;')), name);
    assert.equal((files.get('xl/worksheets/sheet1.xml').match(/<row /g) ?? []).length, total + 1);
    assert.ok(files.has('xl/charts/chart1.xml'));
    const lines = (await exported(page, /Таблица CSV/)).content.toString().trimEnd().split('\r\n');
    assert.equal(lines.length, total + 1);
    assert.match(lines[0], /^\ufeffКлиент;Сегмент/);
    const data = JSON.parse((await exported(page, /Данные JSON/)).content.toString());
    assert.deepEqual(data.items.map(({ id }) => id), items.map(({ id }) => id));
  }));

test('every page with a list hands it over, under the filters of its address', () =>
  as(people.lead, async (page) => {
    const { people: staff } = { people: (await api().get('/v1/people')).items };
    const rep = staff.find(({ role }) => role === 'rep').id;
    const lists = {
      [`questionnaires?rep=${rep}`]: `/v1/questionnaires?rep=${rep}&limit=500`,
      'problems?tab=table&status=open': '/v1/register?status=open&limit=500',
      'problems?tab=bottlenecks': '/v1/bottlenecks',
      'problems?tab=tasks': '/v1/tasks',
      'results/revisions?state=overdue': '/v1/results/records/revisions?state=overdue&limit=500',
      [`campaign?tab=lists&rep=${rep}`]: `/v1/campaign/lists?rep=${rep}`,
      'campaign?tab=calls': '/v1/campaign/calls',
      'campaign?tab=cadence&state=all': '/v1/campaign/cadence?state=all',
      'campaign?tab=meetings': '/v1/campaign/meetings',
      'campaign?tab=pareto': '/v1/campaign/pareto',
      'campaign?tab=seasons': '/v1/campaign/seasons',
      'devices?browsers=yes': '/v1/devices',
      users: '/v1/users',
    };
    for (const [address, path] of Object.entries(lists)) {
      await visit(page, `#/${address}`, 'main h1');
      const answer = await api().get(path);
      const data = JSON.parse((await exported(page, /Данные JSON/)).content.toString());
      const items = answer.items ?? answer.devices;
      assert.equal((data.items ?? data.devices).length, items.length, address);
      const lines = (await exported(page, /Таблица CSV/)).content.toString().trimEnd().split('\r\n');
      // A cell may hold several lines.
      assert.ok(lines.length >= items.length + 1, address);
    }
  }));

test('on paper: blank on exactly two sides; filled on two, and what does not fit on a marked sheet (R6)', () =>
  as(people.lead, async (page) => {
    const pages = async () => {
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      return (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
    };
    await visit(page, '#/questionnaires?print=blank', '.side');
    await page.waitForFunction(() => document.querySelector('.bar [role=status]')?.textContent);
    assert.equal(await pages(), 2);
    const { questionnaire } = await richClient(api());
    await visit(page, `#/questionnaires/${questionnaire}?print=filled`, '.continuation');
    assert.equal(await page.locator('.side').count(), 2);
    assert.match(await page.locator('.continuation').innerText(), /Лист-продолжение[^]*▸/);
    const printed = await pages();
    assert.ok(printed >= 3 && printed <= 4, `${printed} pages`);
    // Nothing is written outside a side.
    for (const side of await page.locator('.side').all())
      assert.ok(await side.evaluate((sheet) => sheet.scrollHeight <= sheet.clientHeight + 1));
  }));

test('a file that a representative attached in the field is downloaded whole, byte by byte', () =>
  as(people.lead, async (page) => {
    const field = new Field(all.server, people.rep);
    await field.join();
    const photo = join(field.home, 'схема стойки.bin');
    const content = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) % 251));
    writeFileSync(photo, content);
    const client = (await field.run('clients', '--limit', '1'))[0];
    await field.run('attach', client.id, photo);
    await field.run('sync');
    await visit(page, `#/clients/${client.id}?tab=files`, '#panel tbody tr');
    const waiting = page.waitForEvent('download');
    await page.locator('#panel tbody tr', { hasText: 'схема стойки.bin' }).getByRole('button').click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), 'схема стойки.bin');
    assert.ok(readFileSync(await download.path()).equals(content));
  }));
