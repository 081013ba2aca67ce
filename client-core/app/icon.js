// The app's icon as PNG: a sheet with three ticked lines on blue, as in shared/web/icon.svg. Drawn here, because iOS takes no
// SVG and a picture in the repository would have to be trusted.
import { deflateSync } from 'node:zlib';

const blue = [11, 98, 168];
const white = [255, 255, 255];

/** Distance of a point to a segment. */
function toSegment(x, y, [ax, ay, bx, by]) {
  const dx = bx - ax, dy = by - ay;
  const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Signed distance to a rounded rectangle around (0.5, 0.5). */
function toBox(x, y, halfWidth, halfHeight, radius) {
  const dx = Math.abs(x - 0.5) - halfWidth + radius, dy = Math.abs(y - 0.5) - halfHeight + radius;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
}

const strokes = [0.36, 0.5, 0.64].flatMap((y) => [
  { line: [0.35, y, 0.38, y + 0.03], width: 0.016 },
  { line: [0.38, y + 0.03, 0.435, y - 0.035], width: 0.016 },
  { line: [0.5, y, 0.65, y], width: 0.016 },
]);

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let i = 0; i < 8; ++i) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}

/** A square PNG. `radius`: of the corners, as a part of the side; 0: the system cuts them. */
export function icon(size, radius) {
  const rows = [];
  const soft = 1 / size;
  const cover = (distance) => Math.max(0, Math.min(1, 0.5 - distance / soft));
  for (let row = 0; row < size; ++row) {
    const line = Buffer.alloc(1 + size * 4);
    for (let column = 0; column < size; ++column) {
      const x = (column + 0.5) / size, y = (row + 0.5) / size;
      const sheet = cover(toBox(x, y, 0.23, 0.28, 0.04));
      const ink = Math.max(...strokes.map(({ line: at, width }) => cover(toSegment(x, y, at) - width)));
      const paint = sheet * (1 - ink);
      const colour = blue.map((channel, i) => Math.round(channel + (white[i] - channel) * paint));
      const opaque = radius > 0 ? cover(toBox(x, y, 0.5, 0.5, radius)) : 1;
      line.set([...colour, Math.round(255 * opaque)], 1 + column * 4);
    }
    rows.push(line);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
