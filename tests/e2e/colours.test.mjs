// The colours of terms are told apart by everybody, and what is written on them can be read. What is
// checked is what styles/tokens.css says; no browser is needed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { ROOT } from "./site.mjs";

/** CIE 1976 ΔE: how far a term's fill is from the next one's, which is the one beside it. */
const APART_MIN = 35;
const CONTRAST_MIN = 5.4;
const TERMS = 7;

/** How somebody without one kind of cones sees light, as matrices on linear sRGB. Protanopia and
 * deuteranopia after Machado, Oliveira and Fernandes 2009, at severity 1; tritanopia as well, and, since
 * that is their weak side, also after Brettel, Viénot and Mollon 1997: two half planes, and the normal of
 * what parts them. */
const MACHADO = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const BRETTEL_TRITANOPIA = {
  normal: [0.03901, -0.02788, -0.01113],
  above: [
    [1.01277, 0.13548, -0.14826],
    [-0.01243, 0.86812, 0.14431],
    [0.07589, 0.805, 0.11911],
  ],
  below: [
    [0.93678, 0.18979, -0.12657],
    [0.06154, 0.81526, 0.1232],
    [-0.37562, 1.12767, 0.24796],
  ],
};
/** Linear sRGB to CIE XYZ, and the white of it (D65). */
const XYZ = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const WHITE = [0.95047, 1, 1.08883];

const dot = (one, other) => one.reduce((sum, value, place) => sum + value * other[place], 0);
const times = (matrix, light) => matrix.map((row) => dot(row, light));

const VISIONS = {
  "normal vision": (light) => light,
  protanopia: (light) => times(MACHADO.protanopia, light),
  deuteranopia: (light) => times(MACHADO.deuteranopia, light),
  "tritanopia (Machado)": (light) => times(MACHADO.tritanopia, light),
  "tritanopia (Brettel)": (light) => {
    const { normal, above, below } = BRETTEL_TRITANOPIA;
    return times(dot(normal, light) >= 0 ? above : below, light);
  },
};

/** Linear sRGB of `#rrggbb`. */
function linear(colour) {
  const channels = [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16) / 255);
  return channels.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
}

/** CIE L*a*b* of light that a screen can show. */
function lab(light) {
  const shown = light.map((part) => Math.min(1, Math.max(0, part)));
  const root = (part) => (part > 216 / 24389 ? Math.cbrt(part) : ((24389 / 27) * part + 16) / 116);
  const [x, y, z] = times(XYZ, shown).map((part, place) => root(part / WHITE[place]));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The contrast of two colours, as WCAG reckons it. */
function contrast(one, other) {
  const [dark, light] = [one, other].map((colour) => dot(XYZ[1], linear(colour))).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const tokens = await readFile(path.join(ROOT, "styles/tokens.css"), "utf8");

/** The one value of a token, whatever the theme. */
function token(name) {
  const values = [...tokens.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, "g"))];
  assert.equal(values.length, 1, `--${name} is there ${values.length} times`);
  return values[0][1];
}

const fills = Array.from({ length: TERMS }, (_, term) => token(`term-${term}`));

for (const [vision, sees] of Object.entries(VISIONS)) {
  test(`the colours of terms that follow each other are far apart in ${vision}`, () => {
    const seen = fills.map((fill) => lab(sees(linear(fill))));
    seen.forEach((one, term) => {
      const next = (term + 1) % TERMS;
      const apart = Math.hypot(...one.map((part, place) => part - seen[next][place]));
      assert(apart >= APART_MIN, `${fills[term]} and ${fills[next]}: ΔE ${apart.toFixed(1)}`);
    });
  });
}

test("what is written on the colour of a term can be read", () => {
  for (const fill of fills) {
    const ratio = contrast(fill, token("on-term"));
    assert(ratio >= CONTRAST_MIN, `${fill}: ${ratio.toFixed(2)} to 1`);
  }
});
