// Chromium that trusts the test server's authority, and pages that tell everything that went wrong in them.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { password } from './server.js';

const home = process.env.ANKETA_BROWSER_HOME;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// As root Chromium has no sandbox; the rest keeps it from calling home.
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Every browser started from here trusts that authority from now on. */
export function trust(caFile) {
  const database = join(home, '.pki', 'nssdb');
  if (!existsSync(database)) {
    mkdirSync(database, { recursive: true });
    execFileSync('certutil', ['-N', '-d', `sql:${database}`, '--empty-password']);
  }
  execFileSync('certutil', ['-A', '-d', `sql:${database}`, '-t', 'C,,', '-n', 'anketa', '-i', caFile]);
}

export async function startBrowser(caFile) {
  trust(caFile);
  // Its own words, those of date fields for one, are Russian; a locale that every machine has, or names of files would lose
  // their Russian letters.
  const env = { ...process.env, HOME: home, LANGUAGE: 'ru', LC_ALL: 'C.UTF-8' };
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: flags, env });
}

/** A page of a fresh profile. `faults` collects console errors, exceptions and requests to anybody else. */
export async function openPage(browser, address, { width = 1440, height = 900, theme = 'light', language = 'ru', touch = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    hasTouch: touch,
    isMobile: touch,
  });
  await context.addInitScript((chosen) => localStorage.setItem('anketa.language', chosen), language);
  const page = await context.newPage();
  // A busy machine is slow, not broken.
  page.setDefaultTimeout(60_000);
  const faults = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  countRequests(page);
  page.on('request', (request) => {
    if (!request.url().startsWith(`${address}/`)) faults.push(`outside request: ${request.url()}`);
  });
  await page.goto(`${address}/`);
  await page.waitForSelector('input[name=login]');
  return { page, faults, close: () => context.close() };
}

export async function logIn(page, login) {
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.keyboard.press('Enter');
  await page.waitForSelector('main h1#title');
  await settled(page);
}

/** Goes to a page by its address, as a link would, and waits until what it shows is there. */
export async function visit(page, hash, selector = 'main h1') {
  await page.evaluate((address) => (location.hash = address), hash);
  await settled(page);
  await page.waitForSelector(selector);
}

const quiet = 150;
const asking = new WeakMap();

function countRequests(page) {
  const all = new Set();
  asking.set(page, all);
  page.on('request', (request) => all.add(request));
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => all.delete(request));
}

/** Until nothing has been asked of the server for a while, and nothing is shown in place of what is loading. */
export async function settled(page) {
  for (let since = Date.now(); Date.now() - since < quiet; ) {
    if (asking.get(page).size > 0 || (await page.locator('[aria-busy=true]').count()) > 0) since = Date.now();
    await page.waitForTimeout(20);
  }
}

/** What axe finds wrong, in a form that reads well in a failed assertion. */
export async function violations(page) {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { violations } = await globalThis.axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
}
