// Executes the instructions of the core's engines against a real server, as the app does with fetch.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** @returns the event to feed: a response. */
function send(server, instruction) {
  return new Promise((resolve, reject) => {
    const { method, path, headers } = instruction;
    const outgoing = request(server.address + path, { method, headers, ca: readFileSync(server.caFile) }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        const plain = /octet-stream/.test(answer.headers['content-type'] ?? '') ? { bytes: body.toString('base64') } : { body: body.toString() };
        resolve({ event: 'response', status: answer.statusCode, headers: answer.headers, ...plain });
      });
    });
    outgoing.on('error', reject);
    outgoing.end('bytes' in instruction ? Buffer.from(instruction.bytes, 'base64') : instruction.body);
  });
}

/** Runs one engine to its end and gives its last instruction. */
export async function run(core, server, parameters) {
  for (let answer = core.start(parameters); ; ) {
    if (!('ok' in answer)) return { do: 'failed', problem: answer.problem };
    const last = answer.ok.filter(({ do: what }) => what !== 'progress').at(-1);
    if (last.do === 'done' || last.do === 'failed') return last;
    answer = core.feed(last.do === 'send' ? await send(server, last) : { event: 'timer' });
  }
}
