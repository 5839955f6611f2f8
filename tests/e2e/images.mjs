// Pictures of pages: kept small, and compared.

import zlib from "node:zlib";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

const COLOURS_MAX = 64;
const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");

/** The pixels of a PNG file: `width`, `height`, and `data` as RGBA. */
export const decode = (file) => PNG.sync.read(file);

/** A PNG file of as many colours as a palette has: the most frequent ones, of which each pixel takes the
 * nearest. A page has few but for the edges of its letters, and the file is a quarter as long. */
export function encode({ width, height, data }) {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const byCount = [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  const palette = byCount.slice(0, COLOURS_MAX).map(([colour]) => colour);
  const places = new Map(byCount.map(([colour]) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0, pixel = 0; row < height; row += 1) {
    // Each row begins with how it is filtered: not at all.
    const from = row * (width + 1) + 1;
    for (let column = 0; column < width; column += 1, pixel += 1) rows[from + column] = places.get(pixels[pixel]);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, by palette.
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(palette.flatMap(channels))),
    chunk("IDAT", zlib.deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** As they lie in memory on a little-endian machine. */
const channels = (colour) => [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];

function nearest(palette, colour) {
  const wanted = channels(colour);
  let [best, least] = [0, Infinity];
  palette.forEach((candidate, place) => {
    const far = channels(candidate).reduce((sum, part, which) => sum + (part - wanted[which]) ** 2, 0);
    if (far < least) [best, least] = [place, far];
  });
  return best;
}

function chunk(kind, body) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), body]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  check.writeUInt32BE(zlib.crc32(named));
  return Buffer.concat([length, named, check]);
}

/** How many pixels of two pictures of the same size differ by more than `threshold` (from 0 to 1; edges of
 * letters that are smoothed otherwise do not count), and a picture of where. */
export function difference(one, other, threshold) {
  const { width, height } = one;
  const image = new PNG({ width, height });
  const count = pixelmatch(one.data, other.data, image.data, width, height, { threshold });
  return { count, image: PNG.sync.write(image) };
}
