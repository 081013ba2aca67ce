// What a test file of the console stands on: a server of its own, a browser, and pages where somebody is logged in.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { logIn, openPage, startBrowser } from './browser.js';
import { people, startServer } from './server.js';

/** Started before the file's tests and stopped after them; its API is the lead's. With demo data, unless another beginning is given. */
export function office(begin) {
  const all = { server: null, browser: null, starting: null };
  const start = async () => {
    all.server = await startServer(undefined, begin);
    all.browser = await startBrowser(all.server.caFile);
    await all.server.api.logIn(people.lead);
  };
  /** For a file that has to do something before its tests, too. */
  all.ready = () => (all.starting ??= start());
  before(all.ready);
  after(async () => {
    await all.browser?.close();
    await all.server?.stop();
  });

  /** A page of its own at the log-in; the test fails for whatever the browser complained about, but for what is `expected`. */
  all.atDoor = async (work, { expected = () => false, ...options } = {}) => {
    const { page, faults, close } = await openPage(all.browser, all.server.address, options);
    try {
      await work(page, faults);
      assert.deepEqual(faults.filter((fault) => !expected(fault)), []);
    } finally {
      await close();
    }
  };

  /** The same, logged in. */
  all.as = (login, work, options) =>
    all.atDoor(async (page, faults) => {
      await logIn(page, login);
      await work(page, faults);
    }, options);
  return all;
}

/** Text with no-break spaces as plain ones. */
export const plain = (text) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

/** The text of a card, found by its heading. */
export async function card(page, heading) {
  return plain(await page.locator('section.card', { has: page.getByRole('heading', { name: heading, exact: true }) }).innerText());
}

/** A client with most to show: its questionnaire was resumed after a repair. */
export async function richClient(api) {
  const { items } = await api.get('/v1/questionnaires?status=complete_after_pause&limit=1');
  return { client: items[0].client, questionnaire: items[0].id };
}

/** A client whose decision scheme has people in it. */
export async function drawnClient(api) {
  const { items } = await api.get('/v1/clients?limit=100');
  for (const client of items) {
    const actors = (await api.get(`/v1/clients/${client.id}`)).records.relation_actor ?? [];
    if (actors.length >= 2) return { client, actors };
  }
  throw new Error('the demo has no decision scheme');
}
