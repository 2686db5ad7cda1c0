// Reads a replay file as the model needs it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Every well-formed line, parsed, in the order of the file. Lines that make.mjs broke do not parse or say so in their id. */
export async function* linesOf(file) {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const parsed = parse(line);
    if (parsed?.customer !== undefined || (parsed?.id && !parsed.id.endsWith('-broken'))) {
      yield parsed;
    }
  }
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
