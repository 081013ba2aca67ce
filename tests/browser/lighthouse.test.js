// Google's Lighthouse over the phone app: accessibility and best practices, 95 of 100 or more.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { navigation, snapshot } from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { flags, trust } from './browser.js';
import { Hand } from './engines/hand.js';
import { people, startServer } from './server.js';

const home = process.env.ANKETA_BROWSER_HOME;
const wanted = 95;
const options = { onlyCategories: ['accessibility', 'best-practices'], formFactor: 'mobile', screenEmulation: { mobile: true, width: 390, height: 844, deviceScaleFactor: 2, disabled: false } };

let server, browser, page, hand;

before(async () => {
  server = await startServer();
  trust(server.caFile);
  browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM,
    args: flags,
    env: { ...process.env, HOME: home },
    userDataDir: mkdtempSync(join(home, 'lighthouse-')),
    defaultViewport: { width: 390, height: 844, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  });
  page = await browser.newPage();
  hand = new Hand({ evaluate: (work, ...given) => page.evaluate(work, ...given) });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** What is below full marks, so that a failure says what to mend. */
function check({ lhr }, what) {
  for (const { id, score, auditRefs } of Object.values(lhr.categories)) {
    const bad = auditRefs.map((ref) => lhr.audits[ref.id]).filter((audit) => audit.score !== null && audit.score < 1);
    console.log(`${what}: ${id} ${Math.round(score * 100)}${bad.length ? ` (${bad.map((audit) => audit.id).join(', ')})` : ''}`);
    assert.ok(score * 100 >= wanted, `${what}, ${id}: ${score}; ${bad.map((audit) => `${audit.id}: ${audit.title}`).join('; ')}`);
  }
}

test('the first visit', async () => {
  check(await navigation(page, `${server.address}/app/`, { flags: options }), 'log-in');
});

test('the screens of a day', async () => {
  await page.goto(`${server.address}/app/`);
  await hand.setUp(people.rep);
  await hand.go('clients');
  await hand.see('.list a');
  const client = (await page.evaluate(() => document.querySelector('.list a').getAttribute('href'))).split('/').pop();
  for (const screen of ['today', 'clients', `client/${client}`, `brief/${client}`, 'problems', 'sync', 'settings']) {
    await hand.go(...screen.split('/'));
    await hand.see('main');
    await new Promise((resolve) => setTimeout(resolve, 300));
    check(await snapshot(page, { flags: options }), screen.split('/')[0]);
  }
  await hand.go('client', client);
  await hand.tapText('Начать анкету');
  await hand.see('footer');
  check(await snapshot(page, { flags: options }), 'questionnaire');
});
