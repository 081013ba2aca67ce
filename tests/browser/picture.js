// Pictures as a camera gives them: large, and each of its own.
import * as zlib from 'node:zlib';

const crcTable = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; ++k) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
/** Older versions of Node have none of their own. */
const crc = zlib.crc32 ?? ((bytes) => (bytes.reduce((sum, byte) => crcTable[(sum ^ byte) & 0xff] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0);

function chunk(type, data) {
  const head = Buffer.from(type);
  const sum = Buffer.alloc(4), size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(Buffer.concat([head, data])));
  return Buffer.concat([size, head, data, sum]);
}

/** A grey PNG with a grain that does not compress well. */
export function picture(width = 2400, height = 3200, seed = 1) {
  const rows = Buffer.alloc((width + 1) * height);
  let state = seed;
  for (let y = 0; y < height; ++y)
    for (let x = 0; x < width; ++x) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      rows[y * (width + 1) + 1 + x] = ((x + y) >> 4) + (state >> 27);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', zlib.deflateSync(rows, { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
