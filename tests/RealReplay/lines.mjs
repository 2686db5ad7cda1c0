// Reads a replay file as the model needs it.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { newCustomer, take } from './model/customer.mjs';
import { randomOf } from './random.mjs';

/** So many customers of the file, drawn at random: what the model makes of all that the file says about them, by e-mail address. */
export async function chosen(file, wanted, seed) {
  const emails = [];
  let drawn;
  for await (const line of linesOf(file)) {
    if (line.customer !== undefined) {
      emails.push(line.customer.email);
      continue;
    }

    drawn ??= draw(emails, wanted, seed);
    const customer = drawn.get(line.subject.email);
    if (customer !== undefined) {
      take(customer, line, 'acme');
    }
  }

  return drawn ?? new Map();
}

function draw(emails, wanted, seed) {
  const random = randomOf(seed, 'check');
  const drawn = new Map();
  while (drawn.size < Math.min(wanted, emails.length)) {
    drawn.set(random.pick(emails), newCustomer());
  }

  return drawn;
}

/** Every well-formed line, parsed, in the order of the file. Lines that make.mjs broke do not parse or say so in their id. */
async function* linesOf(file) {
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
