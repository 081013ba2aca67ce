// Many clients, and how measurements with them are told.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { people } from './server.js';

const streams = ['Север', 'Восток', 'Орион', 'Вектор', 'Заря', 'Прогресс', 'Меридиан', 'Атлант', 'Кристалл', 'Горизонт'];
const trades = ['Банк', 'Торг', 'Строй', 'Логистика', 'Медцентр', 'Агро', 'Пром', 'Сервис'];

/** So many clients as a table for `anketa-server import clients`; all of one representative's. */
export function clientsFile(folder, count) {
  const rows = ['Название;Город;Адрес;Телефон;Контактное лицо;Ответственный'];
  for (let i = 0; i < count; ++i)
    rows.push(`${trades[i % 8]} «${streams[i % 10]}-${i}»;Тверь;ул. Садовая, ${i};+7 000 ${String(1000000 + i)};Иванов Пётр ${i};${people.rep}`);
  const file = join(folder, 'clients.csv');
  writeFileSync(file, `${rows.join('\n')}\n`);
  return file;
}

/** So many more clients, by the server's own import. */
export const importClients = (data, count) =>
  execFileSync(process.env.ANKETA_SERVER_PROGRAM, ['import', 'clients', clientsFile(data, count), '--data', data], { stdio: 'pipe' });

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
export const high = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)];
export const say = (what, value) => console.log(`${what.padEnd(60)} ${value}`);
export const ms = (value) => `${Math.round(value * 10) / 10} ms`;
export const kb = (bytes) => `${Math.round(bytes / 1024)} KB`;
