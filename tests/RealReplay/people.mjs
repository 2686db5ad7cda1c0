// Who the customers are: people with friends from one network, who borrow the messages of people from another.

/** Evenly many of all, those with the most friends first; whoever has more friends gets a livelier history. */
export function people(input, wanted) {
  const ranked = [...input.friends.keys()].sort((a, b) => input.friends.get(b).length - input.friends.get(a).length || a - b);
  const number = Math.min(wanted, ranked.length);
  return Array.from({ length: number }, (_, place) => {
    const rank = Math.floor(place * ranked.length / number);
    const id = ranked[rank];
    return {
      name: `p${id}`,
      email: emailOf(id),
      history: input.histories[Math.floor(rank * input.histories.length / ranked.length)],
      friendNames: input.friends.get(id).map(emailOf),
    };
  });
}

const emailOf = (id) => `person${id}@replay.example`;
