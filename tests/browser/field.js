// A representative in the field: the real `anketa`, with a store of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { password } from './server.js';

const program = join(dirname(process.env.ANKETA_SERVER_PROGRAM), 'anketa');
const start = promisify(execFile);

export class Field {
  constructor(server, login, device = 'Ноутбук') {
    this.server = server;
    this.login = login;
    this.device = device;
    this.home = mkdtempSync(join(process.env.ANKETA_BROWSER_HOME, 'field-'));
    this.secret = join(this.home, 'password');
    writeFileSync(this.secret, `${password}\n`);
  }

  /** Logs in and fetches what is his. */
  async join() {
    await this.run('login', this.server.address, '--user', this.login, '--password-file', this.secret, '--ca', this.server.caFile, '--device', this.device);
    await this.run('sync');
  }

  /** One command, and the JSON it answers. */
  async run(...command) {
    const { stdout } = await start(program, ['--home', join(this.home, 'store'), '--json', ...command], {
      env: { ...process.env, ANKETA_PASSPHRASE: 'passphrase of the browser tests' },
    });
    return stdout.trim() ? JSON.parse(stdout) : null;
  }
}
