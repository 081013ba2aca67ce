// The phone app in other engines than Chromium, as far as each of them goes. Nothing here ran on a real iPhone.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Firefox, missing as noFirefox } from './engines/firefox.js';
import { Hand } from './engines/hand.js';
import { missing as noWebKit, WebKit } from './engines/webkit.js';
import { startReleases } from './release.js';
import { people, startServer } from './server.js';

const answers = [
  ['s3', 'k_story', 'Начинали втроём'],
  ['s5', 'sp_ok', 'yes'],
  ['s5', 'nps', '8'],
];
const unreachable = (fault) => /Failed to fetch|NetworkError|can.t establish|connection|Service Worker|NS_ERROR/i.test(fault);

for (const missing of [noFirefox, noWebKit]) if (missing) console.log(`SKIPPED: ${missing}`);

describe('Firefox', { skip: noFirefox || false }, () => {
  let server, engine, hand, questionnaire;
  before(async () => {
    server = await startServer();
    engine = new Firefox(server);
    await engine.start();
    hand = new Hand(engine);
  });
  after(async () => {
    await engine?.stop();
    await server?.stop();
  });

  test(`log-in, PIN, first sync, and the whole app kept for later (${noFirefox ? '' : Firefox.version()})`, async () => {
    await hand.setUp(people.rep);
    await hand.until(async () => {
      await navigator.serviceWorker.ready;
      const [name] = await caches.keys();
      return name && (await (await caches.open(name)).keys()).length > 5;
    });
    assert.deepEqual(engine.faults.splice(0), []);
  });

  test('without a network it opens from the phone, and an answer survives a kill', async () => {
    await server.stop();
    await engine.reload();
    await hand.enterPin();
    await hand.go('clients');
    await hand.tap('.list a');
    await hand.tapText('Начать анкету');
    await hand.see('footer');
    [, questionnaire] = await hand.place();
    for (const [section, name, value] of answers) await hand.answer(questionnaire, section, name, value);
    await engine.kill();
    await engine.start();
    await hand.enterPin();
    await hand.see('nav, footer');
    for (const [section, name, value] of answers) assert.equal(await hand.given(questionnaire, section, name), value);
    assert.deepEqual(engine.faults.splice(0).filter((fault) => !unreachable(fault)), []);
  });

  test('back in the office the lead has the answers', async () => {
    await server.start();
    await server.api.logIn(people.lead);
    await hand.go('sync');
    await hand.tap('main button.main');
    await hand.read('Всё принято в офисе');
    const view = JSON.stringify(await server.api.get(`/v1/questionnaires/${questionnaire}`));
    assert.ok(view.includes('Начинали втроём'));
  });

  test('axe finds nothing on the main screens', async () => {
    for (const screen of ['today', 'clients', 'problems', 'sync', 'settings']) {
      await hand.go(screen);
      await hand.see('main');
      assert.deepEqual(await hand.violations(), [], screen);
    }
  });
});

describe('WebKitGTK', { skip: noWebKit || false }, () => {
  let server, front, engine, hand;
  before(async () => {
    server = await startServer();
    front = await startReleases(server);
  });
  after(async () => {
    await engine?.stop();
    await front?.stop();
    await server?.stop();
  });

  test(`a browser that gives no files says so in plain words, and takes no log-in (${noWebKit ? '' : WebKit.version()})`, async () => {
    // This port of WebKit cannot open synchronous access handles; Safari can.
    engine = new WebKit(server);
    await engine.start();
    hand = new Hand(engine);
    await hand.read('Браузер не даёт хранить данные на этом телефоне');
    assert.equal(await engine.evaluate(() => document.querySelectorAll('input').length), 0);
    assert.deepEqual(await hand.violations(), []);
    await engine.stop();
  });

  test('with files in memory in place of those, the core and every screen of a talk work', async () => {
    front.memoryFiles = true;
    engine = new WebKit(front);
    await engine.start();
    hand = new Hand(engine);
    await hand.setUp(people.rep);
    await hand.go('clients');
    await hand.tap('.list a');
    await hand.tapText('Начать анкету');
    await hand.see('footer');
    const [, questionnaire] = await hand.place();
    for (const [section, name, value] of answers) await hand.answer(questionnaire, section, name, value);
    for (const [section, name, value] of answers) assert.equal(await hand.given(questionnaire, section, name), value);
    await server.api.logIn(people.lead);
    await hand.go('sync');
    await hand.tap('main button.main');
    await hand.read('Всё принято в офисе');
    const view = JSON.stringify(await server.api.get(`/v1/questionnaires/${questionnaire}`));
    assert.ok(view.includes('Начинали втроём'));
    for (const screen of ['today', 'clients', 'problems', 'settings']) {
      await hand.go(screen);
      await hand.see('main');
      assert.deepEqual(await hand.violations(), [], screen);
    }
  });
});
