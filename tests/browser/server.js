// A server of its own for a test file: a fresh folder, demo data, a free port, TLS by its own authority.
import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';

const program = process.env.ANKETA_SERVER_PROGRAM;
const home = process.env.ANKETA_BROWSER_HOME;
export const password = 'demo password of the browser tests';

/** Log-ins of the demo company. */
export const people = { lead: 'kovaleva', service: 'gromov', rep: 'ivanova', manager: 'sokolova', admin: 'admin' };

/** The demo company. */
function demo(data, passwordFile) {
  execFileSync(program, ['demo', '--data', data, '--password-file', passwordFile]);
}

/** A programme on its first day: its lead may log in, and there is nothing else. */
export function firstDay(data, passwordFile) {
  execFileSync(program, ['init', '--data', data]);
  execFileSync(program, ['user', 'add', people.lead, '--role', 'lead', '--data', data, '--password-file', passwordFile]);
}

/** `prepare` gets the folder of the data before the server starts. */
export async function startServer(prepare = () => {}, begin = demo) {
  const data = mkdtempSync(join(home, 'data-'));
  const passwordFile = join(data, '..', 'password');
  writeFileSync(passwordFile, `${password}\n`);
  begin(data, passwordFile);
  prepare(data);
  const server = { child: null, address: '', caFile: '', data, settings: {}, api: null };
  server.start = async () => {
    // Again at the same address: for its devices it was only out of reach.
    const port = server.address ? new URL(server.address).port : '0';
    server.child = spawn(program, ['serve', '--data', data, '--port', port, '--json', '--log-level', 'warning'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...server.settings },
    });
    const { address, ca } = JSON.parse(await firstLine(server.child));
    server.address = address;
    server.caFile = ca;
    server.api ??= new Api(address, readFileSync(ca));
  };
  server.stop = async () => {
    const { child } = server;
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  };
  await server.start();
  return server;
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** The API as another program sees it: what the page shows is compared with this. */
class Api {
  constructor(address, ca) {
    this.address = address;
    this.ca = ca;
  }

  async logIn(login) {
    this.login = login;
    this.access = (await this.send('POST', '/v1/login', { login, password })).access;
  }

  /** For another person to log in with. */
  as() {
    return new Api(this.address, this.ca);
  }

  get(path) {
    return this.send('GET', path);
  }

  /** As a device would: the lead makes a client. */
  async addClient(name) {
    const record = randomUUID();
    await this.push(people.lead, { record, collection: 'client', scope: record, ops: [{ op: 'set', path: '', value: { name } }] });
    return record;
  }

  /** One edit from a device that this person has just logged in on; gives its result. */
  async push(login, edit) {
    const own = this.as();
    const session = await own.send('POST', '/v1/login', { login, password, device: { id: randomUUID(), name: `Phone of ${login}` } });
    own.access = session.access;
    const { device } = await own.get('/v1/me');
    const mutation = { id: randomUUID(), device, user: session.user.id, counter: 1, epoch: '', schema: 1, at: Date.now(), ...edit };
    const rest = { protocol: 1, device, generation: 1, nonce: '', next_nonce: 'a', epoch: '', cursor: '', limit: 1 };
    const { results } = await own.send('POST', '/v1/sync', { ...rest, mutations: [mutation] });
    return { mutation: mutation.id, ...results[0] };
  }

  /** On a busy machine the tests of one file may take longer than an access token lives: then once more, logged in anew. */
  async send(method, path, body) {
    try {
      return await this.sendOnce(method, path, body);
    } catch (error) {
      if (!this.login || !error.message.includes('auth.token_expired')) throw error;
      this.access = '';
      await this.logIn(this.login);
      return this.sendOnce(method, path, body);
    }
  }

  sendOnce(method, path, body) {
    return new Promise((resolve, reject) => {
      const headers = { 'Content-Type': 'application/json' };
      if (this.access) headers.Authorization = `Bearer ${this.access}`;
      const outgoing = request(this.address + path, { method, headers, ca: this.ca }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () =>
          answer.statusCode >= 200 && answer.statusCode < 300 ? resolve(text ? JSON.parse(text) : null) : reject(new Error(`${path}: ${answer.statusCode} ${text}`)),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body ? JSON.stringify(body) : undefined);
    });
  }
}
