// What sync by file needs and a browser does not do at once: the primitives that shared/bundle/browser asks for, from
// audited libraries. Loaded only when a person logs in or saves his work to a file. Plain JavaScript, for the tests of
// the core run it in node.
import { gcm } from '@noble/ciphers/aes';
import { ed25519, x25519 } from '@noble/curves/ed25519';
import { hkdf } from '@noble/hashes/hkdf';
import { sha256 } from '@noble/hashes/sha2';
import { Decompress } from 'fzstd';

/** A key is used once (docs/protocol.md, "Sync by file"). */
const nonce = new Uint8Array(12);

export const bundle = {
  signPublic: (secret) => ed25519.getPublicKey(secret),
  boxPublic: (secret) => x25519.getPublicKey(secret),
  sign: (secret, message) => ed25519.sign(message, secret),
  // By RFC 8032 to the letter, as the server's library judges.
  verify: (key, message, signature) => ed25519.verify(signature, message, key, { zip215: false }),
  // Throws for a key of small order.
  agree: (secret, key, salt, purpose) => hkdf(sha256, x25519.getSharedSecret(secret, key), salt, purpose, 32),
  encrypt: (key, bound, text) => gcm(key, nonce, bound).encrypt(text),
  decrypt: (key, bound, sealed) => gcm(key, nonce, bound).decrypt(sealed),
  unpack(frame, most) {
    const parts = [];
    let size = 0;
    const stream = new Decompress((part) => {
      size += part.length;
      if (size > most) throw new RangeError('too large');
      parts.push(part);
    });
    stream.push(frame, true);
    const text = new Uint8Array(size);
    let at = 0;
    for (const part of parts) {
      text.set(part, at);
      at += part.length;
    }
    return text;
  },
};
