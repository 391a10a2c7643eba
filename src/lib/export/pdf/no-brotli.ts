/** Stands in for the decoder of WOFF2 fonts, which this product has none of (vite.config.ts). */
export default function decompress(): never {
  throw new Error('a WOFF2 font: only WOFF and TrueType can be read here');
}
